package lockstep.device.notices;

import java.io.IOException;
import java.util.Optional;
import lockstep.device.state.Device;
import lockstep.device.state.EnabledDevice;
import lockstep.device.state.FreshnessMark;
import lockstep.spec.Implements;
import lockstep.wire.AccountName;

/**
 * What of the account's state is an enabled device's own doing.
 *
 * @param generation of the record that it knows
 * @param newestBackup number of its newest backup, made or restored here; empty where there is none
 */
@Implements("USR-5~2")
record OwnRecord(long generation, Optional<Long> newestBackup) {

  /** Empty where the device is not enabled for that account with a password. */
  static Optional<OwnRecord> of(Device device, AccountName account) throws IOException {
    Optional<EnabledDevice> found = device.enabled();
    if (found.isEmpty()) {
      return Optional.empty();
    }
    try (EnabledDevice enabled = found.get()) {
      Optional<Long> newest = enabled.lastBackup().map(FreshnessMark::backupNumber);
      return enabled
          .vault()
          .filter(record -> enabled.account().equals(account))
          .map(record -> new OwnRecord(record.generation(), newest));
    }
  }
}
