/*
 * Stage, confirm, activate between one device and the vault: STG-1 to STG-10, LIM-8, LIM-12, LIM-14,
 * LIM-15, CHG-1 to CHG-4, ENR-3, ENR-5, LEA-1, ROT-1 to ROT-3, DIS-2.
 *
 * A message that the network suppresses is a step that does not happen; a reply that it suppresses
 * is a step with no "told"; an Activate may come late. Device and vault may crash between any two
 * steps. The limiter is one round of Budget charges (limiter.als has the rounds). "guesses" is a ghost: evaluations for an
 * adversary since the last success or new epoch. A generation carries the password and the root key
 * that its record would have.
 */
module stage

open util/ordering[Num] as num
open util/ordering[State] as trace

sig Num {}
sig Password {}
sig RootKey {}
sig Gen { pw: one Password, key: one RootKey }
one sig Yes {}
enum Confirmation { Reserved, Recorded, Answered, Verified }
enum Phase { Idle, Begun, Registered, Staged, Proving, Proved, Unknown }
enum Action {
  Begin, BeginRun, Register, RegisterAgain, Stage, Confirm, FinishConfirm, Activate, LateActivate,
  Ask, Login, Guess, FailFinal, Disable, StageEnds, DeviceCrash, VaultCrash, ReRegister, RemoveOldSet
}

/* The rule of this model. The attack scenario takes it out: registration is then one message that
 * replaces the record and its counter, as in the protocol that was analysed at CRYPTO 2023. */
lone sig StageConfirmRule {}
fact TheRule { one StageConfirmRule }

sig State {
  active, stage: lone Gen,          // vault, durable
  conf: lone Confirmation,
  reserved, tomb: lone Yes,
  charges: one Num,
  used: set Gen,
  login, confirming: lone Yes,      // vault, memory
  believes, intends: lone Gen,      // device, durable: what it is enabled with; its journal
  plans: lone Gen,                  // device, memory: what it registers
  phase: one Phase,                 // device, memory
  whole: set RootKey,               // provider: complete sets
  guesses: one Num,                 // ghost
  did: one Action,
  told: lone Yes
}

fun zero: Num { num/first }
fun budget: Num { num/first.num/next.num/next }

pred sameRecord[s, t: State] { t.active = s.active and t.tomb = s.tomb }
pred sameStage[s, t: State] {
  t.stage = s.stage and t.conf = s.conf and t.reserved = s.reserved and t.used = s.used
}
pred sameCount[s, t: State] { t.charges = s.charges and t.guesses = s.guesses }
pred sameSessions[s, t: State] { t.login = s.login and t.confirming = s.confirming }
pred sameDevice[s, t: State] {
  t.believes = s.believes and t.intends = s.intends and t.plans = s.plans and t.phase = s.phase
}
pred sameVault[s, t: State] {
  sameRecord[s, t] and sameStage[s, t] and sameCount[s, t] and sameSessions[s, t]
}
pred moves[s, t: State, p: Phase] {
  t.believes = s.believes and t.intends = s.intends and t.plans = s.plans
  t.phase = (some t.told implies p else s.phase)
}
/** CHG-3: once Register was answered, the journal takes an older one's place. */
pred journals[s, t: State] {
  t.believes = s.believes and t.plans = s.plans
  t.intends = (some t.told implies s.plans else s.intends)
  t.phase = (some t.told implies Registered else s.phase)
}
pred noStage[t: State] { no t.stage and no t.conf and no t.reserved and no t.confirming }

/** Who evaluates for whom: the active record only (SES-2). */
fun answering[s: State]: set Gen { s.active }

pred init[t: State] {
  no t.active and no t.tomb and noStage[t] and no t.used and no t.login
  no t.believes and no t.intends and no t.plans and no t.whole and t.phase = Idle
  t.charges = zero and t.guesses = zero and t.did = Begin and no t.told
}

