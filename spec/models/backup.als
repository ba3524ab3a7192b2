/*
 * Backups and a provider that cannot be trusted: BAK-1 to BAK-3, BAK-5, BAK-9, BAK-13, OBJ-1, MRK-1,
 * RST-1, RST-6, RST-11, PRV-1, PRV-2.
 *
 * The device writes one object at a time and may crash between any two writes. The provider may
 * show the device any head that ever stood, or none ("lied"), and offers a restore any such head, any
 * manifest, and any object under any name. It cannot forge: what an object's or head's key did not
 * seal does not open (ASM-1), so an offer's contents are objects that were made. There is one device,
 * which keeps its notes; a provider that lied to it may spoil the chain, and a restore then refuses.
 */
module backup

open util/ordering[Num] as num
open util/ordering[State] as trace

sig Num {}
sig Obj {}
sig Backup { number: one Num, objs: some Obj, earlier: lone Backup }
one sig Yes {}
enum Part { Data, Listed, Noted, Standing }
enum Action { Begin, BeginRun, PutObject, PutManifest, NoteHead, PutHead, SetMark, Remove, Crash }

sig State {
  objects: set Obj, manifests: set Backup, head: lone Backup,  // provider
  heads: set Backup,            // ghost: heads that ever stood: the backups that were made
  born: set Backup,             // ghost: backups ever begun
  mark: lone Backup,            // vault
  running: lone Backup, part: lone Part, // device, memory
  notes: lone Backup,           // device, durable
  lied: lone Yes,               // ghost
  did: one Action
}

/** What a restore is offered. */
one sig Offer { top: lone Backup, shown: set Backup, content: Obj -> lone Obj, accepted: lone Yes }

pred sameProvider[s, t: State] {
  t.objects = s.objects and t.manifests = s.manifests and t.head = s.head and t.heads = s.heads
}
pred sameRun[s, t: State] { t.running = s.running and t.born = s.born and t.lied = s.lied }

pred init[t: State] {
  no t.objects and no t.manifests and no t.head and no t.heads and no t.born and no t.mark
  no t.running and no t.part and no t.notes and no t.lied and t.did = Begin
}

/** BAK-2: one more than the highest that device, head and mark know. */
pred beginRun[s, t: State] {
  no s.running
  some b: Backup - s.born {
    b.earlier in s.heads
    let known = (s.notes + b.earlier + s.mark).number |
      some b.number and b.number = (no known implies num/first else num/max[known].num/next)
    t.running = b and t.born = s.born + b
    t.lied = (b.earlier = s.head implies s.lied else Yes)
  }
  t.part = Data and t.notes = s.notes and t.mark = s.mark and sameProvider[s, t]
}

pred putObject[s, t: State] {
  s.part = Data
  some x: s.running.objs - s.objects | t.objects = s.objects + x
  t.manifests = s.manifests and t.head = s.head and t.heads = s.heads
  t.part = s.part and t.notes = s.notes and t.mark = s.mark and sameRun[s, t]
}

/** BAK-1: the manifest after the data. */
pred putManifest[s, t: State] {
  s.part = Data
  s.running.objs in s.objects
  t.manifests = s.manifests + s.running
  t.objects = s.objects and t.head = s.head and t.heads = s.heads
  t.part = Listed and t.notes = s.notes and t.mark = s.mark and sameRun[s, t]
}

/** BAK-13. */
pred noteHead[s, t: State] {
  s.part = Listed
  t.notes = s.running and t.part = Noted
  t.mark = s.mark and sameProvider[s, t] and sameRun[s, t]
}

/** BAK-1, PRV-2: the head after the manifest, in one step. */
pred putHead[s, t: State] {
  s.part = Noted
  t.head = s.running and t.heads = s.heads + s.running
  t.objects = s.objects and t.manifests = s.manifests
  t.part = Standing and t.notes = s.notes and t.mark = s.mark and sameRun[s, t]
}

/** BAK-1, BAK-9, MRK-1: after the head, now or at a later contact; a higher number only. */
pred setMark[s, t: State] {
  some s.notes and s.notes = s.head
  some s.mark implies num/gt[s.notes.number, s.mark.number]
  t.mark = s.notes
  t.part = s.part and t.notes = s.notes and sameProvider[s, t] and sameRun[s, t]
}

