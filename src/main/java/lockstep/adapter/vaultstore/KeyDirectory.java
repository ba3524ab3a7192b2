package lockstep.adapter.vaultstore;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import lockstep.adapter.durable.DurableFiles;
import lockstep.spec.Implements;
import lockstep.vault.VaultKeys;
import lockstep.vault.machine.VaultDamagedException;

/**
 * The vault's private keys on disk, each file with access for its owner only: {@code vault.keys},
 * as {@link VaultKeys#encode} gives it, and {@code records.keyset}, a Tink keyset in its binary
 * form, which Tink's own tools rotate.
 */
@Implements("ATR-2")
final class KeyDirectory {

  private static final String KEYS_FILE = "vault.keys";
  private static final String KEYSET_FILE = "records.keyset";

  private final Path directory;

  KeyDirectory(Path directory) {
    this.directory = directory;
  }

  /** Writes {@code keys} and a new keyset into a directory that is there and empty. */
  void fill(VaultKeys keys, DurableFiles files) throws IOException {
    byte[] encoded = keys.encode();
    files.create(directory.resolve(KEYS_FILE), encoded);
    Arrays.fill(encoded, (byte) 0);
    byte[] keyset = newKeyset();
    files.create(directory.resolve(KEYSET_FILE), keyset);
    Arrays.fill(keyset, (byte) 0);
  }

  /** The private keys, the caller's to close. */
  VaultKeys keys() throws IOException {
    return VaultKeys.decode(Files.readAllBytes(directory.resolve(KEYS_FILE)))
        .orElseThrow(() -> new VaultDamagedException("the vault's key file is damaged"));
  }

  Aead keyset() throws IOException {
    byte[] keyset = Files.readAllBytes(directory.resolve(KEYSET_FILE));
    try {
      AeadConfig.register();
      return TinkProtoKeysetFormat.parseKeyset(
              keyset, InsecureSecretKeyAccess.get(), RegistryConfiguration.get())
          .getPrimitive(RegistryConfiguration.get(), Aead.class);
    } catch (GeneralSecurityException damaged) {
      throw new VaultDamagedException("the vault's record keyset is damaged");
    } finally {
      Arrays.fill(keyset, (byte) 0);
    }
  }

  private static byte[] newKeyset() {
    try {
      AeadConfig.register();
      return TinkProtoKeysetFormat.serializeKeyset(
          KeysetHandle.generateNew(
              PredefinedAeadParameters.AES256_GCM, RegistryConfiguration.get()),
          InsecureSecretKeyAccess.get(),
          RegistryConfiguration.get());
    } catch (GeneralSecurityException tinkHasThisKind) {
      throw new IllegalStateException(tinkHasThisKind);
    }
  }
}
