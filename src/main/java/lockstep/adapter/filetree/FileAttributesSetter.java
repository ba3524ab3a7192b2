package lockstep.adapter.filetree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import lockstep.spec.Implements;

/** Sets times and modes of names, never of what a link points to. */
@Implements({"RST-4~1", "RST-9~1", "MAN-7~1"})
final class FileAttributesSetter {

  private FileAttributesSetter() {}

  /** Sets the modification time, as near as the file system and Java can. */
  static void setTime(Path path, Instant modifiedAt) throws IOException {
    Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .setTimes(FileTime.from(settable(modifiedAt)), null, null);
  }

  /** Sets the mode of what is known to be a directory, even one that its owner may not open. */
  static void setModeOfDirectory(Path directory, int mode) throws IOException {
    Files.setAttribute(directory, "unix:mode", mode);
  }

  static void setMode(Path path, int mode) throws IOException {
    Files.setAttribute(path, "unix:mode", mode, LinkOption.NOFOLLOW_LINKS);
  }

  /** Java sets a time before 1970 that has a fraction to 1970 itself. */
  private static Instant settable(Instant time) {
    return time.getEpochSecond() < 0 ? Instant.ofEpochSecond(time.getEpochSecond()) : time;
  }
}
