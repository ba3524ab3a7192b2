package lockstep.ideal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lockstep.ideal.Ideal.Answer;
import lockstep.ideal.Ideal.Count;
import lockstep.ideal.Ideal.Result;
import lockstep.ideal.Ideal.Standing;

/**
 * What an enabled device's user expects to be told (USR-5, USR-8, USR-9): everything that was done
 * with the account and not by this device, by the end of the first command that could know.
 */
final class IdealNotices {

  private final List<String> untold = new ArrayList<>();
  private Count heard = Count.NONE;
  private long restartAt;
  private long signedFor;

  /** What of the account is the device's own; empty where it is not enabled. */
  record Own(Set<Long> stages, long newestBackup) {

    /** It has made and restored none. */
    static final long NO_BACKUP = Long.MAX_VALUE;
  }

  /** The account was looked at. */
  void looked(Standing seen, boolean signed, Optional<Own> own) {
    if (own.isPresent()) {
      if (!heard.equals(Count.NONE)) {
        tellOfBudget(seen.count());
      }
      tellOfRestart(seen);
      if (signed) {
        tellOfRecord(seen, own.get());
      }
    }
    heard = seen.count();
    restartAt = seen.restartAt();
    signedFor = signed ? seen.activeStage() : signedFor;
  }

  /** The device did something, and heard so; others may have come between. */
  void did(Moment moment, Answer<String> answer, boolean enabled) {
    if (answer.result() != carriedOut(moment)) {
      return;
    }
    Count now = answer.count();
    long between = now.acts() - heard.acts() - 1;
    if (enabled && !heard.equals(Count.NONE) && between > 0) {
      boolean charged = moment == Moment.ATTEMPT || moment == Moment.REGISTER;
      int others = now.charges() - (charged ? 1 : 0);
      boolean more = others > 0 && (others != heard.charges() || now.round() != heard.round());
      tell(more ? attempts(others, now.round()) : "ActsByOthers " + between);
    }
    long own = moment == Moment.FINISH ? heard.successes() + 1 : heard.successes();
    heard = new Count(now.acts(), own, now.epoch(), now.charges(), now.round(), now.until());
  }

  private static Result carriedOut(Moment moment) {
    return switch (moment) {
      case ATTEMPT -> Result.EVALUATED;
      case FINISH, CONFIRMED -> Result.RELEASED;
      case REGISTER, ACTIVATE, MARK, DISABLE -> Result.DONE;
      default -> Result.PENDING;
    };
  }

  private void tellOfBudget(Count seen) {
    boolean anew = seen.epoch() > heard.epoch();
    boolean opened = seen.successes() > heard.successes();
    if (anew) {
      tell("DestroyedMeanwhile");
    }
    if (opened) {
      tell("UnlockedElsewhere");
    }
    boolean other = seen.charges() != heard.charges() || seen.round() != heard.round();
    if (seen.charges() > 0 && (anew || opened || other)) {
      tell(attempts(seen.charges(), seen.round()));
    }
    if (seen.until() > heard.until()) {
      tell("LockedByOthers " + Words.time(seen.until()));
    }
  }

  private static String attempts(int charges, int round) {
    return "AttemptsByOthers " + charges + " in round " + round;
  }

  private void tellOfRestart(Standing seen) {
    if (seen.restartAt() != 0 && seen.restartAt() != restartAt) {
      tell("RestartRequested " + Words.time(seen.restartAt()));
    }
    boolean completed = seen.restarted() || seen.count().epoch() != heard.epoch();
    if (seen.restartAt() == 0 && restartAt != 0 && !completed) {
      untold.remove("RestartRequested " + Words.time(restartAt));
      tell("RestartCancelled " + Words.time(restartAt));
    }
  }

  private void tellOfRecord(Standing seen, Own own) {
    if (!seen.active()) {
      tell("RecordDestroyed");
      return;
    }
    if (!own.stages().contains(seen.activeStage()) && seen.activeStage() != signedFor) {
      tell("PasswordChangedElsewhere");
    }
    if (seen.mark().number() > own.newestBackup()) {
      newerBackup(seen.mark().number());
    }
  }

  void newerBackup(long number) {
    untold.removeIf(one -> one.startsWith("NewerBackup "));
    tell("NewerBackup " + number);
  }

  void tell(String notice) {
    untold.remove(notice);
    untold.add(notice);
  }

  /** Backups are disabled: what is not told yet stays until it is. */
  void forget() {
    heard = Count.NONE;
    restartAt = 0;
    signedFor = 0;
  }

  /** The user is shown what there is. */
  List<String> shown() {
    List<String> shown = List.copyOf(untold);
    untold.clear();
    return shown;
  }
}
