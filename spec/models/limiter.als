/*
 * The attempt limiter of one account: LIM-1, LIM-3 to LIM-15, STG-4, STG-8.
 *
 * A command at time t is Wait(t), which observes t, and then its action at the clock. A wait is two
 * ticks of Time. The final session is only its end here: Success, GiveBack or Destroy. Numbers are
 * atoms in order, Num/first being 0; the ghost field "spent" holds one place of the grid
 * rounds x attempts for each unsuccessful evaluation since the last success of the epoch, so that
 * LIM-12 is the statement that the grid is never left.
 */
module limiter

open util/ordering[Num] as num
open util/ordering[Time] as time
open util/ordering[Epoch] as epochs
open util/ordering[State] as trace

sig Num {}
sig Time {}
sig Epoch {}
one sig Yes {}

enum Phase { Open, Locked, Final, Destroyed }
enum Action { Begin, Wait, Charge, ChargeForStage, Refuse, Success, GiveBack, Destroy, NewEpoch }

sig State {
  attempts, rounds, charges, round: one Num,
  phase: one Phase,
  lockEnd: lone Time,
  clock: one Time,
  epoch: one Epoch,
  held, live, locks: lone Yes, // the stage's charge: there is one; it still counts; it locked
  spent: Num -> Num,
  did: one Action,
  at: lone Time
}

fun zero: Num { num/first }
fun one1: Num { num/first.num/next }
fun upTo[n: Num]: set Num { (num/prevs[n] + n) - zero }
fun grid[s: State]: Num -> Num { upTo[s.rounds] -> upTo[s.attempts] }
fun used[s: State]: Num -> Num {
  ((num/prevs[s.round] - zero) -> upTo[s.attempts]) + (s.round -> upTo[s.charges])
}

pred samePolicy[s, t: State] { t.attempts = s.attempts and t.rounds = s.rounds and t.epoch = s.epoch }
pred sameCount[s, t: State] {
  t.charges = s.charges and t.round = s.round and t.phase = s.phase and t.lockEnd = s.lockEnd
}
pred sameStake[s, t: State] { t.held = s.held and t.live = s.live and t.locks = s.locks }
pred noStake[t: State] { no t.held and no t.live and no t.locks }

/** LIM-1, LIM-15: a full budget. */
pred full[t: State] {
  num/gte[t.attempts, one1] and num/gte[t.rounds, one1]
  t.charges = zero and t.round = one1 and t.phase = Open and no t.lockEnd and no t.spent
  noStake[t]
}

pred init[t: State] { full[t] and t.did = Begin and no t.at and t.epoch = epochs/first }

/** LIM-11: the larger of a command's time and the largest seen. */
pred wait[s, t: State] {
  one t.at
  t.clock = time/larger[s.clock, t.at]
  samePolicy[s, t] and sameCount[s, t] and sameStake[s, t] and t.spent = s.spent
}

/** LIM-5, LIM-6, LIM-7: when a charge is taken. */
pred takes[s: State] {
  s.phase = Open or (s.phase = Locked and time/gte[s.clock, s.lockEnd])
}

/** LIM-3, LIM-6, LIM-7, LIM-9: what a charge does. */
pred charge[s, t: State] {
  takes[s]
  s.phase = Open implies t.charges = s.charges.num/next and t.round = s.round
  s.phase = Locked implies t.charges = one1 and t.round = s.round.num/next
  t.charges != s.attempts implies t.phase = Open and no t.lockEnd
  (t.charges = s.attempts and t.round != s.rounds) implies
    t.phase = Locked and some t.lockEnd and t.lockEnd = s.clock.time/next.time/next
  (t.charges = s.attempts and t.round = s.rounds) implies t.phase = Final and no t.lockEnd
  t.spent = s.spent + (t.round -> t.charges)
  samePolicy[s, t] and t.clock = s.clock and no t.at
}

/** SES-1: an attempt's charge; a stage's older charge stops counting with the round (STG-8). */
pred chargeAttempt[s, t: State] {
  charge[s, t]
  t.held = s.held and t.locks = s.locks
  t.live = (t.round = s.round implies s.live else none)
}

/** STG-4: a stage's charge replaces the one of the stage before. */
pred chargeStage[s, t: State] {
  charge[s, t]
  t.held = Yes and t.live = Yes
  t.locks = (t.phase = Open implies none else Yes)
}

/** LIM-5, LIM-7: locked means refused and not counted. */
pred refuse[s, t: State] {
  not takes[s]
  samePolicy[s, t] and sameCount[s, t] and sameStake[s, t]
  t.spent = s.spent and t.clock = s.clock and no t.at
}

