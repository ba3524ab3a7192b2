package lockstep.adapter.device;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.stream.Stream;
import lockstep.adapter.durable.DurableFiles;
import lockstep.device.state.DeviceKeystore;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;

/**
 * A keystore in the file {@code keystore} of the device's directory, mode 0600: a Tink keyset of
 * one AES-256-GCM key, made at its first use, unless slots are sealed with another. It stands where
 * a phone's keystore would, and protects against whoever gets the slots without it only.
 */
@Implements({"DEV-1", "DEV-3~2"})
public final class FileKeystore implements DeviceKeystore {

  // Once: Tink copies its tables each time.
  static {
    try {
      AeadConfig.register();
    } catch (GeneralSecurityException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Path directory;
  private final boolean makes;
  private final Path file;
  private final DurableFiles files;
  private @Nullable Aead cached;

  /** The keystore of that device's directory. */
  public FileKeystore(Path deviceDirectory) {
    this(deviceDirectory, new DurableFiles());
  }

  /** The same, with files of the caller's making. */
  public FileKeystore(Path deviceDirectory, DurableFiles files) {
    this(deviceDirectory, files, true);
  }

  private FileKeystore(Path deviceDirectory, DurableFiles files, boolean makes) {
    this.directory = deviceDirectory;
    this.file = deviceDirectory.resolve("keystore");
    this.files = files;
    this.makes = makes;
  }

  /** The keystore for commands that change nothing: where there is none, none is made. */
  public static FileKeystore forReading(Path deviceDirectory) {
    return new FileKeystore(deviceDirectory, new DurableFiles(), false);
  }

  @Override
  public synchronized Aead aead() throws IOException {
    Aead known = cached;
    if (known == null) {
      try {
        known = readOrMake().getPrimitive(RegistryConfiguration.get(), Aead.class);
      } catch (GeneralSecurityException damaged) {
        throw new KeystoreDamaged(damaged);
      }
      cached = known;
    }
    return known;
  }

  private KeysetHandle readOrMake() throws IOException, GeneralSecurityException {
    byte[] stored;
    try {
      OwnFiles.close(file);
      OwnFiles.close(directory);
      stored = Files.readAllBytes(file);
    } catch (NoSuchFileException first) {
      KeysetHandle made =
          KeysetHandle.generateNew(
              PredefinedAeadParameters.AES256_GCM, RegistryConfiguration.get());
      byte[] keyset =
          TinkProtoKeysetFormat.serializeKeyset(
              made, InsecureSecretKeyAccess.get(), RegistryConfiguration.get());
      if (mayBeMade()) {
        files.replace(file, keyset);
        OwnFiles.close(file);
      }
      Arrays.fill(keyset, (byte) 0);
      return made;
    }
    try {
      return TinkProtoKeysetFormat.parseKeyset(
          stored, InsecureSecretKeyAccess.get(), RegistryConfiguration.get());
    } finally {
      Arrays.fill(stored, (byte) 0);
    }
  }

  /** Where slots are sealed already, a new key opens none: the old keystore may be put back. */
  private boolean mayBeMade() throws IOException {
    if (!makes) {
      return false;
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.noneMatch(entry -> entry.toString().endsWith(".sealed"));
    }
  }
}
