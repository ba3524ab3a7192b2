package lockstep.format;

import static lockstep.format.Manifests.HEADER;
import static lockstep.format.Manifests.directory;
import static lockstep.format.Manifests.file;
import static lockstep.format.Manifests.link;
import static lockstep.format.Manifests.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import lockstep.spec.Verifies;
import lockstep.vectors.FixedRandom;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** A manifest says what was written, in one encoding, whatever the names. */
class ManifestProperties {

  /** Magic, number, date, no previous manifest. */
  private static final long HEADER_BYTES = 4 + 8 + 8 + 1;

  /** A file of a five-letter name and one segment. */
  private static final long ENTRY_BYTES = 1 + 2 + 5 + 2 + 8 + 4 + 8 + 4 + (4 + 8 + 8);

  /** The end of the entries, one object, both sums. */
  private static final long TAIL_BYTES = 1 + 4 + (16 + 8 + 8 + 32) + 8 + 8;

  @Property(tries = 300)
  @Verifies({"MAN-1~2", "MAN-6", "MAN-7", "ENC-1"})
  void whatIsWrittenIsRead(@ForAll("contents") Manifests.Contents contents) throws IOException {
    byte[] manifest = Manifests.write(contents);
    assertThat(Manifests.read(manifest)).isEqualTo(contents);
    ManifestReader reader = ManifestReader.open(new ByteArrayInputStream(manifest), Messages.NAME);
    long files = 0;
    for (Optional<ManifestEntry> next = reader.next(); next.isPresent(); next = reader.next()) {
      files += next.get().<Long>match(d -> 0L, f -> f.sizeBytes(), l -> 0L);
    }
    assertThat(reader.entryCount()).isEqualTo(contents.entries().size());
    assertThat(reader.totalFileBytes()).isEqualTo(files);
    assertThat(reader.next()).isEmpty();
  }

  @Property(tries = 300)
  @Verifies({"ENC-2", "MAN-1~2"})
  void aChangedByteIsRefusedOrAnotherManifest(
      @ForAll("contents") Manifests.Contents contents,
      @ForAll @IntRange(max = 999_999) int where,
      @ForAll byte value)
      throws IOException {
    byte[] manifest = Manifests.write(contents);
    byte[] changed = manifest.clone();
    changed[(int) ((long) where * manifest.length / 1_000_000)] = value;
    try {
      assertThat(Manifests.write(Manifests.read(changed))).isEqualTo(changed);
    } catch (DamagedBackup e) {
      assertThat(changed).isNotEqualTo(manifest);
    }
  }

  @Property(tries = 200)
  @Verifies({"ENC-2", "ENC-3", "MAN-1~2"})
  void aCutOrExtendedManifestIsDamaged(
      @ForAll("contents") Manifests.Contents contents, @ForAll @IntRange(max = 999_999) int where) {
    byte[] manifest = Manifests.write(contents);
    int kept = (int) ((long) where * manifest.length / 1_000_000);
    assertDamaged(Arrays.copyOf(manifest, kept));
    assertDamaged(Arrays.copyOf(manifest, manifest.length + 1));
  }

  @Example
  @Verifies("MAN-1~2")
  void aManifestIsSealedWhileItIsWrittenAndReadWhileItIsOpened() throws IOException {
    try (BackupKeys keys = Messages.keys(1, Messages.ALICE)) {
      ObjectId id = new ObjectId(1, 2);
      SealedObject sealed =
          keys.seal(
              ObjectKind.MANIFEST,
              3,
              id,
              FixedRandom.seeded(1),
              sink -> {
                ManifestWriter writer = new ManifestWriter(sink, HEADER);
                for (int i = 1000; i < 4000; i++) {
                  writer.add(file("f" + i, new Segment(0, i, 1)));
                }
                writer.finish(List.of(object(1, 5000)));
              });
      byte[] bytes = Messages.write(sealed);
      assertThat(sealed.contentBytes()).isEqualTo(HEADER_BYTES + 3000 * ENTRY_BYTES + TAIL_BYTES);
      StoredObject stored = new StoredObject(id, 3, sealed.contentBytes(), sealed.digest());
      InputStream content = keys.open(ObjectKind.MANIFEST, stored, new ByteArrayInputStream(bytes));
      assertThat(Manifests.read(content.readAllBytes()).entries()).hasSize(3000);
    }
  }

