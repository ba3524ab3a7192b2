package lockstep.device.vault;

import java.util.function.BooleanSupplier;
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
 * @param lastAttempt whether the user, told of it, takes the last attempt of all (USR-13)
 */
@Implements("ENR-1")
public record VaultConnection(
    VaultClient client, Bytes publicKey, AccountTokens tokens, BooleanSupplier lastAttempt) {

  /**
   * A vault.
   *
   * @throws IllegalArgumentException for another length of the key
   */
  public VaultConnection {
    publicKey.requireLength(Ed25519Signature.PUBLIC_KEY_LENGTH);
  }

  /** A vault at which the last attempt is taken like any other: its user was asked before. */
  public VaultConnection(VaultClient client, Bytes publicKey, AccountTokens tokens) {
    this(client, publicKey, tokens, () -> true);
  }

  /** The same vault, whose user is asked that before the last attempt. */
  @Implements("USR-13")
  public VaultConnection askingBeforeTheLast(BooleanSupplier consent) {
    return new VaultConnection(client, publicKey, tokens, consent);
  }

  /** The vault's id. */
  public VaultId vaultId() {
    return VaultId.of(publicKey);
  }
}
