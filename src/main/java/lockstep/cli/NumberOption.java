package lockstep.cli;

import lockstep.backup.store.Freshness;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Names one of the kept backups. */
@Implements("RST-40")
final class NumberOption {

  static final String NAME = "--backup";

  @Option(
      names = NAME,
      paramLabel = "NUMBER",
      description =
          "Take the backup of this number; lockstep list --backups shows which there are.")
  private @Nullable Long number;

  /** What is known, and which backup is asked for. */
  Freshness asked(Freshness known) {
    return number == null ? known : known.askingFor(number);
  }

  /** Ends the command where the number is none. */
  void require() {
    if (number != null && number < 1) {
      throw new Ended(
          Answer.usage(
              "The value of " + NAME + " cannot be used.", "Backups are numbered from 1."));
    }
  }
}
