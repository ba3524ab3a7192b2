package lockstep.cli;

import java.util.List;
import lockstep.backup.restore.RestoreOutcome;
import lockstep.backup.restore.Shortfall;

/** What the user is told of a restore that could not bring everything back as it was. */
final class RestoreShortfalls {

  private RestoreShortfalls() {}

  static Answer addTo(Answer restored, RestoreOutcome.Restored outcome) {
    Answer answer =
        outcome.synced()
            ? restored
            : restored
                .withDetail(
                    "Warning: the target's file system has no sync. Unmount it before you remove"
                        + " it.")
                .with("synced", false);
    List<String> lines = outcome.shortfalls().stream().map(RestoreShortfalls::line).toList();
    if (lines.isEmpty() && outcome.unnamed() == 0) {
      return answer;
    }
    answer =
        answer
            .as(Outcome.DONE_WITH_OMISSIONS)
            .withDetails(lines.stream().map(line -> "  not as it was: " + line).toList())
            .with("shortfalls", lines);
    if (outcome.unnamed() > 0) {
      answer = answer.withDetail("  and " + outcome.unnamed() + " more");
    }
    return answer.next(advice(outcome));
  }

  private static String advice(RestoreOutcome.Restored outcome) {
    boolean damaged =
        outcome.shortfalls().stream().anyMatch(s -> s.kind() == Shortfall.Kind.DAMAGED);
    return damaged
        ? "Files with damaged objects are not there. Do not back this folder up before you have"
            + " asked the provider for earlier versions: the next backup takes this one's place."
        : "What is named is not there, or not as it was. To bring it back whole, restore into a"
            + " folder on another file system.";
  }

  private static String line(Shortfall shortfall) {
    String what =
        switch (shortfall.kind()) {
          case DAMAGED -> "not restored: its backup is damaged";
          case NOT_MADE -> "not restored";
          case MODE -> "its permissions are not kept";
          case TIME -> "its time is not kept";
        };
    return shortfall.path()
        + " ("
        + what
        + (shortfall.reason().isEmpty() ? "" : ": " + shortfall.reason())
        + ")";
  }
}
