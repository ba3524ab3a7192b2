package lockstep.wire;

import java.util.Arrays;
import lockstep.spec.NonNormative;

/**
 * Bytes as a value: copied in, copied out, equal when their content is. Never for a secret: the
 * comparison is not constant-time and nothing is wiped.
 */
@NonNormative("value type for the byte fields of messages")
public final class Bytes {

  private final byte[] content;

  private Bytes(byte[] content) {
    this.content = content;
  }

  /** Takes a copy of {@code content}, of any length. */
  public static Bytes copyOf(byte[] content) {
    return new Bytes(content.clone());
  }

  /** {@code length} bytes of zero. */
  public static Bytes zero(int length) {
    return new Bytes(new byte[length]);
  }

  /** Number of bytes. */
  public int length() {
    return content.length;
  }

  /** A fresh copy of the content. */
  public byte[] toArray() {
    return content.clone();
  }

  /**
   * This value, if it has {@code length} bytes.
   *
   * @throws IllegalArgumentException (a programmer error) if it has another length
   */
  public Bytes requireLength(int length) {
    if (content.length != length) {
      throw new IllegalArgumentException(content.length + " bytes in place of " + length);
    }
    return this;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes bytes && Arrays.equals(content, bytes.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  /** Tells the length only: a token among the bytes would be a bearer credential in a log. */
  @Override
  public String toString() {
    return "Bytes[" + content.length + "]";
  }
}
