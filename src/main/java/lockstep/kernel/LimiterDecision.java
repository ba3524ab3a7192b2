package lockstep.kernel;

import lockstep.spec.Decides;
import lockstep.spec.Implements;

/**
 * The attempt limiter's arithmetic: when a charge is taken, what it locks, and what lifts the lock.
 *
 * <p>Plain Java over ints and longs with JML contracts, so that KeY can prove it. A mutable working
 * copy: {@code lockstep.vault.machine.AttemptLimiter} makes one for each decision and keeps the
 * result as a value.
 *
 * <p>A charge is known by the {@link #serial} under which it was taken, which changes with each
 * success and each new round, and by whether it locked. Times are milliseconds since 1970, at most
 * {@link #MAXIMUM_TIME}.
 */
@Decides("LIM-12")
public final class LimiterDecision {

  /** Charges are taken. */
  public static final int OPEN = 0;

  /** Charges are refused until {@link #lockedUntil}; the next one begins a new round. */
  public static final int LOCKED = 1;

  /** The last charge of the last round is taken; only its session may still succeed. */
  public static final int FINAL = 2;

  /** No charge is ever taken again. */
  public static final int DESTROYED = 3;

  /** Most attempts a round. */
  public static final int MAXIMUM_ATTEMPTS = 1000;

  /** Most rounds. */
  public static final int MAXIMUM_ROUNDS = 100;

  /** Shortest wait, in milliseconds: one second. */
  public static final long MINIMUM_WAIT = 1000L;

  /** Longest wait, in milliseconds: 365 days. */
  public static final long MAXIMUM_WAIT = 31536000000L;

  /** Largest time, in milliseconds, so that no sum with a wait overflows. */
  public static final long MAXIMUM_TIME = 4611686018427387904L;

  /*@ public invariant 1 <= attempts && attempts <= MAXIMUM_ATTEMPTS
  @     && 1 <= rounds && rounds <= MAXIMUM_ROUNDS
  @     && MINIMUM_WAIT <= wait && wait <= MAXIMUM_WAIT;
  @ public invariant 1 <= round && round <= rounds && 0 <= charges && charges <= attempts
  @     && (phase == OPEN ==> charges < attempts && lockedUntil == 0)
  @     && (phase == LOCKED ==> charges == attempts && round < rounds && lockedUntil > 0)
  @     && (phase == FINAL ==> charges == attempts && round == rounds && lockedUntil == 0)
  @     && (phase == DESTROYED ==> lockedUntil == 0)
  @     && OPEN <= phase && phase <= DESTROYED;
  @*/

  private /*@ spec_public @*/ final int attempts;
  private /*@ spec_public @*/ final int rounds;
  private /*@ spec_public @*/ final long wait;
  private /*@ spec_public @*/ int charges;
  private /*@ spec_public @*/ int round;
  private /*@ spec_public @*/ int phase;
  private /*@ spec_public @*/ long lockedUntil;
  private /*@ spec_public @*/ long serial;

  /**
   * Takes up a state that {@link #isPolicy} and {@link #isState} accept.
   *
   * @throws IllegalArgumentException if they do not
   */
  /*@ public normal_behavior
  @ requires isPolicy(attempts, rounds, wait);
  @ requires isState(attempts, rounds, charges, round, phase, lockedUntil);
  @ ensures this.attempts == attempts && this.rounds == rounds && this.wait == wait;
  @ ensures this.charges == charges && this.round == round && this.phase == phase;
  @ ensures this.lockedUntil == lockedUntil && this.serial == serial;
  @ assignable \nothing;
  @*/
  public LimiterDecision(
      int attempts,
      int rounds,
      long wait,
      int charges,
      int round,
      int phase,
      long lockedUntil,
      long serial) {
    if (!isPolicy(attempts, rounds, wait)
        || !isState(attempts, rounds, charges, round, phase, lockedUntil)) {
      throw new IllegalArgumentException("limiter state out of bounds");
    }
    this.attempts = attempts;
    this.rounds = rounds;
    this.wait = wait;
    this.charges = charges;
    this.round = round;
    this.phase = phase;
    this.lockedUntil = lockedUntil;
    this.serial = serial;
  }

