/*
 * Several devices at one provider, each in the middle of a backup: BAK-1, BAK-2, BAK-3, BAK-10, BAK-14,
 * BAK-17, BAK-18, PRV-2, HED-5, OBJ-5.
 *
 * A device stores one object at a time, looks, makes its head, looks again and removes garbage, each in a
 * step of its own, and may be killed between any two; the steps of several devices mix as they like.
 * Heads are numbered and made exclusively, each one above the one that it was begun over. The
 * provider shows what it has: that it lies is in backup.als and freshness.als. Where it did, or
 * names were planted, numbers may leave gaps, and a head gives way to a lower one that came in
 * between (BAK-18); that is not here, nor are objects that stayed for 30 days.
 */
module devices

open util/ordering[Num] as num
open util/ordering[State] as trace

sig Num {}
sig Device {}
sig Obj { by: one Device }
sig Backup { number: one Num, maker: one Device, objs: some Obj, over: lone Backup }
enum Part { Storing, Looked, Made, Cleaning }
enum Action { Start, Begin, Store, Look, MakeHead, LookAgain, Lower, Drop, Stop }

/** BAK-2. */
fact numbers {
  all b: Backup | b.number = (some b.over implies b.over.number.next else num/first)
}

sig State {
  objects: set Obj, heads: set Backup, // provider
  stood: set Backup,                   // ghost: heads that ever stood
  born: set Backup,                    // ghost: backups ever begun
  doing: Device -> lone Backup, part: Device -> lone Part, // memory
  mine: Device -> Obj,                 // device, durable: what its interrupted runs stored
  garbage: Device -> Obj,              // device, durable: what it knows that may go (KNOWN)
  did: one Action
}

fun newest[hs: set Backup]: lone Backup { { h: hs | all o: hs | num/lte[o.number, h.number] } }

pred init[t: State] {
  no t.objects and no t.heads and no t.stood and no t.born and no t.doing and no t.part
  no t.mine and no t.garbage and t.did = Start
}

pred others[s, t: State, d: Device] {
  all o: Device - d | o.(t.doing) = o.(s.doing) and o.(t.part) = o.(s.part)
    and o.(t.mine) = o.(s.mine) and o.(t.garbage) = o.(s.garbage)
}
pred sameProvider[s, t: State] { t.objects = s.objects and t.heads = s.heads and t.stood = s.stood }
pred sameRun[s, t: State, d: Device] { d.(t.doing) = d.(s.doing) and t.born = s.born }
pred sameNotes[s, t: State, d: Device] { d.(t.mine) = d.(s.mine) and d.(t.garbage) = d.(s.garbage) }

/** BAK-14: what the newest head's manifest names, what its own runs stored, and what is new. */
pred begin[s, t: State, d: Device] {
  no d.(s.doing)
  some b: Backup - s.born {
    b.maker = d and b.over = newest[s.heads]
    b.objs & s.born.objs in b.over.objs + d.(s.mine)
    b.objs - s.born.objs in by.d
    d.(t.doing) = b and t.born = s.born + b
    d.(t.garbage) = d.(s.garbage) + b.over.objs
    d.(t.mine) = d.(s.mine)
  }
  d.(t.part) = Storing and sameProvider[s, t]
}

/** BAK-13: noted before it is stored; what is taken over is not stored. */
pred store[s, t: State, d: Device] {
  d.(s.part) = Storing
  some x: d.(s.doing).objs - d.(s.doing).over.objs - s.objects {
    t.objects = s.objects + x
    d.(t.garbage) = d.(s.garbage) + x and d.(t.mine) = d.(s.mine) + x
  }
  t.heads = s.heads and t.stood = s.stood
  d.(t.part) = d.(s.part) and sameRun[s, t, d]
}

/** BAK-18: the head is still the newest, and every object is there. */
pred look[s, t: State, d: Device] {
  d.(s.part) = Storing
  newest[s.heads] = d.(s.doing).over
  d.(s.doing).objs in s.objects
  d.(t.part) = Looked and sameNotes[s, t, d] and sameProvider[s, t] and sameRun[s, t, d]
}

/** PRV-2: nothing has that name. */
pred makeHead[s, t: State, d: Device] {
  d.(s.part) = Looked
  d.(s.doing).number not in s.heads.number
  t.heads = s.heads + d.(s.doing) and t.stood = s.stood + d.(s.doing) and t.objects = s.objects
  d.(t.part) = Made and sameNotes[s, t, d] and sameRun[s, t, d]
}

/** BAK-17, BAK-18. */
pred lookAgain[s, t: State, d: Device] {
  d.(s.part) = Made
  newest[s.heads] = d.(s.doing)
  d.(t.part) = Cleaning and sameNotes[s, t, d] and sameProvider[s, t] and sameRun[s, t, d]
}

/** BAK-1: only now. */
pred lower[s, t: State, d: Device] {
  d.(s.part) = Cleaning
  some h: s.heads | num/lt[h.number, d.(s.doing).number] and t.heads = s.heads - h
  t.objects = s.objects and t.stood = s.stood
  d.(t.part) = d.(s.part) and sameNotes[s, t, d] and sameRun[s, t, d]
}

