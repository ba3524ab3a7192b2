package lockstep.device.state;

import java.util.Optional;
import lockstep.spec.Implements;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;
import lockstep.wire.WireReader;
import lockstep.wire.WireWriter;

/**
 * A slot's content as the device stores it: whose it is in clear, the rest as ciphertext.
 *
 * @param account whose it is; authenticated when the ciphertext is opened
 * @param ciphertext what the keystore sealed
 */
@Implements("DEV-1")
public record SealedRecord(AccountName account, Bytes ciphertext) {

  /** {@code bytes16 account ‖ ciphertext}. */
  public byte[] encode() {
    return new WireWriter().account(account).bytes(ciphertext).toByteArray();
  }

  /** The record, or empty if {@code encoded} does not begin with an account. */
  public static Optional<SealedRecord> decode(byte[] encoded) {
    return WireReader.decode(
        encoded, reader -> new SealedRecord(reader.account(), reader.fixed(reader.remaining())));
  }
}
