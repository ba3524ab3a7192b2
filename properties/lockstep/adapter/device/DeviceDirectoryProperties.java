package lockstep.adapter.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import lockstep.adapter.durable.DurableFiles;
import lockstep.device.state.Device;
import lockstep.device.state.DeviceSlot;
import lockstep.device.state.DeviceStateDamaged;
import lockstep.device.state.EnabledDevice;
import lockstep.device.state.SealedRecord;
import lockstep.device.state.Stretching;
import lockstep.evidence.Exhaustive;
import lockstep.evidence.Points;
import lockstep.evidence.TestsFolder;
import lockstep.keys.RootKey;
import lockstep.spec.Verifies;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The device's directory: sealed, atomic, private, one writer at a time. */
class DeviceDirectoryProperties {

  private static final AccountName ALICE = new AccountName("alice");

  @Property(tries = 50)
  @Verifies("DEV-2")
  void aSlotHoldsWhatWasWrittenLast(@ForAll("writes") @Size(max = 12) List<Write> writes)
      throws IOException {
    Path home = Files.createTempDirectory(TestsFolder.path(), "device").resolve("home");
    Map<DeviceSlot, SealedRecord> expected = new EnumMap<>(DeviceSlot.class);
    try (DeviceDirectory directory = DeviceDirectory.lock(home).orElseThrow()) {
      for (Write write : writes) {
        if (write.content().length() == 0) {
          directory.erase(write.slot());
          expected.remove(write.slot());
        } else {
          SealedRecord record = new SealedRecord(ALICE, write.content());
          directory.write(write.slot(), record);
          expected.put(write.slot(), record);
        }
      }
    }
    for (DeviceSlot slot : DeviceSlot.values()) {
      assertThat(DeviceDirectory.forReading(home).read(slot).orElse(null))
          .isEqualTo(expected.get(slot));
    }
  }

  record Write(DeviceSlot slot, Bytes content) {}

  @Provide
  Arbitrary<List<Write>> writes() {
    return Arbitraries.of(DeviceSlot.values())
        .flatMap(
            slot ->
                Arbitraries.bytes()
                    .array(byte[].class)
                    .ofMaxSize(40)
                    .map(content -> new Write(slot, Bytes.copyOf(content))))
        .list();
  }

  @Test
  @Verifies("DEV-2")
  void aCrashAtAnyStepOfAWriteLeavesTheOldRecordOrTheNewOne(@TempDir Path temporary)
      throws IOException {
    SealedRecord old = new SealedRecord(ALICE, Bytes.zero(8));
    SealedRecord next = new SealedRecord(ALICE, Bytes.zero(9));
    int steps = 0;
    boolean finished = false;
    while (!finished) {
      int place = steps++;
      try (DeviceDirectory directory = DeviceDirectory.lock(temporary).orElseThrow()) {
        directory.write(DeviceSlot.ENROLMENT, old);
      }
      int[] reached = new int[1];
      DurableFiles dying =
          new DurableFiles(
              (kind, path) -> {
                if (reached[0]++ == place) {
                  throw new IOException("lost power");
                }
              });
      try (DeviceDirectory directory = DeviceDirectory.lock(temporary, dying).orElseThrow()) {
        directory.write(DeviceSlot.ENROLMENT, next);
        finished = true;
      } catch (IOException lostPower) {
        assertThat(DeviceDirectory.forReading(temporary).read(DeviceSlot.ENROLMENT).orElseThrow())
            .isIn(old, next);
      }
    }
    assertThat(steps).isGreaterThan(3);
    assertThat(DeviceDirectory.forReading(temporary).read(DeviceSlot.ENROLMENT)).contains(next);
  }

  @Test
  @Verifies("DEV-2")
  void whatACrashLeftOfAWriteIsRemoved(@TempDir Path temporary) throws IOException {
    Path left = Files.write(temporary.resolve(".unfinished-7"), new byte[] {1, 2, 3});
    DeviceDirectory.lock(temporary).orElseThrow().close();
    assertThat(left).doesNotExist();
  }