  @Example
  @Verifies("MAN-7")
  void modesAndTimesAreKeptAsFarAsTheFormatHoldsThem() {
    BackupPath path = Manifests.path("a");
    Instant late = Instant.ofEpochSecond(1L << 42);
    Instant early = Instant.ofEpochSecond(-(1L << 42), -1);
    assertThat(new ManifestEntry.DirectoryEntry(path, 0107777, late).mode()).isEqualTo(0777);
    assertThat(new ManifestEntry.DirectoryEntry(path, 0, late).modifiedAt())
        .isEqualTo(late.minusNanos(1));
    assertThat(new ManifestEntry.DirectoryEntry(path, 0, early).modifiedAt())
        .isEqualTo(early.plusNanos(1));
    assertThat(new ManifestEntry.DirectoryEntry(path, 0, early.plusNanos(1)).modifiedAt())
        .isEqualTo(early.plusNanos(1));
    assertThat(new ManifestEntry.FileEntry(path, 07644, Instant.MAX, 0, List.of()))
        .isEqualTo(new ManifestEntry.FileEntry(path, 0644, late.minusNanos(1), 0, List.of()));
  }

  @Example
  @Verifies({"MAN-3", "MAN-4", "MAN-5"})
  void theWriterRefusesWhatNoReaderAccepts() {
    refuses(directory("b"), directory("a"));
    refuses(directory("a"), directory("a"));
    refuses(file("a/b"));
    refuses(file("a"), file("a/b"));
    refuses(link("a", "/etc"), file("a/passwd"));
    refuses(directory("a"), file("a/b"), directory("b"), file("a/c"));
    assertThatThrownBy(() -> file("x", new Segment(0, 0, 0)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Segment(-1, 0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Segment(0, 16_777_216, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                new ManifestEntry.FileEntry(
                    Manifests.path("a"), 0, Instant.EPOCH, 2, List.of(new Segment(0, 0, 1))))
        .isInstanceOf(IllegalArgumentException.class);
    refusesTable(file("a", new Segment(0, 0, 11)), object(1, 10));
    refusesTable(file("a", new Segment(1, 0, 1)), object(1, 10));
    refusesTable(file("a"), object(1, 16_777_217));
  }

  @Example
  @Verifies({"MAN-3", "MAN-4"})
  void aDirectoryEndsWhereANameOnlyBeginsLikeIt() {
    for (String next : new String[] {"a-b", "a.txt", "ab", "a\u00e4"}) {
      assertThat(Manifests.path(next).isBelow(Manifests.path("a"))).as(next).isFalse();
      EntryOrder order = new EntryOrder();
      assertThat(order.admits(directory("a"))).isTrue();
      assertThat(order.admits(file("a/b"))).isTrue();
      assertThat(order.admits(file(next))).as(next).isTrue();
      assertThat(order.admits(file(next + "/c"))).as(next).isFalse();
    }
  }

  @Example
  @Verifies("MAN-1~2")
  void theTableIsNotKnownBeforeTheEnd() throws IOException {
    byte[] manifest =
        Manifests.write(new Manifests.Contents(HEADER, List.of(directory("a")), List.of()));
    ManifestReader reader = ManifestReader.open(new ByteArrayInputStream(manifest), Messages.NAME);
    assertThat(reader.next()).contains(directory("a"));
    assertThatThrownBy(reader::objects).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(reader::entryCount).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(reader::totalFileBytes).isInstanceOf(IllegalStateException.class);
    assertThat(reader.next()).isEmpty();
    assertThat(reader.objects()).isEmpty();
  }

  @Provide
  Arbitrary<Manifests.Contents> contents() {
    return Manifests.contents();
  }

  private static void assertDamaged(byte[] manifest) {
    assertThatThrownBy(() -> Manifests.read(manifest)).isInstanceOf(DamagedBackup.class);
  }

  private static void refuses(ManifestEntry... entries) {
    assertThatThrownBy(
            () -> Manifests.write(new Manifests.Contents(HEADER, List.of(entries), List.of())))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void refusesTable(ManifestEntry entry, StoredObject object) {
    assertThatThrownBy(
            () -> Manifests.write(new Manifests.Contents(HEADER, List.of(entry), List.of(object))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
