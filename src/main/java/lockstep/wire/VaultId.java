package lockstep.wire;

import lockstep.spec.Implements;

/**
 * What a client pins: the hash of a vault's public key (ATR-8).
 *
 * @param value 32 bytes
 */
public record VaultId(Bytes value) {

  /** Length in bytes. */
  public static final int LENGTH = Sha256.LENGTH_BYTES;

  /**
   * @throws IllegalArgumentException (a programmer error) if {@code value} is not 32 bytes
   */
  public VaultId {
    value.requireLength(LENGTH);
  }

  /** The id of the vault whose Ed25519 public key (32 bytes) this is. */
  @Implements("ATR-8")
  public static VaultId of(Bytes publicKey) {
    publicKey.requireLength(Ed25519Signature.PUBLIC_KEY_LENGTH);
    return new VaultId(Sha256.of(SignedDomain.VAULT_ID.begin().bytes(publicKey).toByteArray()));
  }
}
