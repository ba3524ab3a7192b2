package lockstep.wire;

import java.util.Arrays;
import java.util.Optional;
import lockstep.spec.Decides;
import lockstep.spec.Implements;

/**
 * A whole reply message: the reply and the vault's signature of it and of the request that it
 * answers (WIR-4).
 *
 * @param reply the reply
 * @param signature Ed25519 signature of {@link #signedInput}, 64 bytes
 */
@Decides("WIR-4~2")
@Implements({"WIR-2~3", "WIR-3"})
public record SignedReply(Reply reply, Bytes signature) {

  /**
   * @throws IllegalArgumentException (a programmer error) if the signature is not 64 bytes
   */
  public SignedReply {
    signature.requireLength(Ed25519Signature.LENGTH);
  }

  /** The message, at most 16,384 bytes. */
  public byte[] encode() {
    return new WireWriter().bytes(reply.encode()).bytes(signature).toByteArray();
  }

  /**
   * The reply, or empty if {@code message} is not exactly the encoding of one. The signature is not
   * checked.
   */
  public static Optional<SignedReply> decode(byte[] message) {
    int length = message.length - Ed25519Signature.LENGTH;
    if (length < 0 || message.length > Sizes.MESSAGE) {
      return Optional.empty();
    }
    Bytes signature = Bytes.copyOf(Arrays.copyOfRange(message, length, message.length));
    return ReplyCodec.decode(Arrays.copyOf(message, length))
        .map(reply -> new SignedReply(reply, signature));
  }

  /** Whether the vault with this public key (32 bytes) gave this reply to {@code request}. */
  public boolean isSignedBy(Bytes vaultKey, byte[] request) {
    byte[] input = signedInput(VaultId.of(vaultKey), request, reply);
    return Ed25519Signature.isValid(vaultKey, input, signature);
  }

  /**
   * What the vault signs. {@code request} is the whole message that it answers, malformed or not.
   */
  public static byte[] signedInput(VaultId vaultId, byte[] request, Reply reply) {
    return SignedDomain.REPLY
        .begin()
        .bytes(vaultId.value())
        .bytes(Sha256.of(request))
        .bytes(reply.encode())
        .toByteArray();
  }
}
