package lockstep.backup.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import lockstep.format.BackupPath;
import lockstep.spec.Implements;

/** What a run leaves out and what it uploads; safe for several threads. */
@Implements("BAK-7~1")
final class Tally {

  private final List<Omission> omissions = new ArrayList<>();
  private final Set<BackupPath> withdrawn = new HashSet<>();
  private long filesUploaded;
  private long bytesUploaded;
  private long objectsUploaded;

  synchronized void omit(Omission omission) {
    omissions.add(omission);
  }

  synchronized void omit(BackupPath path, Omission.Reason reason) {
    omissions.add(new Omission(path.toString(), reason));
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
    return omissions.stream().sorted(Comparator.comparing(Omission::path)).toList();
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
