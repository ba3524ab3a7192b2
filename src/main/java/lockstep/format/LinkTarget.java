package lockstep.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;

/**
 * What a symbolic link points to, as the bytes that the file system uses: 1 to 4,096 of them, none
 * NUL. It is text that is put back, never a path that is followed.
 */
@Implements({"MAN-1~2", "MAN-6"})
public final class LinkTarget {

  /** The longest target in bytes. */
  public static final int MAX_BYTES = 4096;

  private final byte[] bytes;

  private LinkTarget(byte[] owned) {
    this.bytes = owned;
  }

  /** The target that the bytes are, or nothing when a manifest may not hold it. */
  public static Optional<LinkTarget> parse(byte[] bytes) {
    if (bytes.length < 1 || bytes.length > MAX_BYTES) {
      return Optional.empty();
    }
    for (byte value : bytes) {
      if (value == 0) {
        return Optional.empty();
      }
    }
    return Optional.of(new LinkTarget(bytes.clone()));
  }

  /** The bytes, in an array of the caller's own. */
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof LinkTarget target && Arrays.equals(bytes, target.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The target for a person to read: UTF-8, with a mark for what is not. */
  @Override
  public String toString() {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
