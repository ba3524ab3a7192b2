package lockstep.vault;

import com.google.crypto.tink.Aead;
import lockstep.opaque.server.ServerSetup;
import lockstep.spec.NonNormative;
import lockstep.vault.machine.AttemptPolicy;

/** The keys and the policy that a vault runs with. It owns the keys and wipes them when closed. */
@NonNormative("what a vault is constructed from")
public final class VaultConfiguration implements AutoCloseable {

  private final VaultIdentity identity;
  private final ServerSetup opaque;
  private final Aead recordSealing;
  private final AttemptPolicy policy;

  /**
   * Takes over the keys.
   *
   * @param identity signs replies and receipts
   * @param opaque the OPRF seed and the AKE key
   * @param recordSealing seals records at rest (ATR-1)
   * @param policy what new budget epochs begin with
   */
  public VaultConfiguration(
      VaultIdentity identity, ServerSetup opaque, Aead recordSealing, AttemptPolicy policy) {
    this.identity = identity;
    this.opaque = opaque;
    this.recordSealing = recordSealing;
    this.policy = policy;
  }

  VaultIdentity identity() {
    return identity;
  }

  ServerSetup opaque() {
    return opaque;
  }

  Aead recordSealing() {
    return recordSealing;
  }

  AttemptPolicy policy() {
    return policy;
  }

  /** Wipes the identity's and OPAQUE's keys. */
  @Override
  public void close() {
    identity.close();
    opaque.close();
  }
}
