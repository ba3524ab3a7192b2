package lockstep.device.vault;

import lockstep.spec.Decides;
import lockstep.wire.Bytes;
import lockstep.wire.Receipt;

/** What a device checks of a receipt when it has an earlier one. */
public final class ReceiptOrder {

  private ReceiptOrder() {}

  /**
   * Whether a vault that gave {@code known} may give {@code next} later: not an older one, not
   * another of the same number, and the next number only if it names {@code known}. Signatures are
   * not checked.
   */
  @Decides("RCP-3")
  public static boolean allows(Bytes vaultPublicKey, Receipt known, Receipt next) {
    return !KnownVault.first(vaultPublicKey).with(known).contradicts(next.body());
  }
}
