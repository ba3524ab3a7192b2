package lockstep.keys;

import java.security.SecureRandom;
import java.util.function.Function;
import lockstep.secret.SecretBytes;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;

/**
 * The 32 random bytes that every key of a backup comes from.
 *
 * <p>A secret like {@link SecretBytes}: copied in, wiped by {@link #close}, compared in constant
 * time, redacted as text. It leaves the client zone as ciphertext or as the user's 64 digits only.
 */
@Decides("KEY-4")
@Implements({"KEY-1", "SEC-1", "SEC-5"})
public final class RootKey implements AutoCloseable {

  /** Bytes of a root key. */
  public static final int LENGTH_BYTES = 32;

  private final SecretBytes bytes;

  private RootKey(SecretBytes owned) {
    this.bytes = owned;
  }

  /** Draws a new root key. */
  public static RootKey random(SecureRandom random) {
    return new RootKey(SecretBytes.random(random, LENGTH_BYTES));
  }

  /**
   * Copies 32 bytes, which stay the caller's to wipe.
   *
   * @throws IllegalArgumentException for any other length
   */
  public static RootKey copyOf(byte[] source) {
    if (source.length != LENGTH_BYTES) {
      throw new IllegalArgumentException("a root key has " + LENGTH_BYTES + " bytes");
    }
    return new RootKey(SecretBytes.copyOf(source));
  }

  /**
   * Copies a secret of 32 bytes, which stays the caller's to close.
   *
   * @throws IllegalArgumentException for any other length
   */
  public static RootKey copyOf(SecretBytes source) {
    return source.expose(RootKey::copyOf);
  }

  /**
   * Calls {@code reader} with a copy of the bytes, which is wiped when the reader returns.
   *
   * @throws IllegalStateException after {@link #close}
   */
  @Implements("SEC-2")
  public <R extends @Nullable Object> R expose(Function<byte[], R> reader) {
    return bytes.expose(reader);
  }

  /** Whether both are the same key, in constant time. */
  @Implements("SEC-4")
  public boolean isEqualTo(RootKey other) {
    return bytes.isEqualTo(other.bytes);
  }

  /** A second owner of the same key, to be closed on its own. */
  public RootKey duplicate() {
    return new RootKey(bytes.duplicate());
  }

  /** Wipes the key; a second call does nothing. */
  @Override
  @Implements("SEC-3")
  public void close() {
    bytes.close();
  }

  @Override
  public String toString() {
    return "RootKey(redacted)";
  }

  SecretBytes bytes() {
    return bytes;
  }
}
