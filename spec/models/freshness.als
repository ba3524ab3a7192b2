/*
 * Several devices, a provider that rolls back and hides, and a vault that may not be heard: RST-6,
 * RST-12, RST-13, BAK-2, BAK-10, BAK-16, MRK-1, MRK-2, ROT-1.
 *
 * A command is one step here: the steps within a backup are in backup.als. The provider shows each
 * command any head that ever stood under the device's key, or none. It cannot forge (ASM-1). The
 * vault is heard by a command, or not; it does not lie about its mark (RCP-3 is in the vault's
 * models). A key that is no longer in force stays with the devices that hold it.
 */
module freshness

open util/ordering[Num] as num
open util/ordering[State] as trace

sig Num {}
sig Key {}
sig Device {}
sig Backup { number: one Num, key: one Key, earlier: lone Backup, copyOf: lone Backup }
one sig Yes {}
enum Action { Start, BackUp, SetMark, Take, Refuse, Rotate }

sig State {
  stood: set Backup,              // heads that ever stood, whatever the provider shows
  inForce: one Key, mark: lone Backup,                   // vault
  holds: Device -> one Key, floor: Device -> lone Backup, // devices
  used: set Key,                  // ghost
  by: lone Device, shown: lone Backup, heard: lone Yes, taken: lone Backup, // the last command
  accepted: lone Yes,             // the user took what is older, unchecked or gone by name
  did: one Action
}

pred init[t: State] {
  no t.stood and no t.mark and no t.floor and t.used = t.inForce
  all d: Device | d.(t.holds) = t.inForce
  no t.by and no t.shown and no t.heard and no t.taken and no t.accepted and t.did = Start
}

/** RST-12: the mark says something of the record's own key only. */
fun told[s: State, d: Device, h: set Yes]: lone Backup {
  (some h and d.(s.holds) = s.inForce) implies s.mark else none
}

/** RST-12: the larger of what the device knows and the mark, which rules at one number. */
fun limit[s: State, d: Device, h: set Yes]: lone Backup {
  let m = told[s, d, h], f = d.(s.floor) |
    no m implies f else (some f and num/gt[f.number, m.number]) implies f else m
}

/** RST-6, RST-13: what is taken without a word of the user's. */
pred chooses[l: lone Backup, h: set Yes, b: Backup] {
  no l or b = l or (num/gt[b.number, l.number] and l in b.^earlier)
  no h implies b = l
}

/** RST-12: nothing lowers it. */
fun raised[l: lone Backup, b: lone Backup]: lone Backup {
  (some l and (no b or num/lte[b.number, l.number])) implies l else b
}

pred sameVault[s, t: State] { t.inForce = s.inForce and t.mark = s.mark }
pred command[s, t: State] {
  some t.by
  t.shown in s.stood & key.(t.by.(s.holds))
  all d: Device - t.by | d.(t.floor) = d.(s.floor) and d.(t.holds) = d.(s.holds)
}

/** RST-6, RST-8, RST-10: a restore or a verification. */
pred take[s, t: State] {
  command[s, t]
  some t.shown and t.taken = t.shown
  let l = limit[s, t.by, t.heard] {
    some t.accepted or chooses[l, t.heard, t.shown]
    t.by.(t.floor) = raised[l, t.shown]
  }
  t.holds = s.holds and t.stood = s.stood and t.used = s.used and sameVault[s, t]
}

/** The same, and it is not taken; what was heard is kept. */
pred refuse[s, t: State] {
  command[s, t]
  no t.taken and no t.accepted
  let l = limit[s, t.by, t.heard] {
    some t.shown implies not chooses[l, t.heard, t.shown]
    t.by.(t.floor) = l
  }
  t.holds = s.holds and t.stood = s.stood and t.used = s.used and sameVault[s, t]
}

/** BAK-2, BAK-10, BAK-16: over the newest that is known of, or over nothing where nothing is. */
pred backUp[s, t: State] {
  command[s, t]
  let l = limit[s, t.by, t.heard] {
    some t.accepted or (no t.shown implies no l)
    some t.accepted or (some t.shown implies (no l or num/gte[t.shown.number, l.number]))
    some b: Backup - s.stood {
      b.key = t.by.(s.holds) and b.earlier = t.shown and no b.copyOf
      let known = (l + t.shown).number |
        b.number = (no known implies num/first else num/max[known].num/next)
      t.stood = s.stood + b and t.taken = b and t.by.(t.floor) = b
    }
  }
  t.holds = s.holds and t.used = s.used and sameVault[s, t]
}

/** BAK-9, MRK-1: a higher number only, of the key in force. */
pred setMark[s, t: State] {
  some t.by and t.by.(s.holds) = s.inForce and t.heard = Yes and no t.shown and no t.taken
  no t.accepted
  let f = t.by.(s.floor) {
    some f and (some s.mark implies num/gt[f.number, s.mark.number])
    t.mark = f
  }
  t.floor = s.floor and t.holds = s.holds and t.stood = s.stood
  t.used = s.used and t.inForce = s.inForce
}

/** ROT-1, MRK-2: only what a restore would take; nothing only where nothing is known of. */
pred rotate[s, t: State] {
  command[s, t]
  t.by.(s.holds) = s.inForce and t.heard = Yes and no t.accepted
  some k: Key - s.used {
    t.inForce = k and t.used = s.used + k and t.by.(t.holds) = k
    let l = limit[s, t.by, t.heard] {
      some t.shown implies chooses[l, t.heard, t.shown]
      no t.shown implies no l
    }
    no t.shown implies (t.stood = s.stood and no t.taken and no t.by.(t.floor))
    some t.shown implies some c: Backup - s.stood {
      c.key = k and c.copyOf = t.shown and no c.earlier and c.number = t.shown.number.num/next
      t.stood = s.stood + c and t.taken = c and t.by.(t.floor) = c
    }
  }
  no t.mark
}

