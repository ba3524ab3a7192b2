package lockstep.device.vault;

import lockstep.spec.Implements;
import lockstep.wire.Bytes;
import lockstep.wire.Ed25519Signature;
import lockstep.wire.VaultId;

/**
 * A vault that the device was given: how to reach it, who it must be, and who vouches for the
 * account there.
 *
 * @param client the untrusted way to it
 * @param publicKey its Ed25519 identity, 32 bytes, which reached the device authentically
 * @param tokens the messenger
 */
@Implements("ENR-1")
public record VaultConnection(VaultClient client, Bytes publicKey, AccountTokens tokens) {

  /**
   * A vault.
   *
   * @throws IllegalArgumentException for another length of the key
   */
  public VaultConnection {
    publicKey.requireLength(Ed25519Signature.PUBLIC_KEY_LENGTH);
  }

  /** The vault's id. */
  public VaultId vaultId() {
    return VaultId.of(publicKey);
  }
}