  /** Whether the three are a policy. */
  /*@ public normal_behavior
  @ ensures \result == (1 <= attempts && attempts <= MAXIMUM_ATTEMPTS
  @     && 1 <= rounds && rounds <= MAXIMUM_ROUNDS
  @     && MINIMUM_WAIT <= wait && wait <= MAXIMUM_WAIT);
  @ assignable \strictly_nothing;
  @*/
  @Decides("LIM-1")
  public static /*@ pure @*/ boolean isPolicy(int attempts, int rounds, long wait) {
    return 1 <= attempts
        && attempts <= MAXIMUM_ATTEMPTS
        && 1 <= rounds
        && rounds <= MAXIMUM_ROUNDS
        && MINIMUM_WAIT <= wait
        && wait <= MAXIMUM_WAIT;
  }

  /** Whether a limiter under that policy can ever be in that state. */
  /*@ public normal_behavior
  @ ensures \result == (1 <= round && round <= rounds && 0 <= charges && charges <= attempts
  @     && (phase == OPEN ==> charges < attempts && lockedUntil == 0)
  @     && (phase == LOCKED ==> charges == attempts && round < rounds && lockedUntil > 0)
  @     && (phase == FINAL ==> charges == attempts && round == rounds && lockedUntil == 0)
  @     && (phase == DESTROYED ==> lockedUntil == 0)
  @     && OPEN <= phase && phase <= DESTROYED);
  @ assignable \strictly_nothing;
  @*/
  @Implements({"LIM-3", "LIM-7~2"})
  public static /*@ pure @*/ boolean isState(
      int attempts, int rounds, int charges, int round, int phase, long lockedUntil) {
    if (round < 1 || rounds < round || charges < 0 || attempts < charges) {
      return false;
    }
    if (phase == LOCKED) {
      return charges == attempts && round < rounds && lockedUntil > 0;
    }
    if (phase == OPEN) {
      return charges < attempts && lockedUntil == 0;
    }
    if (phase == FINAL) {
      return charges == attempts && round == rounds && lockedUntil == 0;
    }
    return phase == DESTROYED && lockedUntil == 0;
  }

  /** The time to decide by: the larger of the largest seen and the one given, within bounds. */
  /*@ public normal_behavior
  @ requires 0 <= seen && seen <= MAXIMUM_TIME;
  @ ensures seen <= \result && \result <= MAXIMUM_TIME;
  @ ensures time <= seen ==> \result == seen;
  @ ensures seen < time && time <= MAXIMUM_TIME ==> \result == time;
  @ assignable \strictly_nothing;
  @*/
  @Decides("LIM-11")
  public static /*@ pure @*/ long observe(long seen, long time) {
    if (time <= seen) {
      return seen;
    }
    return time <= MAXIMUM_TIME ? time : MAXIMUM_TIME;
  }