/** ENR-3, CHG-3, ROT-1: a rotation's set is whole first. An older journal may be there still. */
pred beginRun[s, t: State] {
  s.phase = Idle
  some t.plans and t.plans not in s.used and t.intends = s.intends
  some s.believes implies (t.plans.key = s.believes.key or t.plans.pw = s.believes.pw)
  t.whole = s.whole + t.plans.key
  t.phase = Begun and t.believes = s.believes and sameVault[s, t] and no t.told
}

/** STG-1, STG-2, STG-4: authority, a fresh generation and a charge, before the evaluation. CHG-1: the
 * device's session was on the generation that it knows of; another would not have satisfied it. */
pred register[s, t: State] {
  some StageConfirmRule
  s.phase = Begun and s.plans not in s.used
  s.charges != budget or (some s.tomb)
  some s.active implies some s.login and s.active = s.believes
  t.stage = s.plans and t.conf = Reserved and t.reserved = Yes and t.used = s.used + s.plans
  some s.tomb implies { t.charges = zero.num/next and t.guesses = zero }   // LIM-15: a new epoch
  no s.tomb implies { t.charges = s.charges.num/next and t.guesses = s.guesses }
  no t.tomb and t.active = s.active
  no t.login and no t.confirming
  journals[s, t] and t.whole = s.whole
}

/** STG-3: the same Register once more is answered alike and not charged. */
pred registerAgain[s, t: State] {
  s.phase = Begun and s.stage = s.plans and some s.stage
  sameVault[s, t] and journals[s, t] and t.whole = s.whole
}

/** STG-6. */
pred stage[s, t: State] {
  s.phase = Registered and s.stage = s.plans and some s.stage and s.conf in Reserved + Recorded
  t.conf = Recorded and t.stage = s.stage and t.reserved = s.reserved and t.used = s.used
  sameRecord[s, t] and sameCount[s, t] and sameSessions[s, t]
  moves[s, t, Staged] and t.whole = s.whole
}

/** STG-7: once, and not charged. */
pred confirm[s, t: State] {
  s.phase = Staged and s.stage = s.plans and some s.stage and s.conf = Recorded
  t.conf = Answered and t.stage = s.stage and t.reserved = s.reserved and t.used = s.used
  t.confirming = Yes and t.login = s.login
  sameRecord[s, t] and sameCount[s, t] and moves[s, t, Proving] and t.whole = s.whole
}

/** STG-8: gives back the stage's own charge, if it still counts. */
pred finishConfirm[s, t: State] {
  s.phase = Proving and s.stage = s.plans and s.conf = Answered and some s.confirming
  t.conf = Verified and t.stage = s.stage and no t.reserved and t.used = s.used
  t.charges = (some s.reserved implies s.charges.num/prev else s.charges)
  t.guesses = s.guesses
  sameRecord[s, t] and sameSessions[s, t] and moves[s, t, Proved] and t.whole = s.whole
}

/** STG-9, LIM-14: one step, and no charge is given back for it. CHG-4: a lost reply leaves it open. */
pred activate[s, t: State] {
  s.phase = Proved and s.stage = s.plans and s.conf = Verified and some s.confirming
  s.charges != budget
  t.active = s.stage and no t.tomb and noStage[t] and no t.login and t.used = s.used
  sameCount[s, t] and no t.plans
  some t.told implies { t.believes = s.intends and no t.intends and t.phase = Idle }
  no t.told implies { t.believes = s.believes and t.intends = s.intends and t.phase = Unknown }
  t.whole = s.whole
}

/** The device waits no more, and the Activate that it sent arrives. */
pred lateActivate[s, t: State] {
  s.phase in Idle + Begun and s.conf = Verified and some s.confirming and s.charges != budget
  t.active = s.stage and no t.tomb and noStage[t] and no t.login and t.used = s.used
  sameCount[s, t] and sameDevice[s, t] and t.whole = s.whole and no t.told
}

/** CHG-3, ENR-5, ROT-3: a signed Status tells which generation is active. A journal whose generation
 * is not active stays, since an Activate may be on its way. */
