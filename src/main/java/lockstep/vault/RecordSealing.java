package lockstep.vault;

import com.google.crypto.tink.Aead;
import java.security.GeneralSecurityException;
import lockstep.secret.SecretBytes;
import lockstep.spec.Decides;
import lockstep.vault.machine.SealedRecord;
import lockstep.vault.machine.VaultDamagedException;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;
import lockstep.wire.Request;
import lockstep.wire.WireWriter;

/** Seals a record for its place: this account, this generation, nowhere else. */
@Decides("ATR-1")
final class RecordSealing {

  private final Aead aead;

  RecordSealing(Aead aead) {
    this.aead = aead;
  }

  SealedRecord seal(Request.Stage stage) {
    byte[] plaintext = OpenedRecord.encode(stage);
    try {
      byte[] place = place(stage.account(), stage.generation());
      return new SealedRecord(Bytes.copyOf(aead.encrypt(plaintext, place)));
    } catch (GeneralSecurityException keysetUnfit) {
      throw new IllegalStateException("record keyset cannot seal", keysetUnfit);
    } finally {
      SecretBytes.wipe(plaintext);
    }
  }

  /**
   * The record, the caller's to close.
   *
   * @throws VaultDamagedException if it was not sealed for this place under this keyset
   */
  OpenedRecord open(AccountName account, long generation, SealedRecord record)
      throws VaultDamagedException {
    byte[] plaintext = new byte[0];
    try {
      plaintext = aead.decrypt(record.ciphertext().toArray(), place(account, generation));
      return OpenedRecord.decode(plaintext)
          .orElseThrow(() -> new VaultDamagedException("sealed record is damaged"));
    } catch (GeneralSecurityException wrongPlaceOrKey) {
      throw new VaultDamagedException("sealed record does not open");
    } finally {
      SecretBytes.wipe(plaintext);
    }
  }

  private static byte[] place(AccountName account, long generation) {
    return new WireWriter()
        .ascii("lockstep/v1/record")
        .account(account)
        .u64(generation)
        .toByteArray();
  }
}
