package lockstep.backup;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/** Grows and changes directories that are unlike what people expect, from a seed. */
public final class RandomTree {

  private static final List<String> NAMES =
      List.of(
          "a",
          "b.txt",
          "A",
          "a-",
          "a.b",
          "%20",
          "%ff%fe",
          "%e2%82%ac",
          "%0a",
          "%09x",
          "%22",
          "%5c",
          "-rf",
          "%2a",
          "~",
          "%c3%28",
          "IMG_0001.JPG",
          "%f0%9f%90%88",
          "COM1",
          "..x",
          "%41%cc%8a");

  private static final int[] SIZES = {
    0, 0, 1, 2, 255, 256, 257, 16383, 16384, 16385, 70000, 300000
  };
  private static final int[] FILE_MODES = {0644, 0600, 0400, 0755, 0777, 0444, 0640};
  private static final int[] DIRECTORY_MODES = {0755, 0700, 0750, 0777, 0555, 0500};
  private static final List<String> TARGETS =
      List.of("a", "../a", "/etc/passwd", "nowhere", "%ff/x", "..", ".", "a/../b/.", "a//b", "c/");

  private final Random random;

  public RandomTree(long seed) {
    this.random = new Random(seed);
  }

  /** Fills an empty directory with some dozens of entries. */
  public void grow(Path directory) throws IOException {
    grow(directory, 3);
  }

  /** Changes, removes and adds some files at the top. */
  public void change(Path directory) throws IOException {
    List<Path> files;
    try (var listed = Files.list(directory)) {
      files = listed.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)).toList();
    }
    for (Path file : files) {
      switch (random.nextInt(3)) {
        case 0 -> Files.delete(file);
        case 1 -> {
          Files.setAttribute(file, "unix:mode", 0600);
          Files.write(file, bytes(SIZES[random.nextInt(SIZES.length)]));
        }
        default -> {}
      }
    }
    Path added = directory.resolve("added-" + random.nextInt(1000));
    if (!Files.exists(added)) {
      Files.createDirectory(added);
      grow(added, 1);
    }
  }

  public byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new SplittableRandom(random.nextLong()).nextBytes(bytes);
    return bytes;
  }

  static Path raw(String percentEncoded) {
    return Path.of(URI.create("file:///" + percentEncoded)).getFileName();
  }

  private void grow(Path directory, int depth) throws IOException {
    int count = random.nextInt(7) + 1;
    for (int i = 0; i < count; i++) {
      Path path = directory.resolve(raw(NAMES.get(random.nextInt(NAMES.size()))));
      if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        continue;
      }
      int kind = random.nextInt(depth > 0 ? 8 : 6);
      if (kind == 0) {
        Files.createSymbolicLink(path, target());
        setTime(path);
      } else if (kind < 6) {
        Files.write(path, bytes(SIZES[random.nextInt(SIZES.length)]));
        setTime(path);
        Files.setAttribute(path, "unix:mode", FILE_MODES[random.nextInt(FILE_MODES.length)]);
      } else {
        Files.createDirectory(path);
        grow(path, depth - 1);
        setTime(path);
        int mode = DIRECTORY_MODES[random.nextInt(DIRECTORY_MODES.length)];
        Files.setAttribute(path, "unix:mode", mode);
      }
    }
  }

  private Path target() {
    String text = TARGETS.get(random.nextInt(TARGETS.size()));
    return text.contains("%")
        ? Path.of("/").relativize(Path.of(URI.create("file:///" + text)))
        : Path.of(text);
  }

  private void setTime(Path path) throws IOException {
    Instant time =
        random.nextInt(6) == 0
            ? Instant.ofEpochSecond(-random.nextInt(1_000_000_000))
            : Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000))
                .plusSeconds(1L << 31);
    Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .setTimes(FileTime.from(time), null, null);
  }
}