  @Test
  @Verifies("DEV-3~2")
  void nobodyElseMayLookInside(@TempDir Path temporary) throws IOException {
    Path home = temporary.resolve("a/b/home");
    try (DeviceDirectory directory = DeviceDirectory.lock(home).orElseThrow()) {
      Device device = device(directory, home);
      device.notePlaces(ALICE, Bytes.zero(1));
    }
    assertThat(mode(home)).isEqualTo("rwx------");
    assertThat(mode(home.resolve("keystore"))).isEqualTo("rw-------");
    assertThat(mode(home.resolve("places.sealed"))).isEqualTo("rw-------");
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
    DeviceDirectory.lock(home).orElseThrow().close();
    assertThat(mode(home)).isEqualTo("rwx------");
  }

  @Test
  @Verifies("DEV-3~2")
  void somebodyElsesOpenDirectoryIsLeftAlone(@TempDir Path temporary) throws IOException {
    Path shared = Files.createDirectory(temporary.resolve("shared"));
    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxr-x"));
    Files.createFile(shared.resolve("letter"));
    assertThatThrownBy(() -> DeviceDirectory.lock(shared))
        .isInstanceOf(DeviceDirectory.ForeignDirectory.class);
    assertThat(mode(shared)).isEqualTo("rwxrwxr-x");
  }

