package lockstep.backup.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lockstep.format.BackupPath;
import lockstep.spec.Implements;

/** What a run leaves out and what it uploads; safe for several threads. */
@Implements({"BAK-7~3", "BAK-21"})
final class Tally {

  /** So many omissions are named one by one; further ones are counted. */
  static final int NAMED = 10_000;

  private record Named(String text, Omission.Reason reason, Optional<BackupPath> path) {}

  private final List<Named> omissions = new ArrayList<>();
  private final Set<BackupPath> kept = new HashSet<>();
  private final Set<BackupPath> withdrawn = new HashSet<>();
  private long unnamed;
  private long filesUploaded;
  private long bytesUploaded;
  private long objectsUploaded;

  synchronized void omit(Omission omission) {
    omit(new Named(omission.path(), omission.reason(), Optional.empty()));
  }

  synchronized void omit(BackupPath path, Omission.Reason reason) {
    omit(new Named(path.toString(), reason, Optional.of(path)));
  }

  private void omit(Named omission) {
    if (omissions.size() < NAMED) {
      omissions.add(omission);
    } else {
      unnamed++;
    }
  }

  /** Names a file that is noted already and must not get into the manifest. */
  synchronized void withdraw(BackupPath path, Omission.Reason reason) {
    if (withdrawn.add(path)) {
      omit(path, reason);
    }
  }

  /** Names a file that is stored as it was read, unless it is withdrawn. */
  synchronized void omitChanged(BackupPath path) {
    if (!withdrawn.contains(path)) {
      omit(path, Omission.Reason.CHANGED_WHILE_READ);
    }
  }

  /** Says of what was left out that the backup holds it as the previous one did. */
  synchronized void keptAsBefore(BackupPath path) {
    if (kept.size() < 2 * NAMED) {
      kept.add(path);
    }
  }

  synchronized boolean isWithdrawn(BackupPath path) {
    return withdrawn.contains(path);
  }

  synchronized void fileUploaded() {
    filesUploaded++;
  }

  synchronized void objectUploaded(long contentBytes) {
    objectsUploaded++;
    bytesUploaded += contentBytes;
  }

  synchronized List<Omission> omissions() {
    return omissions.stream()
        .map(named -> new Omission(named.text(), named.reason(), isKept(named)))
        .sorted(Comparator.comparing(Omission::path))
        .toList();
  }

  private boolean isKept(Named named) {
    return named.reason() != Omission.Reason.CHANGED_WHILE_READ
        && named.path().filter(kept::contains).isPresent();
  }

  /** How many omissions there are beyond those that are named. */
  synchronized long unnamedOmissions() {
    return unnamed;
  }

  synchronized long filesUploaded() {
    return filesUploaded;
  }

  synchronized long bytesUploaded() {
    return bytesUploaded;
  }

  synchronized long objectsUploaded() {
    return objectsUploaded;
  }
}