/** BAK-17: what it knows, and its new manifest does not name. */
pred drop[s, t: State, d: Device] {
  d.(s.part) = Cleaning
  some x: s.objects & d.(s.garbage) - d.(s.doing).objs | t.objects = s.objects - x
  t.heads = s.heads and t.stood = s.stood
  d.(t.part) = d.(s.part) and sameNotes[s, t, d] and sameRun[s, t, d]
}

/** It ends or is killed; what a head named is not its own any more. */
pred stop[s, t: State, d: Device] {
  some d.(s.doing)
  no d.(t.doing) and no d.(t.part) and t.born = s.born
  d.(t.mine) = (some d.(s.part) & (Made + Cleaning) implies none else d.(s.mine))
  d.(t.garbage) = d.(s.garbage)
  sameProvider[s, t]
}

pred step[s, t: State] {
  some d: Device {
    others[s, t, d]
    (t.did = Begin and begin[s, t, d]) or (t.did = Store and store[s, t, d])
    or (t.did = Look and look[s, t, d]) or (t.did = MakeHead and makeHead[s, t, d])
    or (t.did = LookAgain and lookAgain[s, t, d]) or (t.did = Lower and lower[s, t, d])
    or (t.did = Drop and drop[s, t, d]) or (t.did = Stop and stop[s, t, d])
  }
}

/** What a device that removes, or is about to, cannot take from any backup above its own. */
pred harmless[s: State, d: Device] {
  let r = d.(s.doing) {
    r in s.heads or num/gt[newest[s.heads].number, r.number]
    all b: s.heads | num/gt[b.number, r.number] implies d.(s.garbage) & b.objs in r.objs
    all e: Device - d |
      (some e.(s.doing).over and num/gte[e.(s.doing).over.number, r.number]) implies
        d.(s.garbage) & e.(s.doing).objs in r.objs
  }
}

pred inv[s: State] {
  s.heads in s.stood and s.stood in s.born and s.born.over in s.stood
  all disj a, b: s.heads | a.number != b.number
  some s.stood implies some newest[s.heads]
  all b: s.stood | num/lte[b.number, newest[s.heads].number]
  all b: s.stood - s.heads | num/lt[b.number, newest[s.heads].number]
  all d: Device {
    d.(s.doing) in s.born and d.(s.doing).maker in d and (some d.(s.part) iff some d.(s.doing))
    some d.(s.part) & (Made + Cleaning) iff some d.(s.doing) & s.stood
    d.(s.mine) in by.d & s.born.objs and d.(s.garbage) in s.born.objs
    no d.(s.part) & (Made + Cleaning) implies
      no (d.(s.mine) + (d.(s.doing).objs - d.(s.doing).over.objs)) & s.stood.objs
    all e: Device - d | d.(s.garbage) & by.e in s.stood.objs
    (d.(s.part) = Cleaning or (d.(s.part) = Made and newest[s.heads] = d.(s.doing)))
      implies harmless[s, d]
    (d.(s.part) = Looked and newest[s.heads] = d.(s.doing).over) implies d.(s.doing).objs in s.objects
  }
  all b: s.born | b.objs in b.over.objs + by.(b.maker)
  newest[s.heads].objs in s.objects
}

check InitKeepsInvariant { all t: State | init[t] implies inv[t] }
  for 3 Num, 3 Obj, 2 Device, 3 Backup, exactly 1 State expect 0
check StepKeepsInvariant { all s: State, t: s.trace/next | (inv[s] and step[s, t]) implies inv[t] }
  for 3 Num, 3 Obj, 2 Device, 3 Backup, exactly 2 State expect 0

/* BAK-1, BAK-3, BAK-18: whatever the devices do meanwhile, the newest head is whole. */
check TheNewestIsWhole { all s: State, b: newest[s.heads] | inv[s] implies b.objs in s.objects }
  for 3 Num, 3 Obj, 2 Device, 3 Backup, exactly 1 State expect 0

/* Durable: what was done stays, or what came after it. */
check WhatIsDoneStays {
  all s: State, t: s.trace/next, d: Device |
    (inv[s] and step[s, t] and d.(s.part) = Cleaning) implies
      (some newest[t.heads] and num/gte[newest[t.heads].number, d.(s.doing).number])
} for 3 Num, 3 Obj, 2 Device, 3 Backup, exactly 2 State expect 0

/* Deliberately false: that a device's head stays the newest until it has looked again. */
check FalseWhoMakesAHeadIsTheNewest {
  all s: State, d: Device | (inv[s] and d.(s.part) = Made) implies newest[s.heads] = d.(s.doing)
} for 3 Num, 3 Obj, 2 Device, 3 Backup, exactly 1 State expect 1

pred path { init[trace/first] and all s: State, t: s.trace/next | step[s, t] }

run TwoAtOnce {
  path and some s: State | some disj a, b: Device | a.(s.part) = Looked and b.(s.part) = Looked
} for 2 Num, 3 Obj, 2 Device, 2 Backup, exactly 7 State expect 1
run GarbageGoes { path and Drop in State.did }
  for 2 Num, 2 Obj, 1 Device, 2 Backup, exactly 13 State expect 1
