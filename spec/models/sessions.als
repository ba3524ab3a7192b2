/*
 * Several clients at the vault at once, over a network that loses, repeats and reorders, and a vault
 * that crashes between charge, answer and finish: LIM-2, LIM-4, LIM-6, LIM-8, LIM-9, LIM-10, LIM-12, SES-1 to
 * SES-7. Staging is stage.als.
 *
 * An attempt passes through: asked (a message), decided (in the vault's memory), durable (in the
 * store), answered (KE2 evaluated and sent), ended. A message is a step that may happen again, late
 * or never: no queue is kept, so that every order and every repetition is a trace. Two rounds
 * of two charges; a place of the budget is an atom. Secrets of a session live in memory (SES-5).
 */
module sessions

open util/ordering[Place] as places
open util/ordering[State] as trace

sig Place {}    // ten in the standard policy, four here: rounds x attempts
sig Session {}
one sig Yes {}
enum Action { Begin, Ask, Decide, Commit, Evaluate, Repeat, Prove, Fail, Abandon, Expire, Crash, NewRound }

sig State {
  asked: set Session,             // network: Attempt messages that were ever sent
  pending: lone Session,          // memory: decided, not yet committed
  charged: Place -> lone Session, // store: which charge is whose, since the last success
  free: set Place,                // store: charges left
  unlocked: lone Yes,                 // store: no lock now
  dead: lone Yes,                 // store
  rows: set Session,              // store: sessions that have not ended
  last: lone Session,             // store: the final session
  permits: set Session,           // memory: charged, evaluation under way
  secrets: set Session,           // memory
  answered: set Session,          // ghost: OPRF evaluations ever made
  ever: set Session,              // ghost: durable charges ever made
  failed: Place -> lone Session,  // ghost: evaluations since the last success, by their charge
  did: one Action,
  who: lone Session
}

pred sameStore[s, t: State] {
  t.charged = s.charged and t.free = s.free and t.unlocked = s.unlocked and t.dead = s.dead
  t.rows = s.rows and t.last = s.last and t.ever = s.ever
}
pred sameMemory[s, t: State] {
  t.pending = s.pending and t.permits = s.permits and t.secrets = s.secrets
}
pred sameGhost[s, t: State] { t.answered = s.answered and t.failed = s.failed }

fun half: set Place { places/first + places/first.places/next }
/** Where a charge goes: places are used in order, so that a round is one half. */
fun nextPlace[s: State]: lone Place { places/min[s.free] }

pred init[t: State] {
  no t.asked and no t.pending and no t.charged and t.free = Place and t.unlocked = Yes and no t.dead
  no t.rows and no t.last and no t.permits and no t.secrets and no t.answered and no t.ever and no t.failed
  t.did = Begin and no t.who
}

pred ask[s, t: State] {
  some t.who and t.asked = s.asked + t.who
  sameStore[s, t] and sameMemory[s, t] and sameGhost[s, t]
}

/** SES-1, LIM-5, LIM-7: the machine decides; an attempt id is fresh, so a session is charged once. */
pred decide[s, t: State] {
  t.who in s.asked - s.ever and some t.who and no s.pending
  no s.dead and some s.unlocked and no s.last and some s.free
  t.pending = t.who and t.permits = s.permits and t.secrets = s.secrets
  sameStore[s, t] and t.asked = s.asked and sameGhost[s, t]
}

/** LIM-2, LIM-3, LIM-7: durable before anything is evaluated. */
pred commit[s, t: State] {
  t.who = s.pending and some t.who
  t.charged = s.charged + (nextPlace[s] -> t.who)
  t.free = s.free - nextPlace[s]
  t.unlocked = ((t.free = Place - half or no t.free) implies none else Yes)
  t.last = (no t.free implies t.who else none)
  t.dead = s.dead and t.rows = s.rows + t.who and t.ever = s.ever + t.who
  no t.pending and t.permits = s.permits + t.who and t.secrets = s.secrets
  t.asked = s.asked and sameGhost[s, t]
}

/** SES-1, SES-2: one evaluation for each durable charge, by the process that charged. Its session may
 * have ended meanwhile: see EvaluatedAfterTheEnd. */
pred evaluate[s, t: State] {
  some t.who and t.who in s.permits
  no s.pending
  t.answered = s.answered + t.who
  t.failed = s.failed + (s.charged & (Place -> t.who))
  t.permits = s.permits - t.who and t.secrets = s.secrets + t.who and t.pending = s.pending
  sameStore[s, t] and t.asked = s.asked
}

/** SES-4: a Finish that comes again, or too late, finds no session: nothing happens. An Attempt that
 * comes again has an attempt id of its own (SES-1): it is another session's Ask. */
pred repeat[s, t: State] {
  some t.who and t.who in s.ever - mayProve[s]
  sameStore[s, t] and sameMemory[s, t] and sameGhost[s, t] and t.asked = s.asked
}

