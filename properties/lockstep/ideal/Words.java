package lockstep.ideal;

import java.util.List;
import lockstep.ideal.Ideal.Answer;
import lockstep.ideal.Ideal.Result;
import lockstep.ideal.Ideal.Standing;

/** What an answer sounds like at the network. */
final class Words {

  private static final String TOLD = ", told besides ";

  private Words() {}

  static String of(Moment moment, Object answer) {
    Answer<?> said = (Answer<?>) answer;
    return switch (said.result()) {
      case EVALUATED -> evaluated(said.attemptsLeft(), said.until(), said.lastChance());
      case WRONG_PASSWORD -> wrong(said.attemptsLeft(), said.until());
      case LOCKED -> locked(said.until());
      case DONE ->
          moment == Moment.ABANDON ? "Ended, " + left(said.attemptsLeft(), said.until()) : "Done";
      default -> name(said.result());
    };
  }

  static String evaluated(int attemptsLeft, long until, boolean last) {
    return "Evaluated, " + left(attemptsLeft, until) + (last ? ", the last" : "");
  }

  /** Seconds after the schedule's beginning. */
  static String time(long until) {
    return until == 0 ? "-" : (until - World.START) / 1000.0 + " s";
  }

  static String locked(long until) {
    return "Locked until " + time(until);
  }

  static String wrong(int attemptsLeft, long until) {
    return "WrongPassword, " + left(attemptsLeft, until);
  }

  static String left(int attemptsLeft, long until) {
    return attemptsLeft + " left, locked until " + time(until);
  }

  static String standing(
      String record, int charges, int round, long until, long restartAt, long mark) {
    return record
        + (" charges " + charges + " round " + round)
        + (" until " + time(until) + " restart " + time(restartAt) + " mark " + mark);
  }

  static String record(Standing told) {
    if (told.active()) {
      return "ACTIVE";
    }
    return !told.destroyed() ? "NONE" : told.restarted() ? "RESTARTED" : "DESTROYED";
  }

  static String contact(String record, String budget, long until, long mark, boolean pending) {
    return record
        + (" charges " + budget + " until " + time(until))
        + (" mark " + mark + (pending ? " pending" : ""));
  }

  /** An outcome, with what the user is told besides. */
  static String told(String outcome, List<String> notices) {
    return notices.isEmpty() ? outcome : outcome + TOLD + notices.stream().sorted().toList();
  }

  /** The outcome without what is told besides. */
  static String outcome(String told) {
    int end = told.indexOf(TOLD);
    return end < 0 ? told : told.substring(0, end);
  }

  static String name(Result result) {
    return switch (result) {
      case RELEASED -> "Released";
      case DESTROYED -> "Destroyed";
      case NOT_ENROLLED -> "NotEnrolled";
      case NOT_ENTITLED -> "NotEntitled";
      case SESSION_OVER -> "SessionOver";
      case CONFLICT -> "Conflict";
      default -> result.name();
    };
  }
}
