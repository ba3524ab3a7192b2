package lockstep.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;

/**
 * A path below the folder that is backed up, as the bytes that the file system uses.
 *
 * <p>1 to 4,096 bytes; components of 1 to 255 bytes separated by single {@code /}; none is {@code
 * .} or {@code ..}; no NUL. So it is relative and stays below where it starts.
 *
 * <p>The order compares byte by byte with {@code /} below every other byte, which puts what a
 * directory holds right behind it.
 */
@Implements({"MAN-2", "MAN-3", "MAN-6"})
public final class BackupPath implements Comparable<BackupPath> {

  /** The longest path in bytes. */
  public static final int MAX_BYTES = 4096;

  /** The longest component in bytes. */
  public static final int MAX_COMPONENT_BYTES = 255;

  private final byte[] bytes;

  private BackupPath(byte[] owned) {
    this.bytes = owned;
  }

  /** The path that the bytes are, or nothing when a manifest may not hold it. */
  @Decides("MAN-2")
  public static Optional<BackupPath> parse(byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      return Optional.empty();
    }
    int start = 0;
    for (int i = 0; i <= bytes.length; i++) {
      if (i == bytes.length || bytes[i] == '/') {
        if (!isComponent(bytes, start, i)) {
          return Optional.empty();
        }
        start = i + 1;
      }
    }
    return Optional.of(new BackupPath(bytes.clone()));
  }

  /** The bytes, in an array of the caller's own. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** The path without its last component; nothing at the top. */
  @Implements("MAN-4")
  public Optional<BackupPath> parent() {
    for (int i = bytes.length - 1; i > 0; i--) {
      if (bytes[i] == '/') {
        return Optional.of(new BackupPath(Arrays.copyOf(bytes, i)));
      }
    }
    return Optional.empty();
  }

  @Override
  @Implements("MAN-3")
  public int compareTo(BackupPath other) {
    int common = Math.min(bytes.length, other.bytes.length);
    for (int i = 0; i < common; i++) {
      if (bytes[i] != other.bytes[i]) {
        return Integer.compare(rank(bytes[i]), rank(other.bytes[i]));
      }
    }
    return Integer.compare(bytes.length, other.bytes.length);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof BackupPath path && Arrays.equals(bytes, path.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The path for a person to read: UTF-8, with a mark for what is not. */
  @Override
  public String toString() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Whether the path lies in that directory, however deep. */
  @Implements("MAN-4")
  public boolean isBelow(BackupPath directory) {
    int length = directory.bytes.length;
    return bytes.length > length
        && bytes[length] == '/'
        && Arrays.equals(bytes, 0, length, directory.bytes, 0, length);
  }

  /** NUL is in no path, so zero is free for the separator. */
  private static int rank(byte value) {
    return value == '/' ? 0 : value & 0xff;
  }

  private static boolean isComponent(byte[] bytes, int start, int end) {
    int length = end - start;
    if (length < 1 || length > MAX_COMPONENT_BYTES) {
      return false;
    }
    for (int i = start; i < end; i++) {
      if (bytes[i] == 0) {
        return false;
      }
    }
    boolean dot = bytes[start] == '.';
    return !(dot && (length == 1 || (length == 2 && bytes[start + 1] == '.')));
  }
}