/** BAK-1, BAK-3, RST-11: only what neither the new manifest nor the chain to the mark refers to. */
pred remove[s, t: State] {
  s.part = Standing
  (some x: s.objects - s.head.objs | t.objects = s.objects - x and t.manifests = s.manifests)
  or (some m: s.manifests - (s.head.*earlier - s.mark.^earlier) |
    t.manifests = s.manifests - m and t.objects = s.objects)
  t.head = s.head and t.heads = s.heads
  t.part = s.part and t.notes = s.notes and t.mark = s.mark and sameRun[s, t]
}

/** The end of a run too. */
pred crash[s, t: State] {
  some s.running and no t.running and no t.part and t.born = s.born and t.lied = s.lied
  t.notes = s.notes and t.mark = s.mark and sameProvider[s, t]
}

pred step[s, t: State] {
  (t.did = BeginRun and beginRun[s, t]) or (t.did = PutObject and putObject[s, t])
  or (t.did = PutManifest and putManifest[s, t]) or (t.did = NoteHead and noteHead[s, t])
  or (t.did = PutHead and putHead[s, t]) or (t.did = SetMark and setMark[s, t])
  or (t.did = Remove and remove[s, t]) or (t.did = Crash and crash[s, t])
}

/** RST-6: the mark itself, or a higher number whose chain of manifests, as shown, reaches it. */
pred fresh[s: State] {
  no s.mark or Offer.top = s.mark
  or (num/gt[Offer.top.number, s.mark.number] and s.mark in Offer.top.^(Offer.shown <: earlier))
}

/** OBJ-1: every object is the one that its name says. */
pred bound { all x: Offer.top.objs | Offer.content[x] = x }

/** OBJ-1, RST-1: every object is shown and bound to its name. */
pred accepts[s: State] {
  some Offer.top and Offer.top in Offer.shown
  bound
  fresh[s]
}
pred authentic[s: State] { Offer.top in s.heads and Offer.shown in s.born }
pred honest[s: State] {
  Offer.top = s.head and Offer.shown = s.manifests
  Offer.content = s.objects <: iden
}

pred inv[s: State] {
  s.head in s.heads and s.heads in s.born and s.notes in s.born and s.mark in s.heads
  s.running in s.born and (some s.running iff some s.part)
  some s.heads implies some s.head
  s.head.objs in s.objects and s.head in s.manifests
  s.manifests in s.born
  some s.part & (Listed + Noted) implies s.running.objs in s.objects and s.running in s.manifests
  some s.part & (Data + Listed) implies s.running not in s.heads and s.notes != s.running
  s.part = Noted implies s.notes = s.running and s.running not in s.heads
  s.part = Standing implies s.running = s.head and s.notes = s.head
  all b: s.born | b.earlier in s.heads and (some b.earlier implies num/lt[b.earlier.number, b.number])
  // one device: what it begins is higher than whatever stood, whatever the provider shows
  all b: s.heads | num/lte[b.number, s.head.number]
  some s.head implies (some s.notes and num/gte[s.notes.number, s.head.number])
  some s.part & (Data + Listed + Noted) implies
    (all b: s.heads | num/lt[b.number, s.running.number])
  no s.lied implies {
    s.mark in s.head.*earlier
    some s.mark implies num/lte[s.mark.number, s.head.number]
    (s.head.*earlier - s.mark.^earlier) in s.manifests
    some s.part & (Data + Listed + Noted) implies s.running.earlier = s.head
  }
}

check InitKeepsInvariant { all t: State | init[t] implies inv[t] }
  for 4 Num, 4 Obj, 4 Backup, exactly 1 State expect 0
check StepKeepsInvariant { all s: State, t: s.trace/next | (inv[s] and step[s, t]) implies inv[t] }
  for 4 Num, 4 Obj, 4 Backup, exactly 2 State expect 0

/* BAK-1, BAK-3: at every moment the head refers to a whole backup. */
check HeadIsWhole {
  all s: State | (inv[s] and some s.heads) implies
    (some s.head and s.head.objs in s.objects and s.head in s.manifests)
} for 4 Num, 4 Obj, 4 Backup, exactly 1 State expect 0

