package lockstep.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import lockstep.spec.Implements;

/**
 * Writes fields in the encoding that {@link WireReader} reads. A value outside its field's range is
 * a programmer error and raises {@link IllegalArgumentException}.
 */
@Implements({"ENC-1", "ENC-2"})
public final class WireWriter {

  private static final int MAX_U16 = 0xffff;

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  /** One byte, 0 to 255. */
  public WireWriter u8(int value) {
    check(value >= 0 && value <= 0xff);
    output.write(value);
    return this;
  }

  /** Two bytes, 0 to 65,535. */
  public WireWriter u16(int value) {
    check(value >= 0 && value <= MAX_U16);
    return u8(value >>> 8).u8(value & 0xff);
  }

  /** Four bytes, 0 to 2³¹−1. */
  public WireWriter u32(int value) {
    check(value >= 0);
    return u16(value >>> 16).u16(value & MAX_U16);
  }

  /** Eight bytes, 0 to 2⁶³−1. */
  public WireWriter u64(long value) {
    check(value >= 0);
    return bytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
  }

  /** One byte, 0 or 1. */
  public WireWriter flag(boolean value) {
    return u8(value ? 1 : 0);
  }

  /** The bytes themselves, without a length. */
  public WireWriter bytes(byte[] value) {
    output.write(value, 0, value.length);
    return this;
  }

  /** The bytes themselves, without a length. */
  public WireWriter bytes(Bytes value) {
    return bytes(value.toArray());
  }

  /** A {@code u16} length and the bytes, at most 65,535. */
  public WireWriter bytes16(byte[] value) {
    return u16(value.length).bytes(value);
  }

  /** A {@code u32} length and the bytes. */
  public WireWriter bytes32(byte[] value) {
    return u32(value.length).bytes(value);
  }

  /** A {@code bytes16} of the text's UTF-8; a lone surrogate is a programmer error. */
  public WireWriter text16(String value) {
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(value));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes16(bytes);
    } catch (CharacterCodingException loneSurrogate) {
      throw new IllegalArgumentException("text without a UTF-8 form");
    }
  }

  /** The text's characters, each of which is US-ASCII, without length or terminator. */
  public WireWriter ascii(String value) {
    check(value.chars().allMatch(character -> character < 0x80));
    return bytes(value.getBytes(StandardCharsets.US_ASCII));
  }

  /** An account name, as a {@code bytes16}. */
  public WireWriter account(AccountName account) {
    return text16(account.text());
  }

  /** Everything written so far. */
  public byte[] toByteArray() {
    return output.toByteArray();
  }

  private static void check(boolean inRange) {
    if (!inRange) {
      throw new IllegalArgumentException("value outside its field's range");
    }
  }
}
