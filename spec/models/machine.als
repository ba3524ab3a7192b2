/*
 * VaultMachine over its projected states: LIM-3 to LIM-8, LIM-10, LIM-14, LIM-15, SES-1, SES-3, SES-4,
 * SES-6, SES-7, STG-2 to STG-10, LEA-1.
 *
 * Two attempts in two rounds, a wait of a day; one login session and one confirming session at a
 * time; a new stage only where no confirming session is left; no restart (LEA-2 to LEA-4), no mark.
 * Time passes by a minute (sessions end), ten minutes (the stage ends too) or a day (a lock ends too).
 * A command is decided at once: its reply is part of the step. Num/first is 0.
 */
module machine

open util/ordering[Num] as num
open util/ordering[State] as trace

sig Num {}
one sig Yes {}
enum Standing { Nothing, Active, Tomb }
enum Phase { Open, Locked, Final, Destroyed }
enum Confirmation { Reserved, Recorded, Answered, Verified }
enum SessionState { Fresh, Proved }
enum Last { ByLogin, ByStage }
enum Action {
  Begin, Attempt, LoginRight, LoginWrong, LoginAbandon, Register, RegisterAgain, Stage, StageOther,
  Confirm, ConfirmRight, ConfirmWrong, Activate, Disable, Minute, TenMinutes, Day
}
enum Reply {
  Quiet, Permit, SaysLocked, NotEnrolled, SaysDestroyed, SaysVerified, WrongProof, SessionUnknown,
  Ended, SaysReserved, SaysRecorded, Refused, NoSuchStage, OtherRequest, AlreadyConfirmed, Carried
}

sig State {
  standing: one Standing,
  was: lone Yes,            // there was an active record, or is
  key: lone Yes,            // a tombstone that knows its command key
  charges, round: one Num,
  phase: one Phase,
  over: lone Yes,           // the lock's wait is over
  last: lone Last,          // whose the final session is
  stage: lone Confirmation,
  live, locks: lone Yes,    // of the stage's charge, until it is given back
  login, confirming: lone SessionState,
  did: one Action,
  reply: one Reply
}

fun zero: Num { num/first }
fun one1: Num { num/first.num/next }
fun two: Num { one1.num/next }

pred sameStanding[s, t: State] {
  t.standing = s.standing and t.was = s.was and t.key = s.key
}
pred sameLimiter[s, t: State] {
  t.charges = s.charges and t.round = s.round and t.phase = s.phase and t.over = s.over
  t.last = s.last
}
pred sameStage[s, t: State] { t.stage = s.stage and t.live = s.live and t.locks = s.locks }
pred sameSessions[s, t: State] { t.login = s.login and t.confirming = s.confirming }
pred same[s, t: State] {
  sameStanding[s, t] and sameLimiter[s, t] and sameStage[s, t] and sameSessions[s, t]
}
pred says[s, t: State, r: Reply] { same[s, t] and t.reply = r }
pred noStage[t: State] { no t.stage and no t.live and no t.locks and no t.confirming }
pred fullBudget[t: State] {
  t.charges = zero and t.round = one1 and t.phase = Open and no t.over and no t.last
}

pred init[t: State] {
  t.standing = Nothing and no t.was and no t.key and fullBudget[t] and noStage[t] and no t.login
  t.did = Begin and t.reply = Quiet
}

/** LIM-8: record, stage and sessions go; the command key stays with the tombstone; a name without a record gets none. */
pred destroys[s, t: State] {
  t.standing = (s.standing = Nothing implies Nothing else Tomb)
  t.was = s.was
  t.key = (s.standing = Active implies Yes else s.key)
  t.charges = s.charges and t.round = s.round and t.phase = Destroyed and no t.over and no t.last
  noStage[t] and no t.login
}

pred takes[s: State] { s.phase = Open or (s.phase = Locked and some s.over) }

/** LIM-3, LIM-6, LIM-7: a charge, of a session or a stage. */
pred charges[s, t: State, who: Last] {
  s.phase = Open implies t.charges = s.charges.num/next and t.round = s.round
  s.phase = Locked implies t.charges = one1 and t.round = two
  t.phase = (t.charges != two implies Open else t.round = one1 implies Locked else Final)
  no t.over
  t.last = (t.phase = Final implies who else none)
}