pred step[s, t: State] {
  (t.did = Take and take[s, t]) or (t.did = Refuse and refuse[s, t])
  or (t.did = BackUp and backUp[s, t]) or (t.did = SetMark and setMark[s, t])
  or (t.did = Rotate and rotate[s, t])
}

pred inv[s: State] {
  s.mark in s.stood and Device.(s.floor) in s.stood
  some s.mark implies s.mark.key = s.inForce
  s.inForce in s.used and Device.(s.holds) in s.used and s.stood.key in s.used
  all d: Device | d.(s.floor).key in d.(s.holds)
  all b: s.stood | b.earlier in s.stood and b.copyOf in s.stood
  all b: s.stood | some b.earlier implies
    (b.earlier.key = b.key and num/lt[b.earlier.number, b.number])
  all b: s.stood | some b.copyOf implies no b.earlier
}

check InitKeepsInvariant { all t: State | init[t] implies inv[t] }
  for 4 Num, 3 Key, 2 Device, 5 Backup, exactly 1 State expect 0
check StepKeepsInvariant { all s: State, t: s.trace/next | (inv[s] and step[s, t]) implies inv[t] }
  for 4 Num, 3 Key, 2 Device, 5 Backup, exactly 2 State expect 0

/* RST-12: under one key no device ever comes to know less. */
check NothingIsForgotten {
  all s: State, t: s.trace/next, d: Device |
    (inv[s] and step[s, t] and d.(t.holds) = d.(s.holds) and some d.(s.floor)) implies
      (some d.(t.floor) and num/gte[d.(t.floor).number, d.(s.floor).number])
} for 4 Num, 3 Key, 2 Device, 5 Backup, exactly 2 State expect 0

/* RST-6, RST-12: what is read or sealed anew is the newest known here, or comes after it. */
check NothingOlderIsTaken {
  all s: State, t: s.trace/next | (inv[s] and step[s, t] and t.did in Take + Rotate and no t.accepted) implies
    let f = t.by.(s.floor) |
      some f implies (some t.shown and num/gte[t.shown.number, f.number])
} for 4 Num, 3 Key, 2 Device, 5 Backup, exactly 2 State expect 0

/* RST-6, ROT-1: and, where the vault is heard, it goes back to the vault's mark. */
check TheMarkIsReached {
  all s: State, t: s.trace/next | (inv[s] and step[s, t] and t.did in Take + Rotate
      and no t.accepted and some s.mark and some t.heard and t.by.(s.holds) = s.inForce) implies
    (some t.shown and (s.mark in t.shown.*earlier or
      (some t.by.(s.floor) and num/gt[t.by.(s.floor).number, s.mark.number])))
} for 4 Num, 3 Key, 2 Device, 5 Backup, exactly 2 State expect 0

/* RST-13: with the vault cut off the provider has no choice of backups. */
check CutOffThereIsNoChoice {
  all s: State, t: s.trace/next |
    (inv[s] and step[s, t] and t.did = Take and no t.heard and no t.accepted) implies t.taken = t.by.(s.floor)
} for 4 Num, 3 Key, 2 Device, 5 Backup, exactly 2 State expect 0

/* ROT-1: a rotation that copies nothing loses nothing that anybody heard there knows of. */
check NothingToCopyIsNothing {
  all s: State, t: s.trace/next | (inv[s] and step[s, t] and t.did = Rotate and no t.taken) implies
    (no s.mark and no t.by.(s.floor))
} for 4 Num, 3 Key, 2 Device, 5 Backup, exactly 2 State expect 0

/* BAK-2: a backup is above all that its device knows. */
check NumbersRise {
  all s: State, t: s.trace/next | (inv[s] and step[s, t] and t.did = BackUp and some t.by.(s.floor))
    implies num/gt[t.taken.number, t.by.(s.floor).number]
} for 4 Num, 3 Key, 2 Device, 5 Backup, exactly 2 State expect 0

/* Deliberately false: a device that is cut off and offered an old state may still make a backup
 * beside a newer one that it never heard of (THR-3's limit). */
check FalseNoTwoOfOneNumber {
  all s: State, t: s.trace/next | (inv[s] and step[s, t] and t.did = BackUp) implies
    no b: s.stood & key.(t.taken.key) | b.number = t.taken.number
} for 4 Num, 3 Key, 2 Device, 5 Backup, exactly 2 State expect 1

pred path { init[trace/first] and all s: State, t: s.trace/next | step[s, t] }

run RolledBackIsRefused {
  path and some t: State | t.did = Refuse and some t.shown and some t.by.(t.floor)
    and num/lt[t.shown.number, t.by.(t.floor).number]
} for 3 Num, 1 Key, 1 Device, 2 Backup, exactly 4 State expect 1
run AnOlderOneIsTakenByName {
  path and some t: State | t.did = Take and num/lt[t.taken.number, t.by.(t.floor).number]
} for 3 Num, 1 Key, 1 Device, 2 Backup, exactly 4 State expect 1
run RotationAfterTwoBackups { path and Rotate in State.did and #BackUp.~did = 2 }
  for 4 Num, 2 Key, 2 Device, 3 Backup, exactly 5 State expect 1
run TheOtherDeviceCatchesUp {
  path and some t: State | t.did = Take and t.taken != t.by.(t.~(trace/next).floor) and some t.heard
    and some t.by.(t.~(trace/next).floor)
} for 3 Num, 1 Key, 2 Device, 2 Backup, exactly 6 State expect 1
