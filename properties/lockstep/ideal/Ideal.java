package lockstep.ideal;

import lockstep.spec.NonNormative;
import org.jspecify.annotations.Nullable;

/** What {@link IdealBackup} speaks of. */
@NonNormative("the terms of the ideal functionality")
public final class Ideal {

  private Ideal() {}

  /** A root key: whoever holds the object has the key, and nobody can make the same again. */
  public static final class HeldKey {}

  /** What came of a request. */
  public enum Result {
    /** It was carried out. */
    DONE,
    /** A session is open. */
    EVALUATED,
    /** The password was right: the session's key is the requester's. */
    RELEASED,
    /** The password was wrong. */
    WRONG_PASSWORD,
    /** No attempt and no stage before a certain time. */
    LOCKED,
    /** A tombstone is all that is left. */
    DESTROYED,
    /** There is no record. */
    NOT_ENROLLED,
    /** The requester may not ask for that. */
    NOT_ENTITLED,
    /** The session has ended, or never was. */
    SESSION_OVER,
    /** Something else has come before it. */
    CONFLICT,
    /** A restart waits for its time. */
    PENDING
  }

  /**
   * The answer to a request, and how the account stands after it.
   *
   * @param attemptsLeft in this round; 0 unless attempts are taken
   * @param until when the lock, the last chance or a restart's delay ends; 0 for none
   * @param lastChance whether a session or stage is open whose failure destroys the record
   * @param session the session in question, if the answer is about one
   * @param count how often things have been done by then
   */
  public record Answer<P>(
      Result result,
      int attemptsLeft,
      long until,
      boolean lastChance,
      @Nullable Session<P> session,
      Count count) {

    Answer<P> in(Session<P> opened) {
      return new Answer<>(result, attemptsLeft, until, lastChance, opened, count);
    }

    Answer<P> until(long time) {
      return new Answer<>(result, attemptsLeft, time, lastChance, session, count);
    }
  }

  /**
   * How often things have been done with an account.
   *
   * @param acts whatever was carried out for anybody
   * @param successes passwords that opened the record in force
   * @param epoch the budget's, from 1
   * @param charges in the round
   * @param round from 1
   * @param until when the lock or the last chance ends; 0 for none
   */
  public record Count(long acts, long successes, long epoch, int charges, int round, long until) {

    /** Of an account that nobody has used. */
    public static final Count NONE = new Count(0, 0, 0, 0, 0, 0);
  }

  /**
   * What the account's holder is told of it.
   *
   * @param active whether there is a record
   * @param destroyed whether there is a tombstone
   * @param restarted whether a restart left it
   * @param until when the lock or the last chance ends; 0 for none
   * @param restartAt when a restart may be completed; 0 for none
   * @param activeStage number of the stage that the record came from; 0 for none
   * @param lastStage number of the newest stage
   * @param clock the time by which the account goes
   * @param count how often things have been done
   */
  public record Standing(
      boolean active,
      boolean destroyed,
      boolean restarted,
      int charges,
      int round,
      long until,
      long restartAt,
      Backup mark,
      long activeStage,
      long lastStage,
      long clock,
      @Nullable HeldKey owner,
      Count count) {}

  /** A complete backup that was made; two are the same only if they are the same object. */
  public static final class Backup {

    /** The absence of one. */
    public static final Backup NONE = new Backup(0, "", null);

    private final long number;
    private final String content;
    private final @Nullable Backup previous;

    /**
     * A backup.
     *
     * @param content whatever tells two contents apart
     * @param previous the one that it followed; null for a first one
     */
    public Backup(long number, String content, @Nullable Backup previous) {
      this.number = number;
      this.content = content;
      this.previous = previous;
    }

    /** Its number, from 1. */
    public long number() {
      return number;
    }

    /** What was backed up. */
    public String content() {
      return content;
    }

    /** The one that it followed; null for a first one. */
    public @Nullable Backup previous() {
      return previous;
    }
  }

  /** What a restore comes to. */
  public enum Reading {
    /** The content is there as it was. */
    RESTORED,
    /** There is nothing to restore. */
    NO_BACKUP,
    /** An older backup than the newest marked one. */
    OLDER,
    /** Something is missing, changed or does not belong together. */
    DAMAGED;

    /**
     * What a restore comes to, given what the provider shows and the vault's mark.
     *
     * @param whole whether all that belongs to the backup is there and untouched
     */
    public static Reading of(Backup shown, boolean whole, Backup mark) {
      if (shown == Backup.NONE) {
        return NO_BACKUP;
      }
      if (whole && shown.number() < mark.number()) {
        return OLDER;
      }
      Backup reached = shown;
      for (Backup one = shown; one != null && one.number() >= mark.number(); one = one.previous()) {
        reached = one;
      }
      return whole && (mark.number() == 0 || reached == mark) ? RESTORED : DAMAGED;
    }
  }

  /** What a password opens. */
  record Opening<P>(long stage, P opensWith, HeldKey key) {}

  /** A request for a new record, and what has become of it. */
  public static final class Stage<P> {
    final long number;
    long endsAt;
    long era;
    boolean locked;
    boolean tried;
    @Nullable Opening<P> entry;

    /** A request for the record of that number; the next one counts from the last by one. */
    public Stage(long number) {
      this.number = number;
    }

    void begin(long end, long budgetEra, boolean causedLock) {
      endsAt = end;
      era = budgetEra;
      locked = causedLock;
    }
  }

  /**
   * What the right password brings.
   *
   * @param key the root key
   * @param stage number of the record's stage
   * @param mark the newest backup that the vault knows of
   */
  public record Release(HeldKey key, long stage, Backup mark) {}

  /** The right to one comparison, paid for by a charge. */
  public static final class Session<P> {
    final Opening<P> entry;
    final @Nullable Stage<P> trialOf;
    final long endsAt;
    final long endsByVaultsClock;
    final int process;
    boolean asked;
    @Nullable Release release;
    private @Nullable P compared;

    Session(
        Opening<P> entry,
        @Nullable Stage<P> trialOf,
        long endsAt,
        long endsByVaultsClock,
        int process) {
      this.entry = entry;
      this.trialOf = trialOf;
      this.endsAt = endsAt;
      this.endsByVaultsClock = endsByVaultsClock;
      this.process = process;
    }

    /** What whoever opened the session finds out without a word to anybody: one password's fit. */
    public boolean fits(P password) {
      if (compared != null && !compared.equals(password)) {
        throw new IllegalStateException("one session, one password");
      }
      compared = password;
      return entry.opensWith().equals(password);
    }

    /** What the right password brought. */
    public Release released() {
      if (release == null) {
        throw new IllegalStateException("nothing was released");
      }
      return release;
    }
  }
}