/** SES-1. */
pred attempt[s, t: State] {
  s.standing = Nothing implies says[s, t, NotEnrolled]
  s.standing = Tomb implies says[s, t, SaysDestroyed]
  (s.standing = Active and not takes[s]) implies says[s, t, SaysLocked]
  (s.standing = Active and takes[s]) implies {
    no s.login
    charges[s, t, ByLogin]
    t.login = Fresh and t.confirming = s.confirming and t.reply = Permit
    sameStanding[s, t] and t.stage = s.stage and t.locks = s.locks
    t.live = (t.round = s.round implies s.live else none)
  }
}

/** LIM-4, LIM-10, SES-4. */
pred loginRight[s, t: State] {
  s.login != Fresh implies says[s, t, SessionUnknown]
  s.login = Fresh implies {
    fullBudget[t] and t.login = Proved and t.confirming = s.confirming and t.reply = SaysVerified
    sameStanding[s, t] and t.stage = s.stage and t.locks = s.locks and no t.live
  }
}

/** SES-6, LIM-8, LIM-9: the session ends, the charge stays. */
pred loginEnds[s, t: State, r: Reply] {
  s.last = ByLogin implies destroys[s, t] and t.reply = SaysDestroyed
  s.last != ByLogin implies {
    no t.login and t.confirming = s.confirming and t.reply = r
    sameStanding[s, t] and sameLimiter[s, t] and sameStage[s, t]
  }
}
pred loginWrong[s, t: State] {
  s.login != Fresh implies says[s, t, SessionUnknown]
  s.login = Fresh implies loginEnds[s, t, WrongProof]
}
/** SES-7. */
pred loginAbandon[s, t: State] {
  no s.login implies says[s, t, SessionUnknown]
  some s.login implies loginEnds[s, t, Ended]
}

/** STG-2: who may register; a session that authorises is used up (AUT-5). */
pred mayRegister[s: State] {
  s.standing = Nothing or (s.standing = Active and s.login = Proved) or (s.standing = Tomb and some s.key)
}

/** STG-1, STG-4, LIM-15. */
pred register[s, t: State] {
  no s.confirming
  not mayRegister[s] implies says[s, t, Refused]
  (mayRegister[s] and s.phase != Destroyed and not takes[s]) implies {
    t.reply = SaysLocked and sameStanding[s, t] and sameLimiter[s, t] and sameStage[s, t]
    t.login = (s.standing = Active implies none else s.login) and no t.confirming
  }
  (mayRegister[s] and (s.phase = Destroyed or takes[s])) implies {
    s.phase != Destroyed implies charges[s, t, ByStage]
    s.phase = Destroyed implies
      t.charges = one1 and t.round = one1 and t.phase = Open and no t.over and no t.last
    t.stage = Reserved and t.live = Yes and t.locks = (t.phase = Open implies none else Yes)
    sameStanding[s, t] and no t.login and no t.confirming and t.reply = SaysReserved
  }
}

/** STG-3: the same once more, by whom the token or the tombstone's key entitles. */
pred registerAgain[s, t: State] {
  some s.stage and says[s, t, SaysReserved]
}

/** STG-6, AUT-6. */
pred stageMessage[s, t: State] {
  no s.stage implies says[s, t, Refused]
  s.stage = Reserved implies {
    t.stage = Recorded and t.live = s.live and t.locks = s.locks and t.reply = SaysRecorded
    sameStanding[s, t] and sameLimiter[s, t] and sameSessions[s, t]
  }
  (some s.stage and s.stage != Reserved) implies says[s, t, SaysRecorded]
}
pred stageOther[s, t: State] {
  some s.stage and s.stage != Reserved and says[s, t, OtherRequest]
}

/** STG-7. */
pred confirm[s, t: State] {
  no s.stage implies says[s, t, Refused]
  s.stage = Reserved implies says[s, t, NoSuchStage]
  s.stage = Recorded implies {
    t.stage = Answered and t.live = s.live and t.locks = s.locks
    t.confirming = Fresh and t.login = s.login and t.reply = Permit
    sameStanding[s, t] and sameLimiter[s, t]
  }
  (some s.stage and s.stage in Answered + Verified) implies says[s, t, AlreadyConfirmed]
}

/** STG-8: its own charge and what that charge locked, nothing else. */
pred givesBack[s: State] { some s.live and (s.phase = Open or some s.locks) }
pred confirmRight[s, t: State] {
  s.confirming != Fresh implies says[s, t, SessionUnknown]
  s.confirming = Fresh implies {
    givesBack[s] implies {
      t.charges = s.charges.num/prev and t.round = s.round and t.phase = Open and no t.over
      no t.last
    } else sameLimiter[s, t]
    t.stage = Verified and no t.live and no t.locks
    t.confirming = Proved and t.login = s.login and t.reply = SaysVerified
    sameStanding[s, t]
  }
}

