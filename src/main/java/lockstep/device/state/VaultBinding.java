package lockstep.device.state;

import lockstep.spec.Decides;
import lockstep.spec.Implements;
import lockstep.wire.Bytes;
import lockstep.wire.Policy;
import lockstep.wire.StretchingParameters;
import lockstep.wire.VaultId;

/**
 * The vault record that a device in password mode is bound to.
 *
 * @param publicKey the vault's Ed25519 identity, 32 bytes
 * @param generation the active record's
 * @param policy the policy it was staged under
 * @param stretching its Argon2id parameters
 */
@Decides("WRP-2")
@Implements("ENR-1")
public record VaultBinding(
    Bytes publicKey, long generation, Policy policy, StretchingParameters stretching) {

  /** The vault's id. */
  public VaultId vaultId() {
    return VaultId.of(publicKey);
  }
}
