package lockstep.backup.run;

import java.io.IOException;
import java.util.Optional;
import lockstep.backup.store.Progress;
import lockstep.spec.NonNormative;

/** Counts a source, for a progress bar. */
@NonNormative("shows progress; decides nothing")
final class SourceTotals {

  private SourceTotals() {}

  static void count(SourceTree source, Progress progress) throws IOException {
    long files = 0;
    long bytes = 0;
    try (SourceTree.Walk walk = source.walk()) {
      for (Optional<SourceEntry> next = walk.next(); next.isPresent(); next = walk.next()) {
        if (next.get() instanceof SourceEntry.RegularFile file) {
          files++;
          bytes += file.stamp().sizeBytes();
        }
      }
    }
    progress.expect(files, bytes);
  }
}
