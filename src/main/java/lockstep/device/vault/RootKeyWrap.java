package lockstep.device.vault;

import com.google.crypto.tink.subtle.AesGcmJce;
import java.security.GeneralSecurityException;
import java.util.Optional;
import lockstep.device.state.VaultBinding;
import lockstep.keys.RootKey;
import lockstep.opaque.OpaqueSuite;
import lockstep.secret.Hkdf;
import lockstep.secret.KeyLabel;
import lockstep.secret.SecretBytes;
import lockstep.spec.Implements;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;
import lockstep.wire.WireWriter;

/**
 * The root key as a vault holds it: AES-256-GCM under a key that only the password brings back.
 *
 * <p>{@code nonce (12) ‖ ciphertext (32) ‖ tag (16)}, the layout of Tink's AES-GCM without an
 * output prefix; Tink draws the nonce. An {@code exportKey} is of one registration, so that its
 * wrapping key serves one wrap.
 */
@Implements({"WRP-1", "WRP-2"})
public final class RootKeyWrap {

  /** Bytes of a wrap. */
  public static final int LENGTH_BYTES = 60;

  private static final String LABEL = "lockstep/v1/wrap";

  private RootKeyWrap() {}

  /** Wraps {@code rootKey} for the record that {@code binding} describes. */
  public static Bytes wrap(
      RootKey rootKey, SecretBytes exportKey, AccountName account, VaultBinding binding) {
    byte[] wrap =
        rootKey.expose(
            plaintext -> {
              try {
                return cipher(exportKey).encrypt(plaintext, associatedData(account, binding));
              } catch (GeneralSecurityException unusable) {
                throw new IllegalStateException("AES-256-GCM is not available", unusable);
              }
            });
    return Bytes.copyOf(wrap).requireLength(LENGTH_BYTES);
  }

  /**
   * The root key, the caller's to close; empty when the wrap is of another length, key, account,
   * vault, generation, policy or stretching.
   */
  public static Optional<RootKey> unwrap(
      Bytes wrap, SecretBytes exportKey, AccountName account, VaultBinding binding) {
    if (wrap.length() != LENGTH_BYTES) {
      return Optional.empty();
    }
    try {
      byte[] plaintext =
          cipher(exportKey).decrypt(wrap.toArray(), associatedData(account, binding));
      try {
        return Optional.of(RootKey.copyOf(plaintext));
      } finally {
        SecretBytes.wipe(plaintext);
      }
    } catch (GeneralSecurityException doesNotOpen) {
      return Optional.empty();
    }
  }

  private static AesGcmJce cipher(SecretBytes exportKey) throws GeneralSecurityException {
    try (SecretBytes wrappingKey = Hkdf.derive(exportKey, KeyLabel.ROOT_KEY_WRAP)) {
      byte[] key = wrappingKey.expose(byte[]::clone);
      try {
        return new AesGcmJce(key);
      } finally {
        SecretBytes.wipe(key);
      }
    }
  }

  private static byte[] associatedData(AccountName account, VaultBinding binding) {
    return new WireWriter()
        .ascii(LABEL)
        .account(account)
        .bytes(binding.vaultId().value())
        .u64(binding.generation())
        .bytes(binding.policy().encode())
        .u16(OpaqueSuite.SUITE)
        .bytes(binding.stretching().encode())
        .toByteArray();
  }
}
