/*
 * Several devices at one provider, each in the middle of a backup: BAK-1, BAK-2, BAK-3, BAK-10, BAK-14,
 * BAK-17, BAK-18, PRV-2, HED-5, OBJ-5.
 *
 * A device stores one object at a time, looks, makes its head and removes garbage in steps of their own,
 * and may crash between any two; the steps of several devices mix as they like. Heads are numbered
 * and made exclusively. The provider shows what it has: that it lies is in backup.als and
 * freshness.als. Objects that stayed for 30 days are not removed here.
 */
module devices

open util/ordering[Num] as num
open util/ordering[State] as trace

sig Num {}
sig Obj {}
sig Device {}
sig Backup { number: one Num, by: one Device, objs: some Obj, over: lone Backup }
enum Part { Storing, Looked, Made, Cleaning }
enum Action { Start, Begin, Store, Look, MakeHead, LookAgain, GiveWay, Lower, Drop, Stop }

sig State {
  objects: set Obj, heads: set Backup, // provider
  stood: set Backup,                   // ghost: heads that ever stood
  born: set Backup,                    // ghost: backups ever begun
  doing: Device -> lone Backup, part: Device -> lone Part, // memory
  seen: Device -> Backup,              // memory: the heads when it looked
  mine: Device -> Obj,                 // device, durable: what its interrupted runs stored
  garbage: Device -> Obj,              // device, durable: what it knows that may go (KNOWN)
  did: one Action
}

fun newest[hs: set Backup]: lone Backup { { h: hs | all o: hs | num/lte[o.number, h.number] } }

/** One backup stands, whole; whoever made it is done. */
pred init[t: State] {
  one t.heads and t.heads = t.stood and t.stood = t.born and no t.heads.over
  t.objects = t.heads.objs
  no t.doing and no t.part and no t.seen and no t.mine and no t.garbage and t.did = Start
}

pred others[s, t: State, d: Device] {
  all o: Device - d | o.(t.doing) = o.(s.doing) and o.(t.part) = o.(s.part) and o.(t.seen) = o.(s.seen)
    and o.(t.mine) = o.(s.mine) and o.(t.garbage) = o.(s.garbage)
}
pred sameProvider[s, t: State] { t.objects = s.objects and t.heads = s.heads and t.stood = s.stood }
pred sameRun[s, t: State, d: Device] { d.(t.doing) = d.(s.doing) and t.born = s.born }

/** BAK-2: above the head; BAK-14: over what the head's manifest names, its own, and what is new. */
pred begin[s, t: State, d: Device] {
  no d.(s.doing)
  some b: Backup - s.born {
    b.by = d and b.over = newest[s.heads]
    all h: s.heads | num/gt[b.number, h.number]
    b.objs & s.born.objs in b.over.objs + d.(s.mine)
    d.(t.doing) = b and t.born = s.born + b
    d.(t.garbage) = d.(s.garbage) + b.over.objs
  }
  d.(t.part) = Storing and d.(t.mine) = d.(s.mine) and d.(t.seen) = d.(s.seen)
  sameProvider[s, t]
}

/** BAK-13: noted before it is stored. What is taken over is not stored. */
pred store[s, t: State, d: Device] {
  d.(s.part) = Storing
  some x: d.(s.doing).objs - d.(s.doing).over.objs - s.objects {
    t.objects = s.objects + x
    d.(t.garbage) = d.(s.garbage) + x and d.(t.mine) = d.(s.mine) + x
  }
  t.heads = s.heads and t.stood = s.stood
  d.(t.part) = d.(s.part) and d.(t.seen) = d.(s.seen) and sameRun[s, t, d]
}

/** BAK-18: the head is still the newest, and all objects are there. */
pred look[s, t: State, d: Device] {
  d.(s.part) = Storing
  newest[s.heads] = d.(s.doing).over
  d.(s.doing).objs in s.objects
  d.(t.part) = Looked and d.(t.seen) = s.heads
  d.(t.mine) = d.(s.mine) and d.(t.garbage) = d.(s.garbage)
  sameProvider[s, t] and sameRun[s, t, d]
}

/** PRV-2: nothing has that name. */
pred makeHead[s, t: State, d: Device] {
  d.(s.part) = Looked
  d.(s.doing).number not in s.heads.number
  t.heads = s.heads + d.(s.doing) and t.stood = s.stood + d.(s.doing) and t.objects = s.objects
  d.(t.part) = Made and d.(t.seen) = d.(s.seen)
  d.(t.mine) = d.(s.mine) and d.(t.garbage) = d.(s.garbage) and sameRun[s, t, d]
}

pred cameBetween[s: State, d: Device] {
  some h: s.heads - d.(s.seen) - d.(s.doing) | num/lt[h.number, d.(s.doing).number]
}

