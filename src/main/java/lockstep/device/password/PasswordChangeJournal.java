package lockstep.device.password;

import java.io.IOException;
import java.util.Optional;
import lockstep.device.state.Device;
import lockstep.device.state.DeviceSlot;
import lockstep.device.state.EnabledDevice;
import lockstep.device.state.PasswordVerifier;
import lockstep.device.state.RehearsalVerifier;
import lockstep.device.state.VaultBinding;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import lockstep.wire.AccountName;
import lockstep.wire.WireReader;
import lockstep.wire.WireWriter;

/**
 * A password change under way.
 *
 * @param generation the generation that the new password is staged as
 * @param verifier recognises the new password
 */
@Implements("CHG-3")
public record PasswordChangeJournal(long generation, PasswordVerifier verifier) {

  void remember(Device device, AccountName account) throws IOException {
    WireWriter writer = new WireWriter().u64(generation);
    verifier.write(writer);
    device.write(DeviceSlot.PASSWORD_CHANGE, account, writer.toByteArray());
  }

  public static Optional<PasswordChangeJournal> recall(Device device) throws IOException {
    return device.read(
        DeviceSlot.PASSWORD_CHANGE,
        (account, encoded) ->
            WireReader.decode(
                encoded,
                reader -> new PasswordChangeJournal(reader.u64(), PasswordVerifier.read(reader))));
  }

  /**
   * If the new record is the active one, records it on the device and erases the journal. If not,
   * the journal stays: a message under way could still activate it, until a new stage replaces it.
   *
   * @param active the active generation
   * @param now the new record, if it is active
   * @return the new record, if it took effect
   */
  @Decides("CHG-3")
  @Implements("CHG-4")
  public Optional<VaultBinding> settle(
      Device device, EnabledDevice enabled, long active, VaultBinding now) throws IOException {
    if (active != generation) {
      return Optional.empty();
    }
    new RehearsalVerifier(generation, verifier).remember(device, enabled.account());
    try (EnabledDevice changed = enabled.withVault(now)) {
      device.record(changed);
    }
    device.erase(DeviceSlot.PASSWORD_CHANGE);
    return Optional.of(now);
  }
}
