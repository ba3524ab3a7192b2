package lockstep.secret;

import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;
import rocks.xmpp.precis.PrecisProfiles;

/**
 * A password as the OpaqueString profile of RFC 8265 prepares it, in UTF-8.
 *
 * <p>6 code points to 1,024 bytes. Its Unicode tables are the JDK's: a code point newer than those
 * is unassigned and gets {@link PasswordResult.NotAllowed}, never another password.
 */
@Implements({"SEC-1~1", "SEC-2~1", "SEC-3~1", "SEC-5~1", "PWD-1~1", "PWD-2~1"})
public final class Password implements AutoCloseable {

  /** The fewest code points of a prepared password. */
  public static final int MINIMUM_CODE_POINTS = 6;

  /** The most bytes of a prepared password. */
  public static final int MAXIMUM_BYTES = 1024;

  private final SecretBytes utf8;

  private Password(SecretBytes utf8) {
    this.utf8 = utf8;
  }

  /**
   * Prepares {@code typed}, which stays the caller's to wipe.
   *
   * <p>The profile's library works on strings, which cannot be wiped: the prepared text exists as
   * one until it is garbage. It never leaves this method.
   */
  public static PasswordResult prepare(char[] typed) {
    CharSequence view = CharBuffer.wrap(typed);
    if (hasUnpairedSurrogate(view)) {
      return new PasswordResult.NotAllowed();
    }
    String transientText;
    try {
      transientText = PrecisProfiles.OPAQUE_STRING.enforce(view);
    } catch (IllegalArgumentException refused) {
      // Not passed on: its message may name the offending code point (SEC-5).
      return new PasswordResult.NotAllowed();
    }
    if (transientText.codePointCount(0, transientText.length()) < MINIMUM_CODE_POINTS) {
      return new PasswordResult.TooShort();
    }
    SecretBytes utf8 = SecretBytes.absorb(transientText.getBytes(StandardCharsets.UTF_8));
    if (utf8.length() > MAXIMUM_BYTES) {
      utf8.close();
      return new PasswordResult.TooLong();
    }
    return new PasswordResult.Prepared(new Password(utf8));
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
  @Implements("SEC-4~1")
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

  // An encoder would replace it silently, and two passwords would become one.
  private static boolean hasUnpairedSurrogate(CharSequence text) {
    return text.codePoints().anyMatch(point -> Character.getType(point) == Character.SURROGATE);
  }
}
