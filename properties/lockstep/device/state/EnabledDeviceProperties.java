package lockstep.device.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import lockstep.device.VaultSite;
import lockstep.keys.RootKey;
import lockstep.spec.Verifies;
import lockstep.wire.Bytes;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What a device knows of the newest backup only ever rises. */
class EnabledDeviceProperties {

  private static final List<EnabledDeviceProperties.Step> STEPS =
      List.of(
          EnabledDevice::withBackup,
          EnabledDevice::withRestored,
          EnabledDevice::withSeen,
          EnabledDevice::withHeard);

  private interface Step {
    EnabledDevice after(EnabledDevice device, FreshnessMark mark);
  }

  @Property(tries = 300)
  @Verifies("RST-12")
  void nothingLowersTheFloorAndTheDiskKeepsIt(
      @ForAll @Size(min = 1, max = 12) List<@IntRange(max = 3) Integer> steps,
      @ForAll @Size(value = 12) List<@IntRange(min = 1, max = 5) Integer> numbers) {
    try (RootKey key = RootKey.copyOf(new byte[32])) {
      EnabledDevice device = EnabledDevice.withRecoveryKey(VaultSite.ALICE, key);
      long highest = 0;
      for (int i = 0; i < steps.size(); i++) {
        FreshnessMark mark = mark(numbers.get(i), i);
        EnabledDevice next = STEPS.get(steps.get(i)).after(device, mark);
        device.close();
        byte[] disk = next.encode();
        device = EnabledDevice.decode(VaultSite.ALICE, disk).orElseThrow();
        highest = Math.max(highest, mark.backupNumber());
        assertThat(device.floor().orElseThrow()).isEqualTo(next.floor().orElseThrow());
        assertThat(device.floor().get().backupNumber()).isEqualTo(highest);
        assertThat(device.passedOver()).isEqualTo(next.passedOver());
        next.close();
      }
      device.close();
    }
  }

  @Example
  @Verifies("RST-12")
  void theVaultsMarkRulesAmongBackupsOfOneNumber() {
    FreshnessMark own = mark(3, 1);
    FreshnessMark vaults = mark(3, 2);
    assertThat(after(device -> device.withBackup(own)).floor()).contains(own);
    assertThat(after(device -> device.withBackup(own).withHeard(vaults)).floor()).contains(vaults);
    assertThat(after(device -> device.withHeard(vaults).withSeen(own)).floor()).contains(vaults);
    assertThat(after(device -> device.withHeard(vaults).withRestored(own)).floor())
        .contains(vaults);
  }

  @Example
  @Verifies({"RST-12", "BAK-10~3"})
  void whoTakesAnOlderBackupPassesTheNewerOneOverUntilTheNextOfHisOwn() {
    FreshnessMark newer = mark(3, 1);
    assertThat(after(device -> device.withHeard(newer).withRestored(mark(2, 2))).passedOver())
        .isEqualTo(3);
    assertThat(
            after(device -> device.withHeard(newer).withRestored(mark(2, 2)).withBackup(mark(4, 3)))
                .passedOver())
        .isZero();
    assertThat(after(device -> device.withHeard(newer).withRestored(newer)).passedOver()).isZero();
  }

  @Example
  void aDeviceOfTheFormatBeforeKnowsItsLastBackup() {
    byte[] digest = new byte[32];
    digest[0] = 7;
    byte[] disk = new byte[1 + 32 + 1 + 1 + 8 + 32 + 1];
    disk[0] = 1;
    disk[34] = 1;
    disk[42] = 9;
    System.arraycopy(digest, 0, disk, 43, digest.length);
    try (EnabledDevice device = EnabledDevice.decode(VaultSite.ALICE, disk).orElseThrow()) {
      assertThat(device.floor()).contains(new FreshnessMark(9, Bytes.copyOf(digest)));
      assertThat(device.lastBackup()).isEqualTo(device.floor());
      assertThat(device.passedOver()).isZero();
    }
  }

  private static EnabledDevice after(UnaryOperator<EnabledDevice> steps) {
    try (RootKey key = RootKey.copyOf(new byte[32]);
        EnabledDevice fresh = EnabledDevice.withRecoveryKey(VaultSite.ALICE, key)) {
      assertThat(fresh.floor()).isEqualTo(Optional.empty());
      return steps.apply(fresh);
    }
  }

  private static FreshnessMark mark(long number, int fill) {
    byte[] digest = new byte[32];
    digest[31] = (byte) fill;
    return new FreshnessMark(number, Bytes.copyOf(digest));
  }
}
