package lockstep.vault.machine;

import lockstep.spec.Implements;
import lockstep.wire.Bytes;

/**
 * A record's own secret as it is stored: ciphertext under the vault's keyset. It is drawn with the
 * record's stage and goes with the record, and without it neither vault keys nor a copy of the
 * record are worth anything (ATR-11).
 *
 * @param ciphertext at most {@value #MAX_BYTES} bytes
 */
@Implements({"ATR-7", "ATR-11"})
public record SealedSecret(Bytes ciphertext) {

  /** Longest ciphertext, in bytes. */
  public static final int MAX_BYTES = 128;

  /**
   * @throws IllegalArgumentException (a programmer error) if it is longer
   */
  public SealedSecret {
    if (ciphertext.length() > MAX_BYTES) {
      throw new IllegalArgumentException("sealed secret too long");
    }
  }
}