  /**
   * Takes one charge if the phase allows it at {@code time}, after beginning the next round where a
   * lock is over; refused, it changes nothing.
   *
   * @return whether the charge was taken; it has locked when the phase is not open then
   */
  /*@ public normal_behavior
  @ requires 0 <= time && time <= MAXIMUM_TIME && phase == OPEN;
  @ ensures \result && charges == \old(charges) + 1 && round == \old(round);
  @ ensures phase == (charges < attempts ? OPEN : round < rounds ? LOCKED : FINAL);
  @ ensures lockedUntil == (phase == LOCKED ? time + wait : 0) && serial == \old(serial);
  @ assignable charges, phase, lockedUntil;
  @ also public normal_behavior
  @ requires 0 <= time && time <= MAXIMUM_TIME && phase == LOCKED && lockedUntil <= time;
  @ ensures \result && charges == 1 && round == \old(round) + 1;
  @ ensures phase == (charges < attempts ? OPEN : round < rounds ? LOCKED : FINAL);
  @ ensures lockedUntil == (phase == LOCKED ? time + wait : 0) && serial == (long) (\old(serial) + 1);
  @ assignable charges, round, phase, lockedUntil, serial;
  @ also public normal_behavior
  @ requires phase == FINAL || phase == DESTROYED || phase == LOCKED && time < lockedUntil;
  @ ensures !\result;
  @ assignable \strictly_nothing;
  @*/
  @Decides({"LIM-3", "LIM-5", "LIM-6", "LIM-7~2"})
  public boolean charge(long time) {
    if (phase == LOCKED && lockedUntil <= time) {
      round = round + 1;
      charges = 0;
      phase = OPEN;
      lockedUntil = 0;
      serial = serial + 1;
    }
    if (phase != OPEN) {
      return false;
    }
    charges = charges + 1;
    if (charges == attempts) {
      if (round < rounds) {
        phase = LOCKED;
        lockedUntil = time + wait;
      } else {
        phase = FINAL;
      }
    }
    return true;
  }

  /** A success: a full budget again, unless destroyed. */
  /*@ public normal_behavior
  @ requires phase != DESTROYED;
  @ ensures phase == OPEN && charges == 0 && round == 1 && lockedUntil == 0;
  @ ensures serial == (long) (\old(serial) + 1);
  @ assignable charges, round, phase, lockedUntil, serial;
  @ also public normal_behavior
  @ requires phase == DESTROYED;
  @ assignable \strictly_nothing;
  @*/
  @Decides("LIM-10")
  public void succeed() {
    if (phase != DESTROYED) {
      charges = 0;
      round = 1;
      phase = OPEN;
      lockedUntil = 0;
      serial = serial + 1;
    }
  }

  /**
   * Gives one charge back, and the lock that this very charge caused; nothing where the charge no
   * longer counts or where another charge locked. The caller gives each charge back at most once.
   *
   * @param chargeSerial {@link #serial} when the charge had been taken
   * @param locked whether the charge locked
   * @return whether it was given back
   */
  /*@ public normal_behavior
  @ requires chargeSerial == serial && charges > 0;
  @ requires phase == OPEN || locked && phase != DESTROYED;
  @ ensures \result && phase == OPEN && charges == \old(charges) - 1 && lockedUntil == 0;
  @ assignable charges, phase, lockedUntil;
  @ also public normal_behavior
  @ requires charges == 0 || chargeSerial != serial || phase == DESTROYED || phase != OPEN && !locked;
  @ ensures !\result;
  @ assignable \strictly_nothing;
  @*/
  @Decides("STG-8")
  public boolean giveBack(long chargeSerial, boolean locked) {
    if (chargeSerial != serial || charges == 0) {
      return false;
    }
    if (phase == OPEN || (locked && phase != DESTROYED)) {
      charges = charges - 1;
      phase = OPEN;
      lockedUntil = 0;
      return true;
    }
    return false;
  }

  /** Ends it for good. */
  /*@ public normal_behavior
  @ ensures phase == DESTROYED && charges == \old(charges) && round == \old(round);
  @ assignable phase, lockedUntil;
  @*/
  @Implements("LIM-8~2")
  public void destroy() {
    phase = DESTROYED;
    lockedUntil = 0;
  }

  /** Charges in this round. */
  public /*@ pure @*/ int charges() {
    return charges;
  }

  /** The round, from 1. */
  public /*@ pure @*/ int round() {
    return round;
  }

  /** One of {@link #OPEN}, {@link #LOCKED}, {@link #FINAL}, {@link #DESTROYED}. */
  public /*@ pure @*/ int phase() {
    return phase;
  }

  /** When the lock ends; 0 when not locked. */
  public /*@ pure @*/ long lockedUntil() {
    return lockedUntil;
  }

  /** Changes with each success and each new round. */
  public /*@ pure @*/ long serial() {
    return serial;
  }
}