/** SES-6, STG-5: where the stage's charge was the last, its confirming session is the final one. */
pred confirmWrong[s, t: State] {
  s.confirming != Fresh implies says[s, t, SessionUnknown]
  s.confirming = Fresh implies {
    s.last = ByStage implies destroys[s, t] and t.reply = (s.standing = Nothing implies NotEnrolled else SaysDestroyed)
    s.last != ByStage implies {
      no t.confirming and t.login = s.login and t.reply = WrongProof
      sameStanding[s, t] and sameLimiter[s, t] and sameStage[s, t]
    }
  }
}

/** STG-9, LIM-14. */
pred activate[s, t: State] {
  s.confirming != Proved implies says[s, t, Refused]
  (s.confirming = Proved and s.phase = Final) implies says[s, t, SaysLocked]
  (s.confirming = Proved and s.phase != Final) implies {
    t.standing = Active and some t.was
    no t.key and noStage[t] and no t.login and t.reply = Carried
    sameLimiter[s, t]
  }
}

/** LEA-1, LIM-14: with the command key's signature. */
pred disable[s, t: State] {
  (s.standing = Nothing or (s.standing = Tomb and no s.key)) implies says[s, t, Refused]
  (s.standing = Tomb and some s.key) implies says[s, t, SaysDestroyed]
  (s.standing = Active and s.phase = Final) implies destroys[s, t] and t.reply = Carried
  (s.standing = Active and s.phase != Final) implies {
    t.standing = Nothing and t.was = s.was
    no t.key and noStage[t] and no t.login and t.reply = Carried
    sameLimiter[s, t]
  }
}

/** SES-3, STG-5, LIM-6, LIM-8: what time ends. */
pred finalEnds[s: State, a: Action] {
  s.last = ByLogin or (s.last = ByStage and (a != Minute or s.confirming = Fresh))
}
pred passes[s, t: State] {
  t.reply = Quiet
  t.did = Minute implies some s.login + s.confirming
  finalEnds[s, t.did] implies destroys[s, t]
  not finalEnds[s, t.did] implies {
    no t.login and no t.confirming and sameStanding[s, t]
    t.did = Minute implies sameStage[s, t]
    t.did != Minute implies noStage[t]
    t.charges = s.charges and t.round = s.round and t.phase = s.phase and t.last = s.last
    t.over = ((t.did = Day and s.phase = Locked) implies Yes else s.over)
  }
}

pred step[s, t: State] {
  (t.did = Attempt and attempt[s, t]) or (t.did = LoginRight and loginRight[s, t])
  or (t.did = LoginWrong and loginWrong[s, t]) or (t.did = LoginAbandon and loginAbandon[s, t])
  or (t.did = Register and register[s, t]) or (t.did = RegisterAgain and registerAgain[s, t])
  or (t.did = Stage and stageMessage[s, t]) or (t.did = StageOther and stageOther[s, t])
  or (t.did = Confirm and confirm[s, t]) or (t.did = ConfirmRight and confirmRight[s, t])
  or (t.did = ConfirmWrong and confirmWrong[s, t]) or (t.did = Activate and activate[s, t])
  or (t.did = Disable and disable[s, t])
  or (t.did in Minute + TenMinutes + Day and passes[s, t])
}

pred inv[s: State] {
  s.round in one1 + two and num/lte[s.charges, two]
  s.phase = Open implies s.charges != two
  s.phase = Locked implies s.charges = two and s.round = one1
  s.phase = Final implies s.charges = two and s.round = two
  some s.over implies s.phase = Locked
  some s.last iff s.phase = Final
  s.phase = Destroyed implies no s.stage and no s.login and s.standing != Active
  s.standing in Active + Tomb implies some s.was
  some s.key iff s.standing = Tomb
  some s.login implies s.standing = Active
  s.last = ByLogin implies s.login = Fresh
  s.last = ByStage implies some s.live and some s.locks
  (s.last = ByStage and s.stage = Answered) implies s.confirming = Fresh
  some s.live + s.locks implies (some s.stage and s.stage != Verified)
  some s.live implies s.charges != zero
  (some s.live and some s.locks) implies s.phase != Open
  (some s.live and s.phase = Final and s.last = ByLogin) implies no s.locks
  s.login = Proved implies s.charges = zero and s.round = one1 and s.phase = Open
  some s.locks implies s.standing != Active and some s.live and s.phase in Locked + Final
  some s.over implies no s.stage and no s.login and no s.confirming
  s.phase = Destroyed implies s.round = two and s.charges = two
  s.confirming = Fresh implies s.stage = Answered
  s.confirming = Proved implies s.stage = Verified
}

