package lockstep.backup;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that a backup keeps of a directory, read by means of its own, as one comparable text a name.
 */
public final class TreePicture {

  private TreePicture() {}

  public static Map<String, String> of(Path top) throws IOException {
    Map<String, String> picture = new TreeMap<>();
    String prefix = top.toUri().getRawPath();
    Files.walkFileTree(
        top,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
              throws IOException {
            if (!directory.equals(top)) {
              add(directory, "directory " + mode(directory) + " " + time(attributes, false));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isSymbolicLink()) {
              String target = Files.readSymbolicLink(file).resolve("x").toUri().getRawPath();
              add(file, "link " + target + " " + time(attributes, true));
            } else if (attributes.isRegularFile()) {
              add(file, "file " + mode(file) + " " + time(attributes, false) + " " + digest(file));
            } else {
              add(file, "other");
            }
            return FileVisitResult.CONTINUE;
          }

          private void add(Path path, String what) {
            String raw = path.toUri().getRawPath().substring(prefix.length());
            picture.put(raw.endsWith("/") ? raw.substring(0, raw.length() - 1) : raw, what);
          }
        });
    return picture;
  }

  private static String mode(Path path) throws IOException {
    int mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    return Integer.toOctalString(mode & 0777);
  }

  private static String time(BasicFileAttributes attributes, boolean ofLink) {
    FileTime time = attributes.lastModifiedTime();
    Instant instant = time.toInstant();
    return (ofLink ? instant.truncatedTo(ChronoUnit.MICROS) : instant).toString();
  }

  private static String digest(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(Files.readAllBytes(file));
      return Files.size(file) + " " + HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
