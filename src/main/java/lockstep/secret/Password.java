package lockstep.secret;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import lockstep.unicode.OpaqueString;
import org.jspecify.annotations.Nullable;

/**
 * A password as the OpaqueString profile of RFC 8265 prepares it, in UTF-8.
 *
 * <p>6 code points to 1,024 bytes. The profile's tables are those of one frozen version of Unicode,
 * the same on every JDK.
 */
@Decides({"PWD-1~2", "PWD-2"})
@Implements({"SEC-1", "SEC-2", "SEC-3", "SEC-5"})
public final class Password implements AutoCloseable {

  /** The fewest code points of a prepared password. */
  public static final int MINIMUM_CODE_POINTS = 6;

  /** The most bytes of a prepared password. */
  public static final int MAXIMUM_BYTES = 1024;

  private final SecretBytes utf8;

  private Password(SecretBytes utf8) {
    this.utf8 = utf8;
  }

  /** Prepares {@code typed}, which stays the caller's to wipe; what it makes of it is wiped. */
  public static PasswordResult prepare(char[] typed) {
    Optional<int[]> enforced = OpaqueString.enforce(typed);
    if (enforced.isEmpty()) {
      return new PasswordResult.NotAllowed();
    }
    int[] points = enforced.get();
    try {
      if (points.length < MINIMUM_CODE_POINTS) {
        return new PasswordResult.TooShort();
      }
      SecretBytes utf8 = SecretBytes.absorb(utf8(points));
      if (utf8.length() > MAXIMUM_BYTES) {
        utf8.close();
        return new PasswordResult.TooLong();
      }
      return new PasswordResult.Prepared(new Password(utf8));
    } finally {
      Arrays.fill(points, 0);
    }
  }

  /**
   * Calls {@code reader} with a copy of the UTF-8 bytes, which is wiped when the reader returns or
   * throws.
   *
   * @throws IllegalStateException after {@link #close}
   */
  public <R extends @Nullable Object> R expose(Function<byte[], R> reader) {
    return utf8.expose(reader);
  }

  /**
   * Whether both are the same password, in time that depends on the lengths only.
   *
   * @throws IllegalStateException after either is closed
   */
  @Implements("SEC-4")
  public boolean isEqualTo(Password other) {
    return utf8.isEqualTo(other.utf8);
  }

  /**
   * A second owner of the same password, to be closed on its own.
   *
   * @throws IllegalStateException after {@link #close}
   */
  public Password duplicate() {
    return new Password(utf8.duplicate());
  }

  /** Wipes the password; a second call does nothing. */
  @Override
  public void close() {
    utf8.close();
  }

  @Override
  public String toString() {
    return "Password(redacted)";
  }

  private static byte[] utf8(int[] points) {
    CharBuffer units = CharBuffer.allocate(2 * points.length);
    for (int point : points) {
      units.put(Character.toChars(point));
    }
    byte[] utf8 = new byte[4 * points.length];
    ByteBuffer encoded = ByteBuffer.wrap(utf8);
    StandardCharsets.UTF_8.newEncoder().encode(units.flip(), encoded, true);
    byte[] exact = Arrays.copyOf(utf8, encoded.position());
    Arrays.fill(units.array(), '\0');
    SecretBytes.wipe(utf8);
    return exact;
  }
}
