package lockstep.backup.restore;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import lockstep.backup.store.StoredBackup;
import lockstep.format.ManifestEntry;
import lockstep.format.Segment;
import lockstep.spec.Decides;

/**
 * So many of a backup's files, each as likely as any other, drawn in one pass over its manifest.
 * Folders and links are not drawn.
 */
@Decides("RST-32")
public final class FileSample implements StoredBackup.EntryTaker {

  private final int wanted;
  private final SecureRandom random;
  private final List<ManifestEntry.FileEntry> drawn = new ArrayList<>();
  private long seen;

  /**
   * A sample of at most so many files.
   *
   * @throws IllegalArgumentException for fewer than one
   */
  public FileSample(int wanted, SecureRandom random) {
    if (wanted < 1) {
      throw new IllegalArgumentException("a sample has at least one file");
    }
    this.wanted = wanted;
    this.random = random;
  }

  @Override
  public void take(ManifestEntry entry) {
    if (!(entry instanceof ManifestEntry.FileEntry file)) {
      return;
    }
    seen++;
    if (drawn.size() < wanted) {
      drawn.add(file);
      return;
    }
    // The n-th file takes a place with the chance wanted/n, which leaves all alike.
    long place = random.nextLong(seen);
    if (place < wanted) {
      drawn.set((int) place, file);
    }
  }

  /** The files drawn. */
  public List<ManifestEntry.FileEntry> files() {
    return List.copyOf(drawn);
  }

  /** What they are made of: indices in the manifest's table of objects, upwards. */
  int[] objects() {
    return drawn.stream()
        .flatMap(file -> file.segments().stream())
        .mapToInt(Segment::objectIndex)
        .distinct()
        .sorted()
        .toArray();
  }
}
