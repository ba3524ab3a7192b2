package lockstep.ideal;

import org.jspecify.annotations.Nullable;

/** The attempts that an account has: so many in a round, a wait, and after the last round none. */
final class IdealBudget {

  private final int attempts;
  private final int rounds;
  private final long waitMillis;

  private int charges;
  private int round = 1;
  private long lockedUntil;
  private @Nullable Object last;
  private long lastEndsAt;
  private long era;
  private boolean dead;

  IdealBudget(int attempts, int rounds, long waitMillis) {
    this.attempts = attempts;
    this.rounds = rounds;
    this.waitMillis = waitMillis;
  }

  /**
   * Takes a charge, unless it is locked or the last chance is open.
   *
   * @param buys what the charge is for, until {@code endsAt}
   */
  boolean charge(Object buys, long endsAt, long clock) {
    if (last != null || clock < lockedUntil) {
      return false;
    }
    if (lockedUntil > 0) {
      round++;
      charges = 0;
      lockedUntil = 0;
      era++;
    }
    charges++;
    if (charges == attempts && round == rounds) {
      last = buys;
      lastEndsAt = endsAt;
    } else if (charges == attempts) {
      lockedUntil = clock + waitMillis;
    }
    return true;
  }

  /** What the last chance bought has been taken up, and is over by then at the latest. */
  void endNoLaterThan(Object bought, long end) {
    if (last == bought) {
      lastEndsAt = Math.min(lastEndsAt, end);
    }
  }

  /** Full again: a success, or the first record after a destruction. */
  void renew() {
    charges = 0;
    round = 1;
    lockedUntil = 0;
    last = null;
    dead = false;
    era++;
  }

  /** Returns one charge and the lock that it caused, while it still counts. */
  void giveBack(long chargedIn, boolean itLocked) {
    if (chargedIn == era && (itLocked || isOpen())) {
      charges--;
      lockedUntil = 0;
      last = null;
    }
  }

  void die() {
    dead = true;
    lockedUntil = 0;
    last = null;
  }

  boolean isDead() {
    return dead;
  }

  boolean isOpen() {
    return last == null && lockedUntil == 0 && !dead;
  }

  /** What the last charge of all bought, while that is open. */
  @Nullable Object last() {
    return last;
  }

  long lastEndsAt() {
    return lastEndsAt;
  }

  long era() {
    return era;
  }

  int charges() {
    return charges;
  }

  int round() {
    return round;
  }

  int attemptsLeft() {
    return isOpen() ? attempts - charges : 0;
  }

  long until() {
    return last == null ? lockedUntil : lastEndsAt;
  }
}
