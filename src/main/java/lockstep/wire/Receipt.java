package lockstep.wire;

import java.util.Arrays;
import java.util.Optional;
import lockstep.spec.Implements;

/**
 * The vault's signed word on one account's state after a command (RCP-1).
 *
 * @param body what the vault says
 * @param signature the vault's Ed25519 signature of {@link Body#signedInput}, 64 bytes
 */
@Implements("RCP-1~2")
public record Receipt(Body body, Bytes signature) {

  /**
   * @throws IllegalArgumentException (a programmer error) if the signature is not 64 bytes
   */
  public Receipt {
    signature.requireLength(Ed25519Signature.LENGTH);
  }

  /** The form in which a message carries it and a device keeps it. */
  public byte[] encode() {
    return new WireWriter().bytes16(body.encode()).bytes(signature).toByteArray();
  }

  /** The receipt, or empty if {@code encoded} is not exactly one. The signature is not checked. */
  public static Optional<Receipt> decode(byte[] encoded) {
    return WireReader.decode(encoded, Receipt::read);
  }

  /** Whether the vault with this public key (32 bytes) and its id signed the receipt. */
  public boolean isSignedBy(Bytes vaultKey) {
    return Ed25519Signature.isValid(vaultKey, body.signedInput(VaultId.of(vaultKey)), signature);
  }

  /** Reads the next receipt of a message. */
  static Receipt read(WireReader reader) {
    byte[] body = reader.bytes16(Sizes.MESSAGE);
    return new Receipt(reader.orRefuse(Body.decode(body)), reader.fixed(Ed25519Signature.LENGTH));
  }

  /** What a receipt was given for. */
  public enum Kind {
    ENROLLED(1),
    ATTEMPT(2),
    UNLOCKED(3),
    CHANGED(4),
    DISABLED(5),
    MARKED(6),
    STAGE_RESERVED(7),
    STAGE_RESERVED_IN_NEW_EPOCH(8),
    RESTART_REQUESTED(9),
    RESTARTED(10),
    CONFIRMED(11);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    /** The number of this kind in a receipt, from 1. */
    public int code() {
      return code;
    }

    private static Kind read(WireReader reader) {
      int code = reader.u8();
      return reader.orRefuse(Arrays.stream(values()).filter(value -> value.code == code).findAny());
    }
  }

  /**
   * What the vault signs.
   *
   * @param kind what the receipt was given for
   * @param account whose it is
   * @param generation the record's generation, 0 for none
   * @param epoch the budget epoch, from 1
   * @param charges charges in the round
   * @param round the round, from 1
   * @param lockedUntil when the lock ends, in milliseconds since 1970, 0 for none
   * @param time the command's time, in milliseconds since 1970
   * @param sequence number of the receipt
   * @param previousHash {@link #hash} of the previous receipt's body, or 32 zero bytes
   */
  public record Body(
      Kind kind,
      AccountName account,
      long generation,
      long epoch,
      int charges,
      int round,
      long lockedUntil,
      long time,
      long sequence,
      Bytes previousHash) {

    /**
     * @throws IllegalArgumentException (a programmer error) if the hash is not 32 bytes
     */
    public Body {
      previousHash.requireLength(Sha256.LENGTH_BYTES);
    }

    /** The body's bytes. */
    public byte[] encode() {
      return new WireWriter()
          .u8(kind.code())
          .account(account)
          .u64(generation)
          .u64(epoch)
          .u32(charges)
          .u32(round)
          .u64(lockedUntil)
          .u64(time)
          .u64(sequence)
          .bytes(previousHash)
          .toByteArray();
    }

    /** SHA-256 of the body, 32 bytes; the next receipt carries it. */
    public Bytes hash() {
      return Sha256.of(encode());
    }

    /** What the vault's signature covers. */
    public byte[] signedInput(VaultId vaultId) {
      return SignedDomain.RECEIPT.begin().bytes(vaultId.value()).bytes(encode()).toByteArray();
    }

    private static Optional<Body> decode(byte[] encoded) {
      return WireReader.decode(
          encoded,
          reader ->
              new Body(
                  Kind.read(reader),
                  reader.account(),
                  reader.u64(),
                  reader.u64(),
                  reader.u32(),
                  reader.u32(),
                  reader.u64(),
                  reader.u64(),
                  reader.u64(),
                  reader.fixed(Sha256.LENGTH_BYTES)));
    }
  }
}
