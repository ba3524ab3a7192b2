package lockstep.format;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import lockstep.spec.Decides;
import org.jspecify.annotations.Nullable;

/**
 * Checks that entries ascend and stand below directories of the same manifest.
 *
 * <p>It holds the last path and the directories above it, nothing else: in this order whatever a
 * directory holds stands together right behind it.
 */
@Decides({"MAN-3", "MAN-4"})
final class EntryOrder {

  private final Deque<BackupPath> openDirectories = new ArrayDeque<>();
  private @Nullable BackupPath last;

  /** Whether the entry may come next; when it may not, the manifest is to be given up. */
  boolean admits(ManifestEntry entry) {
    BackupPath path = entry.path();
    if (last != null && path.compareTo(last) <= 0) {
      return false;
    }
    last = path;
    while (!openDirectories.isEmpty() && !path.isBelow(openDirectories.getLast())) {
      openDirectories.removeLast();
    }
    if (!path.parent().equals(Optional.ofNullable(openDirectories.peekLast()))) {
      return false;
    }
    if (entry instanceof ManifestEntry.DirectoryEntry) {
      openDirectories.addLast(path);
    }
    return true;
  }
}
