package lockstep.vault.machine;

import lockstep.spec.Implements;
import lockstep.wire.Bytes;

/**
 * A record as it is stored: ciphertext under the vault's record keyset (ATR-1).
 *
 * @param ciphertext at most {@value #MAX_BYTES} bytes
 */
@Implements("ATR-7")
public record SealedRecord(Bytes ciphertext) {

  /** Longest ciphertext, in bytes. */
  public static final int MAX_BYTES = 1024;

  /**
   * @throws IllegalArgumentException (a programmer error) if it is longer
   */
  public SealedRecord {
    if (ciphertext.length() > MAX_BYTES) {
      throw new IllegalArgumentException("sealed record too long");
    }
  }
}
