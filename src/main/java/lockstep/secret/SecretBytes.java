package lockstep.secret;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.function.Function;
import lockstep.spec.Decides;
import org.jspecify.annotations.Nullable;

/**
 * A byte string that only its owner reads and that leaves memory when it is closed.
 *
 * <p>It keeps a private copy, hands out copies that are wiped when their reader returns, compares
 * in constant time, and prints as nothing. It has no {@code equals} of its own, so that no
 * collection compares secrets or hashes them. Safe for use by several threads.
 */
@Decides({"SEC-1", "SEC-2", "SEC-3", "SEC-4", "SEC-5"})
public final class SecretBytes implements AutoCloseable {

  private byte @Nullable [] bytes;

  private SecretBytes(byte[] owned) {
    this.bytes = owned;
  }

  /** Copies {@code source}, which stays the caller's to wipe. */
  public static SecretBytes copyOf(byte[] source) {
    return new SecretBytes(source.clone());
  }

  /** Copies {@code source} and wipes it. */
  public static SecretBytes absorb(byte[] source) {
    SecretBytes secret = copyOf(source);
    wipe(source);
    return secret;
  }

  /** Draws {@code lengthBytes} bytes from {@code random}. */
  public static SecretBytes random(SecureRandom random, int lengthBytes) {
    byte[] drawn = new byte[lengthBytes];
    random.nextBytes(drawn);
    return new SecretBytes(drawn);
  }

  /** Overwrites {@code bytes} with zero. */
  public static void wipe(byte[] bytes) {
    Wiping.zero(bytes);
  }

  /**
   * The number of bytes.
   *
   * @throws IllegalStateException after {@link #close}
   */
  public synchronized int length() {
    return open().length;
  }

  /**
   * Calls {@code reader} with a copy of the bytes, which is wiped when the reader returns or
   * throws. The reader's result must not be that array.
   *
   * @throws IllegalStateException after {@link #close}
   */
  public <R extends @Nullable Object> R expose(Function<byte[], R> reader) {
    byte[] copy = copy();
    try {
      return reader.apply(copy);
    } finally {
      wipe(copy);
    }
  }

  /**
   * Whether both hold the same bytes, in time that depends on the lengths only.
   *
   * @throws IllegalStateException after either is closed
   */
  public boolean isEqualTo(SecretBytes other) {
    return other.expose(theirs -> expose(ours -> MessageDigest.isEqual(ours, theirs)));
  }

  /**
   * A second owner of the same bytes, to be closed on its own.
   *
   * @throws IllegalStateException after {@link #close}
   */
  public SecretBytes duplicate() {
    return new SecretBytes(copy());
  }

  /** Wipes the bytes; a second call does nothing. */
  @Override
  public synchronized void close() {
    if (bytes != null) {
      wipe(bytes);
      bytes = null;
    }
  }

  @Override
  public String toString() {
    return "SecretBytes(redacted)";
  }

  private synchronized byte[] copy() {
    return open().clone();
  }

  private byte[] open() {
    byte[] current = bytes;
    if (current == null) {
      throw new IllegalStateException("secret is closed");
    }
    return current;
  }
}