/** LIM-10: once for each success; LIM-4 lets the locking attempt do it. */
pred success[s, t: State] {
  s.phase = Destroyed implies sameCount[s, t] and sameStake[s, t] and t.spent = s.spent
  s.phase != Destroyed implies {
    t.charges = zero and t.round = one1 and t.phase = Open and no t.lockEnd and no t.spent
    t.held = s.held and no t.live and t.locks = s.locks
  }
  samePolicy[s, t] and t.clock = s.clock and no t.at
}

/** STG-8: the stage's own charge, and the lock or final phase that this very charge caused. */
pred givesBack[s: State] { some s.live and (s.phase = Open or some s.locks) }
pred giveBack[s, t: State] {
  some s.held and s.phase != Destroyed
  givesBack[s] implies {
    t.charges = s.charges.num/prev and t.round = s.round and t.phase = Open and no t.lockEnd
    t.spent = s.spent - (s.round -> s.charges)
  } else {
    sameCount[s, t] and t.spent = s.spent
  }
  noStake[t]
  samePolicy[s, t] and t.clock = s.clock and no t.at
}

/** LIM-8, LEA-4: the final session failed, or a restart was completed. */
pred destroy[s, t: State] {
  t.phase = Destroyed and no t.lockEnd and noStake[t]
  t.charges = s.charges and t.round = s.round and t.spent = s.spent
  samePolicy[s, t] and t.clock = s.clock and no t.at
}

/** LIM-15: only on a tombstone; LIM-13: the one place where a policy changes. */
pred newEpoch[s, t: State] {
  s.phase = Destroyed
  full[t] and some t.epoch and t.epoch = s.epoch.epochs/next
  t.clock = s.clock and no t.at
}

pred step[s, t: State] {
  (t.did = Wait and wait[s, t])
  or (t.did = Charge and chargeAttempt[s, t])
  or (t.did = ChargeForStage and chargeStage[s, t])
  or (t.did = Refuse and refuse[s, t])
  or (t.did = Success and success[s, t])
  or (t.did = GiveBack and giveBack[s, t])
  or (t.did = Destroy and destroy[s, t])
  or (t.did = NewEpoch and newEpoch[s, t])
}

/** The invariant: what LimiterDecision.isState says, and where the ghost stands. */
pred inv[s: State] {
  num/gte[s.attempts, one1] and num/gte[s.rounds, one1]
  num/gte[s.round, one1] and num/lte[s.round, s.rounds] and num/lte[s.charges, s.attempts]
  s.phase = Open implies s.charges != s.attempts and no s.lockEnd
  s.phase = Locked implies s.charges = s.attempts and s.round != s.rounds and some s.lockEnd
  s.phase = Locked implies time/lte[s.lockEnd, s.clock.time/next.time/next]
    or no s.clock.time/next.time/next
  s.phase = Final implies s.charges = s.attempts and s.round = s.rounds and no s.lockEnd
  s.phase = Destroyed implies no s.lockEnd and noStake[s]
  s.spent = used[s]
  some s.live + s.locks implies some s.held
  some s.live implies s.charges != zero
  (some s.live and some s.locks) implies s.phase != Open
}

/* Safety by induction. */
check InitKeepsInvariant { all t: State | init[t] implies inv[t] }
  for 4 Num, 4 Time, 2 Epoch, exactly 1 State expect 0
check StepKeepsInvariant { all s: State, t: s.trace/next | (inv[s] and step[s, t]) implies inv[t] }
  for 4 Num, 4 Time, 2 Epoch, exactly 2 State expect 0

/* LIM-12: never more unsuccessful evaluations than rounds x attempts. */
check BudgetHolds { all s: State | inv[s] implies s.spent in grid[s] }
  for 4 Num, 4 Time, 2 Epoch, exactly 1 State expect 0

/* LIM-9, LIM-14: a charge takes one place more; only a success, a given-back charge or a new epoch
 * frees one, and a given-back charge frees one only. */
check ChargeIsNeverLost {
  all s: State, t: s.trace/next | (inv[s] and step[s, t]) implies {
    t.did in Charge + ChargeForStage implies s.spent in t.spent and one t.spent - s.spent
    t.did in Wait + Refuse + Destroy implies t.spent = s.spent
    t.did = GiveBack implies t.spent in s.spent and lone s.spent - t.spent
    (no t.spent and some s.spent and t.did not in Success + NewEpoch) implies
      (t.did = GiveBack and some s.live)
    s.phase = Destroyed and t.did != NewEpoch implies t.spent = s.spent
  }
} for 4 Num, 4 Time, 2 Epoch, exactly 2 State expect 0

