package lockstep.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import lockstep.format.BackupPath;
import lockstep.format.ManifestEntry;
import lockstep.format.Segment;
import lockstep.spec.Verifies;
import lockstep.vectors.FixedRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Which files of a backup a drill takes. */
final class FileSampleProperties {

  private static final int DRAWS = 2_000;

  @Property(tries = 60)
  @Verifies("RST-32")
  void eachFileIsAsLikelyAsAnyOther(
      @ForAll @IntRange(min = 1, max = 12) int files,
      @ForAll @IntRange(min = 1, max = 14) int wanted,
      @ForAll long seed) {
    SecureRandom random = FixedRandom.seeded(seed);
    int[] drawn = new int[files];
    for (int draw = 0; draw < DRAWS; draw++) {
      FileSample sample = sample(files, wanted, random);
      assertThat(new HashSet<>(sample.files())).hasSize(Math.min(files, wanted));
      for (ManifestEntry.FileEntry file : sample.files()) {
        drawn[number(file) - 1]++;
      }
    }
    double share = Math.min(1.0, (double) wanted / files);
    // Seven standard deviations: chance alone fails one run in many millions.
    double bound = 7 * Math.sqrt(DRAWS * share * (1 - share));
    for (int times : drawn) {
      assertThat((double) times).isCloseTo(DRAWS * share, within(bound));
    }
  }

  @Property(tries = 200)
  @Verifies("RST-32")
  void allThatTheyAreMadeOfIsRead(
      @ForAll @IntRange(min = 1, max = 30) int files,
      @ForAll @IntRange(min = 1, max = 30) int wanted,
      @ForAll long seed) {
    FileSample sample = sample(files, wanted, FixedRandom.seeded(seed));
    int[] expected =
        sample.files().stream()
            .flatMapToInt(file -> IntStream.of(number(file) / 2, number(file) / 2 + 1))
            .distinct()
            .sorted()
            .toArray();
    assertThat(sample.objects()).isEqualTo(expected);
  }

  @Example
  @Verifies("RST-32")
  void aSampleOfNothingIsNone() {
    assertThatThrownBy(() -> new FileSample(0, FixedRandom.seeded(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(sample(0, 3, FixedRandom.seeded(1)).files()).isEmpty();
  }

  /** File n is n + 1 bytes long and begins in object n / 2, where its neighbour does, too. */
  private static FileSample sample(int files, int wanted, SecureRandom random) {
    FileSample sample = new FileSample(wanted, random);
    sample.take(new ManifestEntry.DirectoryEntry(path("d"), 0755, Instant.EPOCH));
    for (int n = 1; n <= files; n++) {
      List<Segment> segments = List.of(new Segment(n / 2, 0, 1), new Segment(n / 2 + 1, 0, n));
      sample.take(new ManifestEntry.FileEntry(path("f" + n), 0644, Instant.EPOCH, n + 1, segments));
    }
    return sample;
  }

  private static int number(ManifestEntry.FileEntry file) {
    return (int) file.sizeBytes() - 1;
  }

  private static BackupPath path(String text) {
    return BackupPath.parse(text.getBytes(StandardCharsets.UTF_8)).orElseThrow();
  }
}
