package lockstep.adapter.filetree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import lockstep.backup.restore.Shortfall;
import lockstep.backup.restore.Unkept;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;

/**
 * Sets times and modes of names, never of what a link points to, and looks whether the file system
 * has kept them.
 */
@Decides("RST-9~2")
@Implements({"RST-4", "RST-21", "MAN-7"})
final class FileAttributesSetter {

  /** File systems that keep times to two seconds keep them as near as they can. */
  private static final Duration NEAR = Duration.ofSeconds(2);

  private static final Instant EARLIEST = Instant.ofEpochSecond(0, Long.MIN_VALUE);
  private static final Instant LATEST = Instant.ofEpochSecond(0, Long.MAX_VALUE);

  private FileAttributesSetter() {}

  /** Sets a link's modification time, as near as the file system and Java can. */
  static List<Unkept> setTimeOfLink(Path link, Instant modifiedAt) throws IOException {
    List<Unkept> unkept = new ArrayList<>();
    BasicFileAttributeView view =
        Files.getFileAttributeView(link, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    setTime(view, modifiedAt, unkept);
    compareTime(view.readAttributes().lastModifiedTime(), modifiedAt, unkept);
    return unkept;
  }

  /** Sets the modification time and the mode of a file or directory, in this order. */
  static List<Unkept> set(@Nullable PosixFileAttributeView view, int mode, Instant modifiedAt)
      throws IOException {
    List<Unkept> unkept = new ArrayList<>();
    if (view == null) {
      unkept.add(new Unkept(Shortfall.Kind.MODE, "the file system has no modes"));
      return unkept;
    }
    setTime(view, modifiedAt, unkept);
    Set<PosixFilePermission> wanted = permissions(mode);
    try {
      view.setPermissions(wanted);
    } catch (IOException refused) {
      unkept.add(Unkept.of(Shortfall.Kind.MODE, FullDisk.plain(refused)));
    }
    PosixFileAttributes now = view.readAttributes();
    compareTime(now.lastModifiedTime(), modifiedAt, unkept);
    if (!now.permissions().equals(wanted) && isKeptSoFar(unkept, Shortfall.Kind.MODE)) {
      unkept.add(new Unkept(Shortfall.Kind.MODE, "the file system does not keep it"));
    }
    return unkept.stream()
        .filter(
            attribute ->
                attribute.kind() != Shortfall.Kind.MODE || !now.permissions().equals(wanted))
        .toList();
  }

  /** Sets the mode of what is known to be a directory, even one that its owner may not open. */
  static void setModeOfDirectory(Path directory, int mode) throws IOException {
    Files.setAttribute(directory, "unix:mode", mode);
  }

  private static void setTime(
      BasicFileAttributeView view, Instant modifiedAt, List<Unkept> unkept) {
    try {
      view.setTimes(FileTime.from(settable(modifiedAt)), null, null);
    } catch (IOException refused) {
      unkept.add(Unkept.of(Shortfall.Kind.TIME, FullDisk.plain(refused)));
    }
  }

  private static void compareTime(FileTime found, Instant wanted, List<Unkept> unkept) {
    Duration apart = Duration.between(found.toInstant(), wanted).abs();
    if (apart.compareTo(NEAR) > 0 && isKeptSoFar(unkept, Shortfall.Kind.TIME)) {
      unkept.add(
          new Unkept(
              Shortfall.Kind.TIME,
              wanted.equals(settable(wanted)) || wanted.getEpochSecond() < 0
                  ? "the file system does not hold it"
                  : "Java sets none after " + LATEST));
    }
  }

  private static boolean isKeptSoFar(List<Unkept> unkept, Shortfall.Kind kind) {
    return unkept.stream().noneMatch(attribute -> attribute.kind() == kind);
  }

  /**
   * Java hands a time over in a long of nanoseconds, and sets one before 1970 that has a fraction
   * to 1970 itself.
   */
  private static Instant settable(Instant time) {
    if (time.isAfter(LATEST)) {
      return LATEST;
    }
    Instant held = time.isBefore(EARLIEST) ? EARLIEST : time;
    return held.getEpochSecond() < 0 ? Instant.ofEpochSecond(held.getEpochSecond()) : held;
  }

  private static Set<PosixFilePermission> permissions(int mode) {
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    PosixFilePermission[] fromTheHighestBit = PosixFilePermission.values();
    for (int i = 0; i < fromTheHighestBit.length; i++) {
      if ((mode & (0400 >> i)) != 0) {
        permissions.add(fromTheHighestBit[i]);
      }
    }
    return permissions;
  }
}