/* LIM-5, LIM-6, LIM-11: no charge before the end of the lock, and no clock shortens it. */
check LockHolds {
  all s: State, t: s.trace/next | (inv[s] and step[s, t]) implies {
    time/gte[t.clock, s.clock]
    (s.phase = Locked and time/lt[s.clock, s.lockEnd]) implies t.did not in Charge + ChargeForStage
    (s.phase = Locked and t.did in Wait + Refuse) implies t.lockEnd = s.lockEnd
    s.phase = Final implies t.did not in Charge + ChargeForStage
  }
} for 4 Num, 4 Time, 2 Epoch, exactly 2 State expect 0

/* LIM-3, STG-8: the charge that fills a round locks, and only its own give-back, a success or the
 * end of the wait opens again. */
check FullRoundLocks {
  all s: State, t: s.trace/next | (inv[s] and step[s, t]) implies {
    (t.did in Charge + ChargeForStage and t.charges = t.attempts) implies t.phase in Locked + Final
    (t.phase = Locked and s.phase = Open) implies t.lockEnd = s.clock.time/next.time/next
    (s.phase in Locked + Final and t.phase = Open and t.did = GiveBack) implies some s.locks & s.live
    (s.phase in Locked + Final and t.phase = Open) implies
      t.did in GiveBack + Success + Charge + ChargeForStage
  }
} for 4 Num, 4 Time, 2 Epoch, exactly 2 State expect 0

/* LIM-8, LIM-13, LIM-15. */
check DestroyedStaysDestroyed {
  all s: State, t: s.trace/next | (inv[s] and step[s, t]) implies {
    (s.phase = Destroyed and t.phase != Destroyed) implies t.did = NewEpoch and t.epoch != s.epoch
    t.did != NewEpoch implies samePolicy[s, t]
    t.did = NewEpoch implies s.phase = Destroyed
  }
} for 4 Num, 4 Time, 2 Epoch, exactly 2 State expect 0

/* Liveness: a lock can be waited out, as long as the clock has ticks left. */
check LockEnds {
  all s: State | (inv[s] and s.phase = Locked and s.clock = s.lockEnd) implies takes[s]
} for 4 Num, 4 Time, 2 Epoch, exactly 1 State expect 0

/* Deliberately false: that no account is ever destroyed. */
check FalseNothingIsDestroyed { all s: State, t: s.trace/next | (inv[s] and step[s, t]) implies t.phase != Destroyed }
  for 4 Num, 4 Time, 2 Epoch, exactly 2 State expect 1

/* Scenarios over bounded traces. */
pred path { init[trace/first] and all s: State, t: s.trace/next | step[s, t] }
pred default { trace/first.attempts = one1.num/next and trace/first.rounds = one1.num/next }

run ReachCharge { path and some t: State | t.did = Charge } for 4 Num, 4 Time, 2 Epoch, exactly 2 State expect 1
run ReachRefuse { path and some t: State | t.did = Refuse and t.phase = Locked } for 4 Num, 4 Time, 2 Epoch, exactly 3 State expect 1
run ReachTimeRunsBack { path and some s: State, t: s.trace/next | t.did = Wait and time/lt[t.at, s.clock] } for 4 Num, 4 Time, 2 Epoch, exactly 3 State expect 1
run ReachSuccessInFinal { path and some s: State, t: s.trace/next | s.phase = Final and t.did = Success } for 4 Num, 4 Time, 2 Epoch, exactly 4 State expect 1
run ReachGiveBackOfLock { path and some s: State, t: s.trace/next | s.phase = Locked and t.did = GiveBack and t.phase = Open } for 4 Num, 4 Time, 2 Epoch, exactly 3 State expect 1
run ReachStaleGiveBack { path and some s: State, t: s.trace/next | t.did = GiveBack and t.spent = s.spent } for 4 Num, 4 Time, 2 Epoch, exactly 4 State expect 1
run ReachNewEpoch { path and some t: State | t.did = NewEpoch } for 4 Num, 4 Time, 2 Epoch, exactly 4 State expect 1
run WholeLife {
  path and default
  some disj a, b, c, d: State | a.phase = Locked and b.phase = Final and c.phase = Destroyed
    and d.did = NewEpoch and trace/lt[a, b] and trace/lt[b, c] and trace/lt[c, d]
} for 4 Num, 4 Time, 2 Epoch, exactly 8 State expect 1

/* The complete transition table, enumerated and replayed on lockstep.vault.machine.AttemptLimiter. A new
 * epoch keeps the policy or takes two attempts in two rounds, to bound the table. */
run Table {
  inv[trace/first] and step[trace/first, trace/last]
  trace/first.did = Begin and no trace/first.at
  num/lte[trace/first.rounds, one1.num/next]
  trace/first.epoch = epochs/first
  trace/last.did = NewEpoch implies
    (trace/last.attempts = trace/first.attempts and trace/last.rounds = trace/first.rounds)
    or (trace/last.attempts + trace/last.rounds = one1.num/next)
} for exactly 4 Num, exactly 4 Time, exactly 2 Epoch, exactly 2 State expect 1
