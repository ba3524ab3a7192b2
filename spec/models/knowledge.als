/*
 * Who learns what: a closure over what each party has, in the manner of Dolev and Yao. Perfect
 * primitives (ASM-1): nothing is learned but by the rules below. Clauses: KEY-1, WRP-1, WRP-2,
 * OPQ-1, OPQ-8, SES-8, ATR-1, ATR-2, AUT-2, DEV-1, OBJ-3, RKY-1, USR-6; claims THR-1, THR-4, THR-7, THR-8.
 *
 * No cell of the resulting table is written down here: it is what the rules yield. A password is
 * not known but can be tested: offline by whoever can evaluate the OPRF by itself and check the
 * result, or holds a rehearsal verifier; online by whoever can send a charged attempt. What the
 * right password would then open is closed over as well.
 */
module knowledge

open util/ordering[Step] as turns

enum Party { Provider, Messenger, Operator, BreachedVault, Network, UnlockedDevice, LockedDevice }
enum Cell { No, Budget, Offline, Known }
enum Term {
  Objects, TokenKey, Token, Transcript, Database, VaultKeys, Seed, Record, Wrap, ExportKey,
  RootKey, Digits, Password, Content, SealedState, Keystore, Verifier, Attempts, FeatureOn,
  RecordSecret
}
sig Step {}

/** What each party has to begin with. */
fun has: Party -> Term {
  Provider -> Objects
  + Messenger -> TokenKey
  + Operator -> (Database + Transcript)
  + BreachedVault -> (Database + Transcript + VaultKeys)
  + Network -> Transcript
  + UnlockedDevice -> (SealedState + Keystore + Content)
  + LockedDevice -> SealedState
}

/** One step of inference. */
fun infer[k: set Term]: set Term {
  k
  + ((TokenKey in k) implies Token else none)                          // AUT-2
  + ((Transcript in k) implies Token else none)                        // A9: until NET-1
  + ((Token in k) implies Attempts else none)                          // AUT-1, LIM-2
  + ((VaultKeys in k) implies Seed else none)                          // ATR-2
  + ((VaultKeys + Database in k) implies Record + RecordSecret else none) // ATR-1, OPQ-8
  + ((Transcript in k) implies Record else none)                       // STG-6, until NET-1
  + ((Record in k) implies Wrap else none)
  + ((Password + Record + Seed + RecordSecret in k) implies ExportKey else none) // OPQ-1, OPQ-8
  + ((Password + Attempts in k) implies ExportKey + Wrap else none)    // SES-8
  + ((ExportKey + Wrap in k) implies RootKey else none)                // WRP-1, WRP-2
  + ((RootKey in k) implies Digits else none)                          // RKY-1
  + ((Digits in k) implies RootKey else none)
  + ((RootKey + Objects in k) implies Content else none)               // KEY-1, OBJ-3
  + ((SealedState + Keystore in k) implies RootKey + Verifier else none) // DEV-1, USR-6
  + ((some k & (Objects + Token + Transcript + Database + SealedState)) implies FeatureOn else none)
}

one sig State {
  members: set Party,
  sure: Step -> Term,       // what is learned
  opened: Step -> Term,     // what is learned if a password that was tested is right
  later: Step -> Term,      // what the vault's keys give whoever learns them when a record is erased
  content, rootKey, password, feature: one Cell
}

pred testsOffline[k: set Term] { Record + Seed + RecordSecret in k or Verifier in k }
pred testsOnline[k: set Term] { Attempts in k }

fact Closure {
  turns/first.(State.sure) = State.members.has
  all i: Step - turns/last | turns/next[i].(State.sure) = infer[i.(State.sure)]
  let end = turns/last.(State.sure) | turns/first.(State.opened) =
    end + ((testsOffline[end] or testsOnline[end]) implies Password else none)
  all i: Step - turns/last | turns/next[i].(State.opened) = infer[i.(State.opened)]
  turns/first.(State.later) = VaultKeys + Transcript + Objects
  all i: Step - turns/last | turns/next[i].(State.later) = infer[i.(State.later)]
}

fun cell[t: Term]: one Cell {
  let end = turns/last.(State.sure), more = turns/last.(State.opened) |
    t in end implies Known
    else t not in more implies No
    else testsOffline[end] implies Offline
    else Budget
}

fact Table {
  State.content = cell[Content] and State.rootKey = cell[RootKey]
  State.password = cell[Password] and State.feature = cell[FeatureOn]
}

/* The closure is closed: more steps would add nothing. */
check ClosureIsClosed {
  infer[turns/last.(State.sure)] = turns/last.(State.sure)
  infer[turns/last.(State.opened)] = turns/last.(State.opened)
} for exactly 7 Step expect 0

/* THR-1: the provider, without whoever can test a password, learns no content. */
check ProviderAloneLearnsNothing {
  State.members in Provider + LockedDevice implies
    State.content + State.rootKey + State.password = No
} for exactly 7 Step expect 0

/* THR-4: without the vault's keys or an unlocked device, a password is tested by charged attempts. */
check OnlyChargedAttempts {
  no State.members & (BreachedVault + UnlockedDevice) implies
    State.content + State.rootKey + State.password in No + Budget
} for exactly 7 Step expect 0

/*
 * OPQ-8: a record that was erased took its secret along. Whoever heard everything, holds the objects
 * and learns all of the vault's keys afterwards, but not what was stored, cannot test a password of it.
 */
check KeysLearntLaterOpenNoErasedRecord {
  let k = turns/last.(State.later) |
    infer[k] = k and not testsOffline[k] and no k & (ExportKey + RootKey + Content)
} for exactly 7 Step expect 0

/* Nobody is told the password, and only an unlocked device gives content or key without it. */
check PasswordIsNeverTold { State.password != Known } for exactly 7 Step expect 0
check OnlyADeviceGivesKeysOutright {
  Known in State.content + State.rootKey implies UnlockedDevice in State.members
} for exactly 7 Step expect 0

/* The provider's objects, or the device, are needed for content. */
check ContentNeedsTheObjects {
  State.content != No implies some State.members & (Provider + UnlockedDevice)
} for exactly 7 Step expect 0

/* THR-7: a locked device adds nothing to whoever it falls to but that the feature is on. */
check LockedDeviceAddsNothing {
  State.members = LockedDevice implies State.content + State.rootKey + State.password = No
} for exactly 7 Step expect 0

/* Deliberately false. */
check FalseNobodyLearnsContent { State.content = No } for exactly 7 Step expect 1

run SomebodyTestsOffline { State.content = Offline } for exactly 7 Step expect 1
run SomebodySpendsTheBudget { State.password = Budget and State.content = No } for exactly 7 Step expect 1
run SomebodyHasEverything { State.content = Known and State.rootKey = Known } for exactly 7 Step expect 1
run NobodyKnowsNothing { no State.members and State.feature = No } for exactly 7 Step expect 1

run TableOfCoalitions { some State.members } for exactly 7 Step expect 1