pred ask[s, t: State] {
  s.phase in Idle + Unknown and some s.intends
  s.active = s.intends implies { t.believes = s.intends and no t.intends }
  s.active != s.intends implies { t.believes = s.believes and t.intends = s.intends }
  no t.plans and t.phase = Idle
  sameVault[s, t] and t.whole = s.whole
}

/** LIM-10, CHG-1: the user's own password opens the active record. */
pred login[s, t: State] {
  some s.active and s.charges != budget
  t.charges = zero and t.guesses = zero and t.login = Yes and t.confirming = s.confirming
  t.stage = s.stage and t.conf = s.conf and no t.reserved and t.used = s.used
  sameRecord[s, t] and sameDevice[s, t] and t.whole = s.whole
}

/** LIM-2, LIM-12: an adversary with the account's token; each evaluation is charged. */
pred guess[s, t: State] {
  some answering[s]
  s.charges != budget
  t.charges = s.charges.num/next and some t.charges
  t.guesses = s.guesses.num/next and some t.guesses
  sameRecord[s, t] and sameStage[s, t] and sameSessions[s, t] and sameDevice[s, t]
  t.whole = s.whole
}

/** LIM-8. */
pred failFinal[s, t: State] {
  s.charges = budget
  no t.active and t.tomb = Yes and noStage[t] and no t.login and t.used = s.used
  sameCount[s, t] and sameDevice[s, t] and t.whole = s.whole
}

/** LEA-1, LIM-14: disabling gives nothing back. DIS-2: it can be run again. */
pred disable[s, t: State] {
  s.phase = Idle and no s.tomb and s.charges != budget
  no t.active and no t.tomb and noStage[t] and no t.login and t.used = s.used and sameCount[s, t]
  t.believes = (some t.told implies none else s.believes)
  t.intends = (some t.told implies none else s.intends)
  no t.plans and t.phase = Idle and t.whole = s.whole
}

/** STG-5: its charge stays. In the final phase this is FailFinal. */
pred stageEnds[s, t: State] {
  some s.stage and s.charges != budget
  noStage[t] and t.used = s.used and t.login = s.login
  sameRecord[s, t] and sameCount[s, t] and sameDevice[s, t] and t.whole = s.whole
}

pred deviceCrash[s, t: State] {
  t.phase = Idle and t.believes = s.believes and t.intends = s.intends and no t.plans
  sameVault[s, t] and t.whole = s.whole
}

/** SES-5. */
pred vaultCrash[s, t: State] {
  no t.login and no t.confirming
  sameRecord[s, t] and sameStage[s, t] and sameCount[s, t] and sameDevice[s, t]
  t.whole = s.whole
}

/** ROT-1: the old set goes last. */
pred removeOldSet[s, t: State] {
  s.phase = Idle and some s.believes and no s.intends
  t.whole = s.believes.key
  sameVault[s, t] and sameDevice[s, t]
}

/** Only without the rule: one message, a new record, a full budget of its own. */
pred reRegister[s, t: State] {
  no StageConfirmRule
  s.phase = Begun and s.plans not in s.used and no s.tomb
  t.active = s.plans and no t.tomb and noStage[t] and no t.login and t.used = s.used + s.plans
  t.charges = zero and t.guesses = s.guesses and no t.plans
  some t.told implies { t.believes = s.plans and no t.intends and t.phase = Idle }
  no t.told implies { t.believes = s.believes and t.intends = s.plans and t.phase = Unknown }
  t.whole = s.whole
}

pred step[s, t: State] {
  (t.did = BeginRun and beginRun[s, t])
  or (t.did = Register and register[s, t]) or (t.did = RegisterAgain and registerAgain[s, t])
  or (t.did = Stage and stage[s, t]) or (t.did = Confirm and confirm[s, t])
  or (t.did = FinishConfirm and finishConfirm[s, t]) or (t.did = Activate and activate[s, t])
  or (t.did = LateActivate and lateActivate[s, t])
  or (t.did = Ask and ask[s, t]) or (t.did = Login and login[s, t])
  or (t.did = Guess and guess[s, t]) or (t.did = FailFinal and failFinal[s, t])
  or (t.did = Disable and disable[s, t]) or (t.did = StageEnds and stageEnds[s, t])
  or (t.did = DeviceCrash and deviceCrash[s, t]) or (t.did = VaultCrash and vaultCrash[s, t])
  or (t.did = ReRegister and reRegister[s, t]) or (t.did = RemoveOldSet and removeOldSet[s, t])
}

