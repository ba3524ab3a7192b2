package lockstep.backup.restore;

import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import lockstep.backup.store.StoredBackup;
import lockstep.format.BackupPath;
import lockstep.format.HeadContent;
import lockstep.format.ManifestEntry;
import lockstep.spec.Decides;

/**
 * Finds what of a backup is to be restored: what was asked for, and the folders on the way there.
 */
@Decides("RST-31")
final class ChosenEntries {

  private final StoredBackup.EntryChoice asked;
  private final Set<BackupPath> onTheWay = new HashSet<>();
  private boolean found;

  private ChosenEntries(StoredBackup.EntryChoice asked) {
    this.asked = asked;
  }

  /** The backup with the chosen entries only; nothing when none is. */
  static Optional<StoredBackup> of(
      StoredBackup backup, HeadContent head, StoredBackup.EntryChoice asked) throws IOException {
    ChosenEntries chosen = new ChosenEntries(asked);
    backup.read(head, chosen::look);
    return chosen.found ? Optional.of(backup.choosing(chosen::takes)) : Optional.empty();
  }

  private void look(ManifestEntry entry) {
    if (asked.takes(entry)) {
      found = true;
      Optional<BackupPath> parent = entry.path().parent();
      while (parent.isPresent() && onTheWay.add(parent.get())) {
        parent = parent.get().parent();
      }
    }
  }

  private boolean takes(ManifestEntry entry) {
    return onTheWay.contains(entry.path()) || asked.takes(entry);
  }
}
