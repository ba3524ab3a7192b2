package lockstep.adapter.filetree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import lockstep.backup.notes.FileStamp;
import lockstep.spec.Implements;

/**
 * What a Unix file system says of one name, links not followed.
 *
 * @param identity device and file number, as {@code fileKey} of the basic attributes gives them
 * @param device the number of the file system that it lies on
 */
@Implements({"BAK-8~2", "MAN-7"})
record ListedAttributes(
    boolean isDirectory,
    boolean isRegularFile,
    boolean isSymbolicLink,
    int mode,
    FileStamp stamp,
    Object identity,
    long device) {

  private static final String WANTED =
      "unix:isDirectory,isRegularFile,isSymbolicLink,mode,size,lastModifiedTime,ctime,ino,dev,fileKey";

  static ListedAttributes of(Path path) throws IOException {
    Map<String, Object> found = Files.readAttributes(path, WANTED, LinkOption.NOFOLLOW_LINKS);
    FileStamp stamp =
        new FileStamp(
            (Long) value(found, "size"),
            instant(found, "lastModifiedTime"),
            instant(found, "ctime"),
            (Long) value(found, "ino"));
    return new ListedAttributes(
        (Boolean) value(found, "isDirectory"),
        (Boolean) value(found, "isRegularFile"),
        (Boolean) value(found, "isSymbolicLink"),
        (Integer) value(found, "mode"),
        stamp,
        value(found, "fileKey"),
        (Long) value(found, "dev"));
  }

  private static Instant instant(Map<String, Object> found, String name) {
    return ((FileTime) value(found, name)).toInstant();
  }

  private static Object value(Map<String, Object> found, String name) {
    return Objects.requireNonNull(found.get(name), name);
  }
}