/** BAK-18, BAK-17: it is the newest, and none came in between. */
pred lookAgain[s, t: State, d: Device] {
  d.(s.part) = Made
  newest[s.heads] = d.(s.doing)
  not cameBetween[s, d]
  d.(t.part) = Cleaning and d.(t.seen) = d.(s.seen)
  d.(t.mine) = d.(s.mine) and d.(t.garbage) = d.(s.garbage)
  sameProvider[s, t] and sameRun[s, t, d]
}

/** BAK-18: whoever made the lower one may be removing already. */
pred giveWay[s, t: State, d: Device] {
  d.(s.part) = Made
  cameBetween[s, d]
  t.heads = s.heads - d.(s.doing) and t.stood = s.stood and t.objects = s.objects
  no d.(t.doing) and no d.(t.part) and no d.(t.seen) and t.born = s.born
  no d.(t.mine) and d.(t.garbage) = d.(s.garbage) // somebody may have read its manifest
}

/** BAK-1: only now, lower heads first. */
pred lower[s, t: State, d: Device] {
  d.(s.part) = Cleaning
  some h: s.heads | num/lt[h.number, d.(s.doing).number] and t.heads = s.heads - h
  t.objects = s.objects and t.stood = s.stood
  d.(t.part) = d.(s.part) and d.(t.seen) = d.(s.seen)
  d.(t.mine) = d.(s.mine) and d.(t.garbage) = d.(s.garbage) and sameRun[s, t, d]
}

/** BAK-17: what it knows, and its new manifest does not name. */
pred drop[s, t: State, d: Device] {
  d.(s.part) = Cleaning
  some x: s.objects & d.(s.garbage) - d.(s.doing).objs | t.objects = s.objects - x
  t.heads = s.heads and t.stood = s.stood
  d.(t.part) = d.(s.part) and d.(t.seen) = d.(s.seen)
  d.(t.mine) = d.(s.mine) and d.(t.garbage) = d.(s.garbage) and sameRun[s, t, d]
}

/** It ends or is killed; what a run that stood has stored is its own no more. */
pred stop[s, t: State, d: Device] {
  some d.(s.doing) and d.(s.part) != Made
  no d.(t.doing) and no d.(t.part) and no d.(t.seen) and t.born = s.born
  d.(t.mine) = (d.(s.part) = Cleaning implies none else d.(s.mine))
  d.(t.garbage) = d.(s.garbage)
  sameProvider[s, t]
}

pred step[s, t: State] {
  some d: Device {
    others[s, t, d]
    (t.did = Begin and begin[s, t, d]) or (t.did = Store and store[s, t, d])
    or (t.did = Look and look[s, t, d]) or (t.did = MakeHead and makeHead[s, t, d])
    or (t.did = LookAgain and lookAgain[s, t, d]) or (t.did = GiveWay and giveWay[s, t, d])
    or (t.did = Lower and lower[s, t, d]) or (t.did = Drop and drop[s, t, d])
    or (t.did = Stop and stop[s, t, d])
  }
}

/* It is not killed between making its head and looking again (stop): then two heads of different
 * numbers over one older head may both stand, and the higher one lack what the lower one's device
 * removes. Numbers differ only after a rollback that one of the users accepted. */
pred path { init[trace/first] and all s: State, t: s.trace/next | step[s, t] }
pred whole[s: State, b: Backup] { b.objs in s.objects }

/* BAK-1, BAK-3, BAK-18: whatever the devices do meanwhile, the newest head is whole, once its device
 * has looked again. */
check TheNewestIsWhole {
  path implies all s: State, b: newest[s.heads] |
    (no d: Device | d.(s.doing) = b and d.(s.part) = Made) implies whole[s, b]
} for 3 Num, 3 Obj, 2 Device, 4 Backup, exactly 11 State expect 0

/* Durable: where a backup was ever done, a head stands, and it is no lower than any that was done. */
check WhatIsDoneStays {
  path implies all s: State, t: s.^(trace/next) |
    all d: Device | d.(s.part) = Cleaning implies
      (some newest[t.heads] and num/gte[newest[t.heads].number, d.(s.doing).number])
} for 3 Num, 3 Obj, 2 Device, 4 Backup, exactly 11 State expect 0

/* PRV-2: no two heads of one number stand. */
check OneHeadOfANumber {
  path implies all s: State | all disj a, b: s.heads | a.number != b.number
} for 3 Num, 3 Obj, 2 Device, 4 Backup, exactly 8 State expect 0

run TwoAtOnce {
  path and some s: State | some disj a, b: Device | some a.(s.doing) and some b.(s.doing)
  #trace/last.stood = 3
} for 3 Num, 3 Obj, 2 Device, 3 Backup, exactly 10 State expect 1
run OneGivesWay { path and GiveWay in State.did }
  for 3 Num, 3 Obj, 2 Device, 3 Backup, exactly 10 State expect 1
run GarbageGoes { path and Drop in State.did and Lower in State.did }
  for 3 Num, 3 Obj, 2 Device, 3 Backup, exactly 10 State expect 1
