package lockstep.format;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import lockstep.vectors.FixedRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Trees that are backed up, and manifests of them. */
final class Manifests {

  static final ManifestHeader HEADER =
      new ManifestHeader(3, Instant.ofEpochMilli(1_634_169_600_123L), Optional.empty());

  /** What a manifest says, taken apart. */
  record Contents(ManifestHeader header, List<ManifestEntry> entries, List<StoredObject> objects) {}

  private Manifests() {}

  static BackupPath path(String text) {
    return BackupPath.parse(text.getBytes(StandardCharsets.ISO_8859_1)).orElseThrow();
  }

  static ManifestEntry directory(String path) {
    return new ManifestEntry.DirectoryEntry(path(path), 0755, Instant.ofEpochSecond(5, 6));
  }

  static ManifestEntry.FileEntry file(String path, Segment... segments) {
    long size = 0;
    for (Segment segment : segments) {
      size += segment.lengthBytes();
    }
    return new ManifestEntry.FileEntry(
        path(path), 0644, Instant.ofEpochSecond(-7, 8), size, List.of(segments));
  }

  static ManifestEntry link(String path, String target) {
    return new ManifestEntry.LinkEntry(
        path(path),
        Instant.ofEpochSecond(9),
        LinkTarget.parse(target.getBytes(StandardCharsets.ISO_8859_1)).orElseThrow());
  }

  static StoredObject object(long seed, long contentBytes) {
    byte[] digest = new byte[32];
    FixedRandom random = FixedRandom.seeded(seed);
    random.nextBytes(digest);
    return new StoredObject(ObjectId.random(random), 2, contentBytes, SealedDigest.of(digest));
  }

  static byte[] write(Contents contents) {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    try {
      ManifestWriter writer = new ManifestWriter(written, contents.header());
      for (ManifestEntry entry : contents.entries()) {
        writer.add(entry);
      }
      writer.finish(contents.objects());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return written.toByteArray();
  }

  static Contents read(byte[] manifest) throws IOException {
    ManifestReader reader = ManifestReader.open(new ByteArrayInputStream(manifest), Messages.NAME);
    List<ManifestEntry> entries = new ArrayList<>();
    for (Optional<ManifestEntry> next = reader.next(); next.isPresent(); next = reader.next()) {
      entries.add(next.get());
    }
    return new Contents(reader.header(), entries, reader.objects());
  }

  /** Headers, trees with random bytes for names, and tables that fit. */
  static Arbitrary<Contents> contents() {
    Arbitrary<ManifestHeader> headers =
        Combinators.combine(
                Arbitraries.longs().between(0, Long.MAX_VALUE),
                Arbitraries.longs().between(0, Long.MAX_VALUE),
                Arbitraries.longs().optional())
            .as(
                (number, millis, previous) ->
                    new ManifestHeader(
                        number,
                        Instant.ofEpochMilli(millis),
                        previous.map(seed -> object(seed, seed >>> 13))));
    Arbitrary<List<Long>> lengths = Arbitraries.longs().between(1, 16_777_216).list().ofMaxSize(5);
    return Combinators.combine(headers, lengths, seeds().list().ofMaxSize(25))
        .as((header, sizes, seeds) -> new Contents(header, tree(seeds, sizes), objects(sizes)));
  }

  private record Seed(List<Byte> name, int parent, int kind, int mode, Instant time, long use) {}

  private static Arbitrary<Seed> seeds() {
    Arbitrary<List<Byte>> names =
        Arbitraries.bytes().filter(b -> b != 0 && b != '/').list().ofMinSize(1).ofMaxSize(6);
    Arbitrary<Instant> times =
        Combinators.combine(
                Arbitraries.longs().between(-(1L << 42), (1L << 42) - 1),
                Arbitraries.integers().between(0, 999_999_999))
            .as(Instant::ofEpochSecond);
    return Combinators.combine(
            names,
            Arbitraries.integers().between(0, 100),
            Arbitraries.integers().between(0, 3),
            Arbitraries.integers().between(0, 0777),
            times,
            Arbitraries.longs().between(0, Long.MAX_VALUE))
        .as(Seed::new);
  }

  private static List<ManifestEntry> tree(List<Seed> seeds, List<Long> sizes) {
    TreeMap<BackupPath, ManifestEntry> entries = new TreeMap<>();
    List<BackupPath> directories = new ArrayList<>();
    for (Seed seed : seeds) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      int parent = seed.parent() % (directories.size() + 1);
      if (parent > 0) {
        bytes.writeBytes(directories.get(parent - 1).bytes());
        bytes.write('/');
      }
      seed.name().forEach(bytes::write);
      BackupPath.parse(bytes.toByteArray())
          .filter(path -> !entries.containsKey(path))
          .ifPresent(
              path -> {
                ManifestEntry entry = entry(path, seed, sizes);
                entries.put(path, entry);
                if (entry instanceof ManifestEntry.DirectoryEntry) {
                  directories.add(path);
                }
              });
    }
    return List.copyOf(entries.values());
  }

  private static ManifestEntry entry(BackupPath path, Seed seed, List<Long> sizes) {
    if (seed.kind() == 0) {
      LinkTarget target = LinkTarget.parse(path.bytes()).orElseThrow();
      return new ManifestEntry.LinkEntry(path, seed.time(), target);
    }
    if (seed.kind() == 1) {
      return new ManifestEntry.DirectoryEntry(path, seed.mode(), seed.time());
    }
    List<Segment> segments = new ArrayList<>();
    long size = 0;
    for (int i = 0; i < sizes.size() && seed.kind() == 3; i++) {
      long offset = seed.use() % sizes.get(i);
      Segment segment = new Segment(i, offset, sizes.get(i) - offset);
      segments.add(segment);
      size += segment.lengthBytes();
    }
    return new ManifestEntry.FileEntry(path, seed.mode(), seed.time(), size, segments);
  }

  private static List<StoredObject> objects(List<Long> sizes) {
    List<StoredObject> objects = new ArrayList<>();
    for (long size : sizes) {
      objects.add(object(size, size));
    }
    return objects;
  }
}
