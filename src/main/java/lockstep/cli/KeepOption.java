package lockstep.cli;

import java.io.IOException;
import java.util.OptionalInt;
import lockstep.adapter.filetree.DirectoryNotes;
import lockstep.backup.notes.BackupNotes;
import lockstep.backup.notes.NotedBackup;
import lockstep.backup.store.BackupStorage;
import lockstep.backup.store.FoundHead;
import lockstep.device.state.EnabledDevice;
import lockstep.device.state.Retention;
import lockstep.format.BackupKeys;
import lockstep.spec.Decides;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How many backups are kept. */
@Decides("BAK-43")
final class KeepOption {

  static final String NAME = "--keep";

  @Option(
      names = NAME,
      paramLabel = "N",
      description =
          "Keep the last N backups, this one among them, from now on; without it as many as before,"
              + " at first one.")
  private @Nullable Integer keep;

  /** Ends the command where the number is none. */
  void require() {
    if (keep != null && (keep < 1 || keep > Retention.MOST)) {
      throw new Ended(
          Answer.usage(
              "The value of " + NAME + " cannot be used.",
              "It is a number from 1 to " + Retention.MOST + "."));
    }
  }

  /**
   * What was said now or before. A device that was told nothing and made no backup yet keeps as
   * many as it finds: it may have been restored from them.
   */
  int backups(
      OpenDevice open,
      EnabledDevice enabled,
      BackupStorage storage,
      BackupKeys keys,
      Surroundings surroundings)
      throws IOException {
    OptionalInt before = Retention.recall(open.device());
    int now =
        keep != null
            ? keep
            : before.isPresent() || hasBackedUp(open, keys, surroundings)
                ? before.orElse(1)
                : Math.max(1, Math.min(Retention.MOST, FoundHead.all(storage, keys).size()));
    boolean isSaid = keep != null && before.isEmpty();
    if (isSaid || now != before.orElse(1)) {
      Retention.remember(open.device(), enabled.account(), now);
    }
    return now;
  }

  private static boolean hasBackedUp(OpenDevice open, BackupKeys keys, Surroundings surroundings)
      throws IOException {
    BackupNotes notes = new DirectoryNotes(open.notes(), surroundings.files());
    return NotedBackup.scan(notes, keys.setName(), BackupNotes.Note.LAST).isPresent();
  }
}