/* RST-1: a restore yields a complete backup that was made. */
check RestoredIsABackupThatWasMade {
  all s: State | (inv[s] and authentic[s] and accepts[s]) implies
    (Offer.top in s.heads and Offer.top.objs.(Offer.content) = Offer.top.objs)
} for 4 Num, 4 Obj, 4 Backup, exactly 1 State expect 0

/* RST-6: and never one older than the vault's mark, or beside it. */
check NeverOlderThanTheMark {
  all s: State | (inv[s] and authentic[s] and accepts[s] and some s.mark) implies
    (num/gte[Offer.top.number, s.mark.number] and s.mark in Offer.top.*earlier)
} for 4 Num, 4 Obj, 4 Backup, exactly 1 State expect 0

/* Liveness: a provider that never lied is restored from, at every crash point. */
check AnHonestProviderIsEnough {
  all s: State | (inv[s] and no s.lied and some s.heads and honest[s]) implies accepts[s]
} for 4 Num, 4 Obj, 4 Backup, exactly 1 State expect 0

/* MRK-1, RST-6: marks only rise, and what was refused as older stays so. */
check MarksRise {
  all s: State, t: s.trace/next | (inv[s] and step[s, t] and some s.mark) implies
    (t.mark = s.mark or num/gt[t.mark.number, s.mark.number])
} for 4 Num, 4 Obj, 4 Backup, exactly 2 State expect 0

/* Deliberately false: that a restore always yields the newest backup. */
check FalseAlwaysTheNewest {
  all s: State | (inv[s] and authentic[s] and accepts[s]) implies Offer.top = s.head
} for 4 Num, 4 Obj, 4 Backup, exactly 1 State expect 1

pred path { init[trace/first] and all s: State, t: s.trace/next | step[s, t] }

run TwoBackupsAndARemoval { path and Remove in State.did and #trace/last.heads = 2 }
  for 3 Num, 2 Obj, 2 Backup, exactly 14 State expect 1
run CrashThenAnother {
  path and Crash in State.did and some s: State | s.part = Standing and #s.born = 2
} for 3 Num, 2 Obj, 2 Backup, exactly 10 State expect 1
run MarkComesLater { path and some s: State, t: s.trace/next | t.did = SetMark and no s.running }
  for 3 Num, 2 Obj, 2 Backup, exactly 8 State expect 1
run ReplayedHeadIsRefused {
  path and authentic[trace/last] and some trace/last.mark and some Offer.top
  Offer.top != trace/last.head and not accepts[trace/last] and SetMark in State.did
} for 3 Num, 2 Obj, 2 Backup, exactly 13 State expect 1
run NewerThanTheMarkIsAccepted {
  path and authentic[trace/last] and accepts[trace/last]
  some trace/last.mark and Offer.top != trace/last.mark
} for 3 Num, 2 Obj, 2 Backup, exactly 13 State expect 1

/* Traces for the replay on lockstep.protocol.transfer, each with what the provider offers a restore at
 * its end. The provider does not lie while backups are made; a run packs its new files in one object,
 * and takes over what the head refers to or an interrupted run left; the mark is set right after the
 * head or at a later contact, and nothing is removed before it is set. */
pred eventful[s, t: State] {
  no t.lied
  t.did = BeginRun implies {
    t.running.earlier = s.head
    lone t.running.objs - s.objects
    t.running.objs & s.objects in s.head.objs + {b: s.born - s.heads | b.earlier = s.head}.objs
    no (t.running.objs - s.objects) & s.heads.objs
  }
  t.did = Crash implies s.did != BeginRun
  t.did = SetMark implies (s.did = PutHead or no s.running)
  t.did = Remove implies s.mark = s.head
}
pred replayed {
  path and all s: State, t: s.trace/next | eventful[s, t]
  authentic[trace/last]
  some Offer.accepted iff accepts[trace/last]
}
run TableOfTraces { replayed } for exactly 3 Num, exactly 3 Obj, exactly 3 Backup, exactly 15 State expect 1
run TableOfOldOffers {
  replayed and some trace/last.mark and some Offer.top and Offer.top in Offer.shown
  num/lt[Offer.top.number, trace/last.mark.number]
  bound
} for exactly 3 Num, exactly 3 Obj, exactly 3 Backup, exactly 15 State expect 1