/** LIM-4: no lock and no final phase stands in the way. */
fun mayProve[s: State]: set Session { s.rows & s.secrets }

/** LIM-10, SES-4, SES-6: a valid KE3, once. */
pred prove[s, t: State] {
  some t.who and t.who in mayProve[s] and no s.pending
  no t.charged and t.free = Place and t.unlocked = Yes and no t.last and no t.dead
  t.rows = s.rows - t.who and t.secrets = s.secrets - t.who and t.ever = s.ever
  t.permits = s.permits
  t.answered = s.answered and no t.failed
  no t.pending and t.asked = s.asked
}

/** LIM-8, LIM-9, SES-6, SES-7: the session ends, its charge stays. */
pred ends[s, t: State, x: Session] {
  t.charged = s.charged and t.free = s.free and t.ever = s.ever
  x = s.last implies { t.dead = Yes and no t.rows and no t.last and no t.unlocked }
  x != s.last implies { t.dead = s.dead and t.rows = s.rows - x and t.last = s.last and t.unlocked = s.unlocked }
  t.secrets = s.secrets - x and t.pending = s.pending and t.permits = s.permits
  sameGhost[s, t] and t.asked = s.asked
}
pred failKe3[s, t: State] { some t.who and t.who in mayProve[s] and no s.pending and ends[s, t, t.who] }
pred abandon[s, t: State] { some t.who and t.who in mayProve[s] and no s.pending and ends[s, t, t.who] }
/** SES-3. */
pred expire[s, t: State] { some t.who and t.who in s.rows and no s.pending and ends[s, t, t.who] }

/** SES-5, LIM-9: memory goes, the store stays. */
pred crash[s, t: State] {
  no t.pending and no t.permits and no t.secrets
  sameStore[s, t] and sameGhost[s, t] and t.asked = s.asked and no t.who
}

/** LIM-6: the wait is over; the charges of the round stay charged. */
pred newRound[s, t: State] {
  no s.unlocked and no s.last and no s.dead and some s.free and no s.pending
  t.unlocked = Yes and t.charged = s.charged and t.free = s.free and t.dead = s.dead
  t.rows = s.rows and t.last = s.last and t.ever = s.ever
  sameMemory[s, t] and sameGhost[s, t] and t.asked = s.asked and no t.who
}

pred step[s, t: State] {
  (t.did = Ask and ask[s, t]) or (t.did = Decide and decide[s, t])
  or (t.did = Commit and commit[s, t]) or (t.did = Evaluate and evaluate[s, t])
  or (t.did = Repeat and repeat[s, t]) or (t.did = Prove and prove[s, t])
  or (t.did = Fail and failKe3[s, t]) or (t.did = Abandon and abandon[s, t])
  or (t.did = Expire and expire[s, t]) or (t.did = Crash and crash[s, t])
  or (t.did = NewRound and newRound[s, t])
}

pred inv[s: State] {
  s.charged.Session = Place - s.free
  all x: Session | lone s.charged.x
  some s.charged implies s.free = places/nexts[places/max[s.charged.Session]]
  no s.charged implies s.free = Place
  Place.(s.charged) in s.ever
  s.rows in s.ever and s.ever in s.asked
  s.answered in s.ever
  s.secrets in s.answered
  s.permits in s.ever - s.answered
  s.failed in s.charged
  all x: s.answered & Place.(s.charged) | x in Place.(s.failed)
  some s.last implies no s.free and s.last in s.rows and s.last in Place.(s.charged)
  no s.free and no s.dead implies some s.last
  some s.dead implies no s.rows and no s.last
  s.unlocked = Yes implies some s.free and no s.dead
  s.pending in s.asked - s.ever
  some s.pending implies some s.unlocked and no s.last and no s.dead
}

check InitKeepsInvariant { all t: State | init[t] implies inv[t] }
  for exactly 4 Place, 6 Session, exactly 1 State expect 0
check StepKeepsInvariant { all s: State, t: s.trace/next | (inv[s] and step[s, t]) implies inv[t] }
  for exactly 4 Place, 6 Session, exactly 2 State expect 0

/* LIM-2: no evaluation without a durable charge of its own. */
check ChargeBeforeAnswer {
  all s: State, t: s.trace/next | (inv[s] and step[s, t]) implies {
    t.answered - s.answered in s.ever - s.answered
    lone t.answered - s.answered
  }
} for exactly 4 Place, 6 Session, exactly 2 State expect 0

/* LIM-12: no more unsuccessful evaluations between two successes than places. An evaluation counts
 * where its charge became durable: see EvaluatedAfterAnothersSuccess. */
check BudgetHolds {
  all s: State, t: s.trace/next | (inv[s] and step[s, t]) implies {
    all x: t.answered - s.answered | one t.failed.x or x not in Place.(s.charged)
    all p: Place | lone p.(t.failed)
  }
} for exactly 4 Place, 6 Session, exactly 2 State expect 0

