package lockstep.cli;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import lockstep.device.state.Diary;
import lockstep.spec.Decides;
import lockstep.spec.Implements;

/** What the device's diary says, for people and for {@code --json}. */
@Decides("USR-11")
final class DiaryLines {

  private static final int HOURS_SHOWN_BELOW = 48;

  private final Instant now;

  DiaryLines(Instant now) {
    this.now = now;
  }

  /** Writes into the diary. */
  @FunctionalInterface
  interface Entry {
    void make() throws IOException;
  }

  /** What was done is done, whether or not it can be noted. */
  @Implements("USR-12")
  static Answer noting(Answer answer, Entry entry) {
    try {
      entry.make();
      return answer;
    } catch (IOException notNoted) {
      return answer
          .withDetail(
              "Warning: this could not be noted on this device: its home could not be read or"
                  + " written. Check that its disk is not full.")
          .with("noted", false);
    }
  }

  /** The answer with what the diary says. */
  Answer addTo(Answer answer, Diary diary) {
    Answer told = diary.backup().map(made -> withBackup(answer, made)).orElse(answer);
    return diary
        .drill()
        .map(made -> withDrill(told, made))
        .orElseGet(
            () ->
                diary.backup().isEmpty()
                    ? told
                    : told.withDetail(
                        "There was no drill yet: lockstep drill tries whether files come back."));
  }

  private Answer withBackup(Answer answer, Diary.MadeBackup made) {
    Answer told =
        answer
            .withDetail(
                "This device's last backup: number "
                    + made.backupNumber()
                    + ", "
                    + when(made.at())
                    + ".")
            .with("lastBackupAt", made.at().toString())
            .with("notCovered", made.notCovered())
            .with("notCoveredPaths", made.examples());
    if (made.notCovered() > 0) {
      told =
          told.withDetail("Not in it, or not as it was: " + made.notCovered() + " of the source.");
      for (String path : made.examples()) {
        told = told.withDetail("  " + path);
      }
      if (made.notCovered() > made.examples().size()) {
        told = told.withDetail("  and " + (made.notCovered() - made.examples().size()) + " more");
      }
    }
    return made.isNarrowed()
        ? told.withDetail("What --exclude options name was left out of it.").with("narrowed", true)
        : told;
  }

  private Answer withDrill(Answer answer, Diary.Drill made) {
    return answer
        .withDetail(
            made.isWhole()
                ? "Last drill: " + when(made.at()) + ", " + files(made) + " came back whole."
                : "Last drill: " + when(made.at()) + ": it found damage. Run lockstep verify.")
        .with("lastDrillAt", made.at().toString())
        .with("lastDrillWhole", made.isWhole());
  }

  private static String files(Diary.Drill made) {
    return made.files() == 1 ? "1 file" : made.files() + " files";
  }

  private String when(Instant then) {
    long hours = Duration.between(then, now).toHours();
    String age =
        hours < 0
            ? "later than this device's clock"
            : hours < 1
                ? "less than an hour ago"
                : hours < HOURS_SHOWN_BELOW
                    ? (hours == 1 ? "an hour ago" : hours + " hours ago")
                    : Duration.ofHours(hours).toDays() + " days ago";
    return then.truncatedTo(ChronoUnit.SECONDS) + " (" + age + ")";
  }
}