pred inv[s: State] {
  num/lte[s.charges, budget]
  // each guess holds a charge of its own, and the stage's charge is another one
  num/lte[s.guesses, s.charges]
  some s.reserved implies s.guesses != s.charges
  s.active in s.used and s.stage in s.used and no s.active & s.stage
  some s.tomb implies no s.active and no s.stage
  some s.stage iff some s.conf
  some s.reserved implies s.conf in Reserved + Recorded + Answered
  some s.confirming implies s.conf in Answered + Verified
  some s.login implies some s.active
  s.believes + s.intends in s.used and (some s.intends implies s.intends != s.believes)
  s.phase in Begun + Registered + Staged + Proving + Proved iff some s.plans
  s.phase in Registered + Staged + Proving + Proved implies s.plans = s.intends
  s.phase = Unknown implies some s.intends
  (s.phase = Begun and some s.stage & s.plans) implies s.active in s.believes
  s.phase = Begun and s.plans in s.used implies s.plans not in s.active + s.believes + s.intends
  // CHG-3: the device can always find out, and always holds the root key of what is active
  s.active in s.believes + s.intends
  s.conf in Recorded + Answered + Verified implies s.stage in s.intends
  s.conf = Reserved implies s.stage not in s.believes
  s.phase in Registered + Staged + Proving + Proved + Unknown implies s.intends in s.used
  s.phase in Registered + Staged + Proving + Proved implies s.intends != s.active
  some s.believes implies s.believes.key in s.whole
  some s.intends + s.plans implies (s.intends + s.plans).key in s.whole
}

check InitKeepsInvariant { all t: State | init[t] implies inv[t] }
  for 5 Num, 3 Gen, 2 Password, 2 RootKey, exactly 1 State expect 0
check StepKeepsInvariant { all s: State, t: s.trace/next | (inv[s] and step[s, t]) implies inv[t] }
  for 5 Num, 3 Gen, 2 Password, 2 RootKey, exactly 2 State expect 0

/* LIM-12, LIM-14, STG-4: whatever is suppressed and however often the device registers again. */
check BudgetHolds { all s: State | inv[s] implies num/lte[s.guesses, budget] }
  for 5 Num, 3 Gen, 2 Password, 2 RootKey, exactly 1 State expect 0
check BudgetIsNeverRefilled {
  all s: State, t: s.trace/next | (inv[s] and step[s, t]) implies {
    num/lt[t.guesses, s.guesses] implies (t.did = Login or (t.did = Register and some s.tomb))
    num/lt[t.charges, s.charges] implies
      (t.did in Login + FinishConfirm or (t.did = Register and some s.tomb))
  }
} for 5 Num, 3 Gen, 2 Password, 2 RootKey, exactly 2 State expect 0

/* STG-10, CHG-2: one password opens, until disable or destruction. */
check OnePasswordOpens {
  all s: State, t: s.trace/next | (inv[s] and step[s, t]) implies {
    lone answering[s].pw
    some answering[s] and t.did not in Disable + FailFinal implies one answering[t].pw
    answering[t] != answering[s] implies t.did in Activate + LateActivate + Disable + FailFinal
    t.did in Activate + LateActivate implies s.conf = Verified
  }
} for 5 Num, 3 Gen, 2 Password, 2 RootKey, exactly 2 State expect 0

/* ROT-2: the root key that the vault would release opens a whole set. */
check ReleasedKeyOpensAWholeSet {
  all s: State | inv[s] implies s.active.key in s.whole
} for 5 Num, 3 Gen, 2 Password, 2 RootKey, exactly 1 State expect 0

