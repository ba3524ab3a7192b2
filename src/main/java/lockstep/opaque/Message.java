package lockstep.opaque;

import java.util.Arrays;
import java.util.Optional;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;

/** A message is the bytes of its one encoding; its fields are at fixed places. */
@Implements({"OPQ-1", "ENC-2"})
abstract class Message {

  private final byte[] encoded;

  Message(byte[] owned) {
    this.encoded = owned;
  }

  /** The one encoding. */
  public final byte[] encode() {
    return encoded.clone();
  }

  final byte[] field(int offset, int lengthBytes) {
    return Bytes.slice(encoded, offset, lengthBytes);
  }

  static Optional<Element> element(byte[] encoded, int offset) {
    return Element.parse(Bytes.slice(encoded, offset, OpaqueSuite.ELEMENT_BYTES));
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof Message message
        && getClass() == message.getClass()
        && Arrays.equals(encoded, message.encoded);
  }

  @Override
  public final int hashCode() {
    return Arrays.hashCode(encoded);
  }
}
