package lockstep.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import lockstep.spec.Decides;

/**
 * Reads one encoded value strictly: big-endian integers at full width, lengths checked before
 * memory is taken, nothing left over. A reader lives only inside {@link #decode}, which turns every
 * refusal into an empty result without saying where it arose.
 */
@Decides({"ENC-1", "ENC-2", "ENC-3"})
public final class WireReader {

  private final byte[] input;
  private int position;

  private WireReader(byte[] input) {
    this.input = input;
  }

  /**
   * Decodes the whole of {@code input}.
   *
   * @param body reads the fields in order; it may not keep the reader
   * @return the value, or empty if a read was refused or bytes are left over
   */
  public static <T> Optional<T> decode(byte[] input, Function<WireReader, T> body) {
    WireReader reader = new WireReader(input);
    try {
      T value = body.apply(reader);
      reader.require(reader.remaining() == 0);
      return Optional.of(value);
    } catch (MalformedInput refused) {
      return Optional.empty();
    }
  }

  /** The next byte, 0 to 255. */
  public int u8() {
    require(remaining() >= 1);
    return input[position++] & 0xff;
  }

  /** The next two bytes, 0 to 65,535. */
  public int u16() {
    return u8() << 8 | u8();
  }

  /** The next four bytes, 0 to 2³¹−1; a larger value is refused. */
  public int u32() {
    int value = u16() << 16 | u16();
    require(value >= 0);
    return value;
  }

  /** The next eight bytes, 0 to 2⁶³−1; a larger value is refused. */
  public long u64() {
    require(remaining() >= Long.BYTES);
    long value = ByteBuffer.wrap(input, position, Long.BYTES).getLong();
    position += Long.BYTES;
    require(value >= 0);
    return value;
  }

  /** The next byte as a flag; anything but 0 and 1 is refused. */
  public boolean flag() {
    int value = u8();
    require(value <= 1);
    return value == 1;
  }

  /** The next {@code length} bytes. */
  public byte[] bytes(int length) {
    require(length >= 0 && length <= remaining());
    byte[] value = new byte[length];
    System.arraycopy(input, position, value, 0, length);
    position += length;
    return value;
  }

  /** The next {@code length} bytes as a value. */
  public Bytes fixed(int length) {
    return Bytes.copyOf(bytes(length));
  }

  /** A {@code bytes16} of at most {@code maxBytes}. */
  public byte[] bytes16(int maxBytes) {
    int length = u16();
    require(length <= maxBytes);
    return bytes(length);
  }

  /** A {@code bytes32} of at most {@code maxBytes}. */
  public byte[] bytes32(int maxBytes) {
    int length = u32();
    require(length <= maxBytes);
    return bytes(length);
  }

  /** A {@code text16} of at most {@code maxBytes}; text that is not well-formed is refused. */
  public String text16(int maxBytes) {
    byte[] encoded = bytes16(maxBytes);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(encoded)).toString();
    } catch (CharacterCodingException malformed) {
      throw new MalformedInput();
    }
  }

  /** An account name, a {@code bytes16} as ENC-4 bounds it. */
  public AccountName account() {
    return orRefuse(AccountName.parse(text16(AccountName.MAX_BYTES)));
  }

  /** Number of bytes not read yet. */
  public int remaining() {
    return input.length - position;
  }

  /** Refuses the input unless {@code holds}. */
  public void require(boolean holds) {
    if (!holds) {
      throw new MalformedInput();
    }
  }

  /** The value, or the input is refused. */
  public <T> T orRefuse(Optional<T> value) {
    return value.orElseThrow(MalformedInput::new);
  }

  /** Carries a refusal to {@link #decode}; it has no message and no stack. */
  private static final class MalformedInput extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MalformedInput() {
      super(null, null, false, false);
    }
  }
}
