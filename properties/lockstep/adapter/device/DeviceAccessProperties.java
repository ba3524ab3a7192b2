package lockstep.adapter.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The device's secrets are its owner's alone, and what is not a device's is left alone. */
final class DeviceAccessProperties {

  @TempDir Path root;
  private Path home;

  @BeforeEach
  void makeHome() throws IOException {
    home = root.resolve("home");
    DeviceDirectory.lock(home).orElseThrow().close();
    new FileKeystore(home).aead();
  }

  @Test
  @Verifies("DEV-3~2")
  void anOpenKeystoreIsClosedBeforeItIsUsed() throws IOException {
    set(home.resolve("keystore"), "rw-r--r--");
    set(home, "rwxr-xr-x");
    FileKeystore.forReading(home).aead();
    assertThat(mode(home.resolve("keystore"))).isEqualTo("rw-------");
    assertThat(mode(home)).isEqualTo("rwx------");
  }

  @Test
  @Verifies("DEV-3~2")
  void aDirectoryWithOtherThingsIsNotTakenForAHomeBecauseOfALock() throws IOException {
    Path shared = Files.createDirectory(root.resolve("shared"));
    Files.createFile(shared.resolve("lock"));
    Files.writeString(shared.resolve("other"), "data");
    set(shared, "rwxrwxrwx");
    assertThatThrownBy(() -> DeviceDirectory.lock(shared))
        .isInstanceOf(DeviceDirectory.ForeignDirectory.class);
    assertThat(mode(shared)).isEqualTo("rwxrwxrwx");
    Files.delete(shared.resolve("other"));
    DeviceDirectory.lock(shared).orElseThrow().close();
    assertThat(mode(shared)).isEqualTo("rwx------");
  }

  @Test
  @Verifies("DEV-3~2")
  void anotherUsersHomeIsRefused() throws IOException {
    assumeTrue(Files.getAttribute(home, "unix:uid").equals(0), "only root gives a file away");
    Files.setAttribute(home.resolve("keystore"), "unix:uid", 54321);
    assertThatThrownBy(() -> new FileKeystore(home).aead()).isInstanceOf(OpenToOthers.class);
    Files.setAttribute(home, "unix:uid", 54321);
    assertThatThrownBy(() -> DeviceDirectory.lock(home)).isInstanceOf(OpenToOthers.class);
  }

  @Test
  @Verifies("DEV-2")
  void aTruncatedKeystoreIsDamageAndStays() throws IOException {
    Files.write(home.resolve("keystore"), new byte[0]);
    for (FileKeystore keystore :
        new FileKeystore[] {new FileKeystore(home), FileKeystore.forReading(home)}) {
      assertThatThrownBy(keystore::aead).isInstanceOf(KeystoreDamaged.class);
    }
    assertThat(home.resolve("keystore")).isEmptyFile();
  }

  @Test
  @Verifies({"DEV-2", "DEV-3~2"})
  void aMissingKeystoreIsNotMadeAnewWhereItWouldOpenNothing() throws IOException {
    Files.delete(home.resolve("keystore"));
    FileKeystore.forReading(home).aead();
    assertThat(home.resolve("keystore")).doesNotExist();
    Files.write(home.resolve("places.sealed"), new byte[] {1});
    new FileKeystore(home).aead();
    assertThat(home.resolve("keystore")).doesNotExist();
    Files.delete(home.resolve("places.sealed"));
    new FileKeystore(home).aead();
    assertThat(mode(home.resolve("keystore"))).isEqualTo("rw-------");
  }

  private static void set(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
