package lockstep.backup.restore;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lockstep.backup.store.RestoredBackup;
import lockstep.format.BackupPath;
import lockstep.format.ManifestEntry;
import lockstep.format.ObjectName;
import lockstep.spec.Implements;

/** What one restore could not bring back as it was; safe for several threads. */
@Implements({"RST-20", "RST-21"})
final class Shortfalls {

  /** So many are named one by one; further ones are counted. */
  static final int NAMED = 10_000;

  private final List<Shortfall> named = new ArrayList<>();
  private final Set<ObjectName> damaged = new LinkedHashSet<>();
  private Optional<IOException> firstRefusal = Optional.empty();
  private long unnamed;
  private long filesLost;
  private long bytesLost;
  private long linksLost;
  private long directoriesLost;
  private long made;

  synchronized void unkept(BackupPath path, List<Unkept> attributes) {
    made++;
    for (Unkept attribute : attributes) {
      add(new Shortfall(path.toString(), attribute.kind(), attribute.reason()));
    }
  }

  /** A directory, link or file that the target refused. */
  synchronized void notMade(BackupPath path, IOException refusal) {
    firstRefusal = firstRefusal.or(() -> Optional.of(refusal));
    add(new Shortfall(path.toString(), Shortfall.Kind.NOT_MADE, Unkept.words(refusal)));
  }

  synchronized void damaged(BackupPath path, ObjectName object) {
    damaged.add(object);
    add(new Shortfall(path.toString(), Shortfall.Kind.DAMAGED, ""));
  }

  /** Something is not restored, for whatever reason. */
  synchronized void lost(ManifestEntry entry) {
    if (entry instanceof ManifestEntry.FileEntry file) {
      filesLost++;
      bytesLost += file.sizeBytes();
    } else if (entry instanceof ManifestEntry.LinkEntry) {
      linksLost++;
    } else {
      directoriesLost++;
    }
  }

  /**
   * Looks whether the target took anything at all.
   *
   * @throws IOException its first refusal, when it refused everything
   */
  synchronized void refuseIfNothingWasMade() throws IOException {
    if (made == 0 && firstRefusal.isPresent()) {
      throw firstRefusal.get();
    }
  }

  synchronized RestoreOutcome.Restored outcome(RestoredBackup whole, boolean synced) {
    RestoredBackup restored =
        new RestoredBackup(
            whole.mark(),
            whole.createdAt(),
            whole.files() - filesLost,
            whole.directories() - directoriesLost,
            whole.links() - linksLost,
            whole.fileBytes() - bytesLost);
    return new RestoreOutcome.Restored(
        restored,
        named.stream().sorted(Comparator.comparing(Shortfall::path)).toList(),
        unnamed,
        List.copyOf(damaged),
        synced,
        false);
  }

  private void add(Shortfall shortfall) {
    if (named.size() < NAMED) {
      named.add(shortfall);
    } else {
      unnamed++;
    }
  }
}