/* LIM-9: only a success frees a place; LIM-10: and that once for each session. */
check ChargeIsNeverLost {
  all s: State, t: s.trace/next | (inv[s] and step[s, t]) implies {
    s.charged in t.charged or t.did = Prove
    t.did = Prove implies t.who in s.rows
    t.did in Prove + Fail + Abandon + Expire implies t.who not in t.rows   // SES-4
    t.did = Crash implies t.charged = s.charged and t.ever = s.ever
  }
} for exactly 4 Place, 6 Session, exactly 2 State expect 0

/* LIM-4: whatever others do, a lock, a new round and a success included, a session that could prove
 * still can, until it ends, the vault restarts or the account is destroyed. */
check AnAnsweredSessionMayFinish {
  all s: State, t: s.trace/next, x: Session | (inv[s] and step[s, t] and x in mayProve[s]) implies
    (x in mayProve[t] or t.did = Crash or some t.dead
      or (t.who = x and t.did in Prove + Fail + Abandon + Expire))
} for exactly 4 Place, 6 Session, exactly 2 State expect 0

/* LIM-8: after the end nothing is charged or proved; what is answered was charged before. */
check DeadIsDead {
  all s: State, t: s.trace/next | (inv[s] and step[s, t] and some s.dead) implies
    (some t.dead and t.ever = s.ever and no mayProve[t] and t.answered - s.answered in s.permits)
} for exactly 4 Place, 6 Session, exactly 2 State expect 0

/* Deliberately false: that every charge is answered. */
check FalseEveryChargeIsAnswered { all s: State | inv[s] implies s.ever in s.answered }
  for exactly 4 Place, 6 Session, exactly 1 State expect 1

pred path { init[trace/first] and all s: State, t: s.trace/next | step[s, t] }

run CrashBetweenChargeAndAnswer {
  path and some s: State, t: s.trace/next | t.did = Crash and some s.ever - s.answered
} for exactly 4 Place, 3 Session, exactly 5 State expect 1
run CrashBeforeCommitChargesNothing {
  path and some s: State, t: s.trace/next | t.did = Crash and some s.pending and no t.ever
} for exactly 4 Place, 3 Session, exactly 4 State expect 1
run ParallelSessions {
  path and some s: State | some disj x, y: s.rows & s.secrets | x != y
} for exactly 4 Place, 3 Session, exactly 10 State expect 1
run RepeatedAndAbandoned { path and Repeat + Abandon + Fail in State.did }
  for exactly 4 Place, 2 Session, exactly 12 State expect 1
run Expired { path and Expire in State.did } for exactly 4 Place, 2 Session, exactly 5 State expect 1
run RightPasswordAsTheLockingAttempt {
  path and some s: State, t: s.trace/next | no s.unlocked and no s.last and t.did = Prove
} for exactly 4 Place, 3 Session, exactly 10 State expect 1
run LockNewRoundAndDestroyed { path and NewRound in State.did and some s: State | some s.dead }
  for exactly 4 Place, 4 Session, exactly 16 State expect 1
run BudgetIsUsedUp { path and some s: State | #s.failed = 4 }
  for exactly 4 Place, 4 Session, exactly 18 State expect 1

/* Why LIM-12 counts an evaluation where its charge became durable: another session may succeed
 * between the two. */
run EvaluatedAfterAnothersSuccess {
  path and some s: State, t: s.trace/next | t.did = Evaluate and t.who not in Place.(s.charged)
} for exactly 4 Place, 3 Session, exactly 10 State expect 1

/* SES-2, LIM-8: an evaluation that was charged in time may be sent when its session has ended, also
 * by the account's destruction. It proves nothing then (DeadIsDead). */
run EvaluatedAfterTheEnd {
  path and some s: State, t: s.trace/next | t.did = Evaluate and t.who not in s.rows and some s.dead
} for exactly 4 Place, 4 Session, exactly 16 State expect 1

/* Traces for the replay on lockstep.vault.BackupKeyVault. No step is idle; sessions expire in the
 * order in which they began, and a wait that outlasts a session leaves none. */
pred oldest[s: State, x: Session] {
  no y: s.rows - x | y not in Place.(s.charged)
    or (x in Place.(s.charged) and places/lt[s.charged.y, s.charged.x])
}
pred eventful[s, t: State] {
  t.did = Ask implies t.who not in s.asked
  t.did = Crash implies some s.pending + s.permits + s.secrets
  t.did = Expire implies oldest[s, t.who]
  t.did = NewRound implies no s.rows
  t.did = Repeat implies s.did != Repeat
}
run TableOfTraces { path and all s: State, t: s.trace/next | eventful[s, t] }
  for exactly 4 Place, exactly 5 Session, exactly 18 State expect 1
run TableOfTracesAcrossAWait {
  path and all s: State, t: s.trace/next | {
    eventful[s, t] or (t.did = NewRound and some s.rows)
    t.did != Expire
  }
  some s: State, t: s.trace/next | t.did = NewRound and some s.rows
} for exactly 4 Place, exactly 5 Session, exactly 18 State expect 1