/* Liveness, one step of it: from every state a device that runs again can settle its journal. */
check JournalCanBeSettled {
  all s: State | (inv[s] and s.phase in Idle + Unknown and some s.intends) implies
    (s.active = s.intends or s.active = s.believes or no s.active)
} for 5 Num, 3 Gen, 2 Password, 2 RootKey, exactly 1 State expect 0

/* Deliberately false: that a change always ends with the new password. */
check FalseTheNewPasswordAlwaysWins {
  all s: State, t: s.trace/next | (inv[s] and step[s, t] and s.conf = Verified) implies
    t.conf = Verified or t.active = s.stage
} for 5 Num, 3 Gen, 2 Password, 2 RootKey, exactly 2 State expect 1

pred path { init[trace/first] and all s: State, t: s.trace/next | step[s, t] }

/* The extra-guess attack: more guesses at one password than the budget, without a success between,
 * because the device was made to register again. */
run ExtraGuessAttack { path and one Gen.pw and some s: State | num/gt[s.guesses, budget] }
  for 5 Num, 3 Gen, 2 Password, 2 RootKey, exactly 8 State expect 0

run Enrolment { path and some s: State | some s.believes and s.believes = s.active }
  for 5 Num, 2 Gen, 2 Password, 2 RootKey, exactly 7 State expect 1
run PasswordChange {
  path and some disj s, t: State | some s.active and some t.active and s.active.pw != t.active.pw
    and t.did = Activate and trace/lt[s, t]
} for 5 Num, 2 Gen, 2 Password, 1 RootKey, exactly 14 State expect 1
run LostActivateIsSettledByAsking {
  path and some s: State, t: s.trace/next | s.phase = Unknown and t.did = Ask and t.believes = t.active
} for 5 Num, 2 Gen, 2 Password, 2 RootKey, exactly 8 State expect 1
run LateActivateIsSettledByAsking {
  path and some s: State, t: s.trace/next | s.did = LateActivate and t.did = Ask and t.believes = t.active
} for 5 Num, 2 Gen, 2 Password, 2 RootKey, exactly 9 State expect 1
run DestroyedByRegisteringAgain { path and some s: State | some s.tomb and s.guesses = zero }
  for 5 Num, 3 Gen, 2 Password, 2 RootKey, exactly 9 State expect 1
run NewEpoch { path and some s: State, t: s.trace/next | some s.tomb and t.did = Register }
  for 5 Num, 4 Gen, 2 Password, 2 RootKey, exactly 12 State expect 1
run Rotation {
  path and some s: State, t: s.trace/next | t.did = RemoveOldSet and t.whole != s.whole
} for 5 Num, 2 Gen, 1 Password, 2 RootKey, exactly 15 State expect 1
run RegisteringAgain {
  path and RegisterAgain + StageEnds + Disable + DeviceCrash + VaultCrash in State.did
} for 5 Num, 2 Gen, 2 Password, 2 RootKey, exactly 8 State expect 1
run Guessed { path and Guess in State.did }
  for 5 Num, 2 Gen, 2 Password, 2 RootKey, exactly 8 State expect 1

/* Traces for the replay on lockstep.vault.BackupKeyVault, message by message. No step is idle. Time
 * that ends a stage ends sessions too; what one message does where two charges, two sessions or a
 * tombstone without a key are in play is machine.als. */
pred eventful[s, t: State] {
  t.did = VaultCrash implies some s.login + s.confirming
  t.did = DeviceCrash implies s.phase != Idle
  t.did = Ask implies (s.phase = Unknown or s.active = s.intends)
  t.did = RemoveOldSet implies s.did != RemoveOldSet
  t.did = StageEnds implies no s.login
  t.did = Login implies no s.login
  t.did = Guess implies (no s.reserved or s.charges = zero)
  t.did = FailFinal implies some s.active
  t.did = Disable implies some s.active
}
run TableOfTraces { path and all s: State, t: s.trace/next | eventful[s, t] }
  for 5 Num, exactly 4 Gen, exactly 1 Password, exactly 1 RootKey, exactly 18 State expect 1