  @Test
  @Verifies("DEV-3~2")
  @Exhaustive("set of rights that group and others can have")
  void aForeignDirectoryIsLeftAloneWhateverOthersMayDoThere(@TempDir Path temporary)
      throws IOException {
    String[] rights = {"---", "--x", "-w-", "-wx", "r--", "r-x", "rw-", "rwx"};
    for (String group : rights) {
      for (String others : rights) {
        Path home = Files.createDirectory(temporary.resolve("home" + group + others));
        Files.createFile(home.resolve("letter"));
        String mode = "rwx" + group + others;
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString(mode));
        if (group.equals("---") && others.equals("---")) {
          DeviceDirectory.lock(home).orElseThrow().close();
        } else {
          assertThatThrownBy(() -> DeviceDirectory.lock(home))
              .isInstanceOf(DeviceDirectory.ForeignDirectory.class);
        }
        assertThat(mode(home)).isEqualTo(mode);
        assertThat(home.resolve("letter")).exists();
        Points.visited();
      }
    }
  }

  @Test
  @Verifies("DEV-4")
  void oneHoldsTheLock(@TempDir Path temporary) throws IOException {
    try (DeviceDirectory first = DeviceDirectory.lock(temporary).orElseThrow()) {
      assertThat(DeviceDirectory.lock(temporary)).isEmpty();
      first.erase(DeviceSlot.PLACES);
    }
    try (DeviceDirectory second = DeviceDirectory.lock(temporary).orElseThrow()) {
      second.erase(DeviceSlot.PLACES);
    }
  }

  @Test
  @Verifies("DEV-4")
  void withoutTheLockNothingIsWritten(@TempDir Path temporary) throws IOException {
    DeviceDirectory reader = DeviceDirectory.forReading(temporary);
    assertThatThrownBy(
            () -> reader.write(DeviceSlot.PLACES, new SealedRecord(ALICE, Bytes.zero(1))))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> reader.erase(DeviceSlot.PLACES))
        .isInstanceOf(IllegalStateException.class);
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  @Verifies("DEV-1")
  void theRootKeyLiesSealedUnderAccountAndSlot(@TempDir Path temporary) throws IOException {
    byte[] key = new byte[RootKey.LENGTH_BYTES];
    Arrays.fill(key, (byte) 0x5a);
    try (DeviceDirectory directory = DeviceDirectory.lock(temporary).orElseThrow();
        RootKey rootKey = RootKey.copyOf(key);
        EnabledDevice enabled = EnabledDevice.withRecoveryKey(ALICE, rootKey)) {
      Device device = device(directory, temporary);
      device.record(enabled);
      SealedRecord stored = directory.read(DeviceSlot.ENABLED_DEVICE).orElseThrow();
      assertThat(new String(stored.encode(), StandardCharsets.ISO_8859_1)).doesNotContain("ZZZZ");
      try (EnabledDevice again = device.enabled().orElseThrow()) {
        assertThat(again.rootKey().isEqualTo(rootKey)).isTrue();
      }
      directory.write(DeviceSlot.PLACES, stored);
      assertThatThrownBy(device::places).isInstanceOf(DeviceStateDamaged.class);
      directory.write(
          DeviceSlot.ENABLED_DEVICE,
          new SealedRecord(new AccountName("mallory"), stored.ciphertext()));
      assertThatThrownBy(device::enabled).isInstanceOf(DeviceStateDamaged.class);
    }
  }

  @Test
  @Verifies("DEV-1")
  void whatIsSealedNamesItsPurposeItsAccountAndItsSlot(@TempDir Path temporary) throws Exception {
    try (DeviceDirectory directory = DeviceDirectory.lock(temporary).orElseThrow()) {
      device(directory, temporary).notePlaces(ALICE, Bytes.copyOf(new byte[] {7, 8, 9}));
      SealedRecord stored = directory.read(DeviceSlot.PLACES).orElseThrow();
      byte[] named =
          "lockstep/v1/device-slot\0\5alice\0\6places".getBytes(StandardCharsets.ISO_8859_1);
      assertThat(new FileKeystore(temporary).aead().decrypt(stored.ciphertext().toArray(), named))
          .containsExactly(7, 8, 9);
    }
  }

  @Test
  @Verifies("DEV-2")
  @Exhaustive("length at which a slot's file can be cut off")
  void aSlotThatIsCutOffIsDamageAndStays(@TempDir Path temporary) throws IOException {
    try (DeviceDirectory directory = DeviceDirectory.lock(temporary).orElseThrow()) {
      Device device = device(directory, temporary);
      device.notePlaces(ALICE, Bytes.zero(3));
      Path file = temporary.resolve("places.sealed");
      byte[] whole = Files.readAllBytes(file);
      for (int length = 0; length < whole.length; length++) {
        byte[] cut = Arrays.copyOf(whole, length);
        Files.write(file, cut);
        assertThatThrownBy(device::places)
            .as("%d bytes", length)
            .isInstanceOf(DeviceStateDamaged.class);
        assertThat(Files.readAllBytes(file)).isEqualTo(cut);
        Points.visited();
      }
    }
  }

  @Property(tries = 100)
  @Verifies("DEV-2")
  void aDamagedSlotIsReportedAndLeft(@ForAll @IntRange(max = 4000) int bit) throws IOException {
    Path home = Files.createTempDirectory(TestsFolder.path(), "device").resolve("home");
    try (DeviceDirectory directory = DeviceDirectory.lock(home).orElseThrow();
        RootKey rootKey = RootKey.random(new SecureRandom());
        EnabledDevice enabled = EnabledDevice.withRecoveryKey(ALICE, rootKey)) {
      Device device = device(directory, home);
      device.record(enabled);
      Path file = home.resolve("enabled-device.sealed");
      byte[] stored = Files.readAllBytes(file);
      stored[bit / 8 % stored.length] ^= (byte) (1 << bit % 8);
      Files.write(file, stored);
      assertThatThrownBy(device::enabled).isInstanceOf(DeviceStateDamaged.class);
      assertThat(Files.readAllBytes(file)).isEqualTo(stored);
    }
  }

  private static Device device(DeviceDirectory directory, Path home) {
    return new Device(directory, new FileKeystore(home), new SecureRandom(), Stretching.STANDARD);
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