check InitKeepsInvariant { all t: State | init[t] implies inv[t] }
  for exactly 3 Num, exactly 1 State expect 0
check StepKeepsInvariant { all s: State, t: s.trace/next | (inv[s] and step[s, t]) implies inv[t] }
  for exactly 3 Num, exactly 2 State expect 0

/* SES-2, STG-10: the active record changes by activation, disable or destruction only. */
check StandingChangesByThreeThings {
  all s: State, t: s.trace/next | (inv[s] and step[s, t]) implies {
    t.standing != s.standing implies
      (t.did in Activate + Disable or t.phase = Destroyed)
    (t.standing = Active and s.standing != Active) implies s.stage = Verified
  }
} for exactly 3 Num, exactly 2 State expect 0

/* LIM-8: a name that has no record, because it never had one or was disabled, is not left with a tombstone. */
check NothingToBury {
  all s: State, t: s.trace/next | (inv[s] and step[s, t] and s.standing = Nothing and t.did != Activate) implies
    t.standing = Nothing
} for exactly 3 Num, exactly 2 State expect 0

/* LIM-9, LIM-14: charges fall only by success, confirmation, a new round or a new epoch. */
check ChargesFallByFourThings {
  all s: State, t: s.trace/next | (inv[s] and step[s, t]) implies {
    (t.round = s.round and num/lt[t.charges, s.charges]) implies
      (t.did in LoginRight + ConfirmRight or (t.did = Register and s.phase = Destroyed))
    num/lt[t.round, s.round] implies (t.did = LoginRight or (t.did = Register and s.phase = Destroyed))
    num/lt[s.round, t.round] implies some s.over
  }
} for exactly 3 Num, exactly 2 State expect 0

/* LIM-2, LIM-5, LIM-7: an evaluation takes a charge, but for the one confirmation of a stage. */
check PermitTakesACharge {
  all s: State, t: s.trace/next | (inv[s] and step[s, t]) implies {
    (t.did = Attempt and t.reply = Permit) implies (t.charges != s.charges or t.round != s.round)
    (t.did = Confirm and t.reply = Permit) implies (s.stage = Recorded and t.stage = Answered)
    (s.phase = Final or (s.phase = Locked and no s.over)) implies
      not (t.did = Attempt and t.reply = Permit)
  }
} for exactly 3 Num, exactly 2 State expect 0

/* LIM-3, LIM-8, STG-8: what opens a full round, and what the end of the final session does. */
check LocksHold {
  all s: State, t: s.trace/next | (inv[s] and step[s, t]) implies {
    (s.phase in Locked + Final and t.phase = Open) implies
      (t.did = LoginRight or some s.over or (t.did = ConfirmRight and some s.live and some s.locks))
    (s.last = ByLogin and t.did in LoginWrong + LoginAbandon + Minute + TenMinutes + Day) implies
      t.phase = Destroyed
    (s.last = ByStage and t.did in ConfirmWrong + TenMinutes + Day and s.confirming = Fresh)
      implies t.phase = Destroyed
  }
} for exactly 3 Num, exactly 2 State expect 0

/* Deliberately false: that only failures destroy. */
check FalseOnlyFailuresDestroy {
  all s: State, t: s.trace/next | (inv[s] and step[s, t] and t.phase = Destroyed and s.phase != Destroyed)
    implies t.did in LoginWrong + ConfirmWrong
} for exactly 3 Num, exactly 2 State expect 1

pred path { init[trace/first] and all s: State, t: s.trace/next | step[s, t] }
run DestroyedAndBack {
  inv[trace/first] and trace/first.last = ByLogin and trace/last.standing = Active
  all s: State, t: s.trace/next | step[s, t]
  some s: State | s.phase = Destroyed
} for exactly 3 Num, exactly 7 State expect 1
run ConfirmLiftsTheFinalPhase {
  path and some s: State, t: s.trace/next | s.last = ByStage and t.did = ConfirmRight
} for exactly 3 Num, exactly 13 State expect 1

run Table { inv[trace/first] and step[trace/first, trace/last]
  trace/first.did = Begin and trace/first.reply = Quiet
} for exactly 3 Num, exactly 2 State expect 1
