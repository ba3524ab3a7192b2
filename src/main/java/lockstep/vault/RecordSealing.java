package lockstep.vault;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.subtle.AesGcmJce;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import lockstep.opaque.server.ServerSetup;
import lockstep.secret.Hkdf;
import lockstep.secret.KeyLabel;
import lockstep.secret.SecretBytes;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import lockstep.vault.machine.SealedRecord;
import lockstep.vault.machine.SealedSecret;
import lockstep.vault.machine.VaultDamagedException;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;
import lockstep.wire.Request;
import lockstep.wire.WireWriter;

/**
 * Seals a record for its place: this account, this generation, nowhere else. Beneath the keyset it
 * is sealed under a secret of its own, which is erased with it.
 */
@Decides({"ATR-1~2", "ATR-11"})
final class RecordSealing {

  /** Length of a record's secret in bytes. */
  static final int SECRET_BYTES = 32;

  private final Aead keyset;

  RecordSealing(Aead keyset) {
    this.keyset = keyset;
  }

  /** A new record's secret, sealed. */
  SealedSecret drawSecret(AccountName account, SecureRandom random) {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    try {
      return new SealedSecret(Bytes.copyOf(keyset.encrypt(secret, secretPlace(account))));
    } catch (GeneralSecurityException keysetUnfit) {
      throw new IllegalStateException("record keyset cannot seal", keysetUnfit);
    } finally {
      SecretBytes.wipe(secret);
    }
  }

  /**
   * The setup under which the record with that secret is evaluated, the caller's to close.
   *
   * @throws VaultDamagedException if the secret was not sealed for this account under this keyset
   */
  @Implements("OPQ-8")
  ServerSetup setupFor(AccountName account, ServerSetup vault, SealedSecret sealed)
      throws VaultDamagedException {
    try (SecretBytes secret = openSecret(account, sealed)) {
      return vault.forRecord(secret);
    }
  }

  /**
   * A record under its secret, under the keyset.
   *
   * @throws VaultDamagedException if the secret was not sealed for this account under this keyset
   */
  SealedRecord seal(Request.Stage stage, SealedSecret sealed) throws VaultDamagedException {
    byte[] place = place(stage.account(), stage.generation());
    byte[] plaintext = OpenedRecord.encode(stage);
    try (SecretBytes secret = openSecret(stage.account(), sealed)) {
      byte[] inner = recordCipher(secret).encrypt(plaintext, place);
      return new SealedRecord(Bytes.copyOf(keyset.encrypt(inner, place)));
    } catch (GeneralSecurityException keysetUnfit) {
      throw new IllegalStateException("record keyset cannot seal", keysetUnfit);
    } finally {
      SecretBytes.wipe(plaintext);
    }
  }

  /**
   * The record, the caller's to close.
   *
   * @throws VaultDamagedException if it was not sealed for this place under this secret and keyset
   */
  OpenedRecord open(
      AccountName account, long generation, SealedRecord record, SealedSecret sealedSecret)
      throws VaultDamagedException {
    byte[] plaintext = new byte[0];
    byte[] place = place(account, generation);
    try (SecretBytes secret = openSecret(account, sealedSecret)) {
      byte[] inner = keyset.decrypt(record.ciphertext().toArray(), place);
      plaintext = recordCipher(secret).decrypt(inner, place);
      return OpenedRecord.decode(plaintext)
          .orElseThrow(() -> new VaultDamagedException("sealed record is damaged"));
    } catch (GeneralSecurityException wrongPlaceOrKey) {
      throw new VaultDamagedException("sealed record does not open");
    } finally {
      SecretBytes.wipe(plaintext);
    }
  }

  private SecretBytes openSecret(AccountName account, SealedSecret sealed)
      throws VaultDamagedException {
    try {
      byte[] secret = keyset.decrypt(sealed.ciphertext().toArray(), secretPlace(account));
      return SecretBytes.absorb(secret);
    } catch (GeneralSecurityException wrongPlaceOrKey) {
      throw new VaultDamagedException("a record's secret does not open");
    }
  }

  private static AesGcmJce recordCipher(SecretBytes secret) throws GeneralSecurityException {
    try (SecretBytes key = Hkdf.derive(secret, KeyLabel.RECORD_SEALING)) {
      byte[] raw = key.expose(byte[]::clone);
      try {
        return new AesGcmJce(raw);
      } finally {
        SecretBytes.wipe(raw);
      }
    }
  }

  private static byte[] secretPlace(AccountName account) {
    return new WireWriter().ascii("lockstep/v1/record-secret").account(account).toByteArray();
  }

  private static byte[] place(AccountName account, long generation) {
    return new WireWriter()
        .ascii("lockstep/v1/record")
        .account(account)
        .u64(generation)
        .toByteArray();
  }
}
