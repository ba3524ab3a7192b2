package lockstep.device;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import lockstep.adapter.device.DeviceDirectory;
import lockstep.adapter.device.FileKeystore;
import lockstep.device.contact.ContactOutcome;
import lockstep.device.contact.VaultContact;
import lockstep.device.enrol.Enrolment;
import lockstep.device.enrol.EnrolmentOutcome;
import lockstep.device.notices.Notices;
import lockstep.device.notices.VaultNotice;
import lockstep.device.password.PasswordChangeOutcome;
import lockstep.device.password.PasswordChangeProtocol;
import lockstep.device.rotation.KeyRotation;
import lockstep.device.state.Device;
import lockstep.device.state.DeviceSlot;
import lockstep.device.state.DeviceState;
import lockstep.device.state.EnabledDevice;
import lockstep.device.state.PlainCopies;
import lockstep.device.state.Rehearsal;
import lockstep.device.state.RehearsalOutcome;
import lockstep.device.vault.Unlock;
import lockstep.device.vault.UnlockOutcome;
import lockstep.device.vault.VaultConnection;
import lockstep.evidence.TestsFolder;
import lockstep.secret.Password;
import lockstep.wire.AccountName;

/** A device's real directory, and commands on it as a user would give them one after the other. */
public final class TestDevice {

  public final Path home;

  public TestDevice() {
    try {
      home = Files.createTempDirectory(TestsFolder.path(), "device").resolve("home");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** What a command does with the device. */
  @FunctionalInterface
  public interface Command<R> {
    public R run(Device device) throws IOException;
  }

  /** Makes the state that a command sees of the real one. */
  @FunctionalInterface
  public interface Fault {
    DeviceState in(DeviceState state);
  }

  public <R> R run(Command<R> command) {
    try {
      return run(state -> state, command);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  public <R> R run(Fault fault, Command<R> command) throws IOException {
    try (DeviceDirectory directory = DeviceDirectory.lock(home).orElseThrow()) {
      return command.run(
          new Device(
              fault.in(directory), new FileKeystore(home), new SecureRandom(), VaultSite.CHEAP));
    }
  }

  public EnrolmentOutcome enrol(VaultSite site, AccountName account, String typed) {
    try (Password password = VaultSite.password(typed)) {
      return run(
          device ->
              new Enrolment(device, site.connection()).enrol(account, password, PlainCopies.NONE));
    }
  }

  public EnrolmentOutcome enrol(VaultSite site, String typed) {
    return enrol(site, VaultSite.ALICE, typed);
  }

  public UnlockOutcome unlock(VaultSite site, String typed) {
    return unlock(site.connection(), typed);
  }

  public UnlockOutcome unlock(VaultConnection connection, String typed) {
    try (Password password = VaultSite.password(typed)) {
      return run(device -> new Unlock(device, connection).attempt(VaultSite.ALICE, password));
    }
  }

  public PasswordChangeOutcome change(VaultSite site, String previous, String next) {
    return change(site.connection(), previous, next);
  }

  public PasswordChangeOutcome change(VaultConnection connection, String previous, String next) {
    try (Password old = VaultSite.password(previous);
        Password chosen = VaultSite.password(next)) {
      return run(device -> new PasswordChangeProtocol(device, connection).change(old, chosen));
    }
  }

  public RehearsalOutcome rehearse(String typed) {
    try (Password password = VaultSite.password(typed)) {
      return run(device -> new Rehearsal(device).rehearse(password));
    }
  }

  public ContactOutcome.Report contact(VaultSite site) {
    ContactOutcome outcome = run(device -> new VaultContact(device, site.connection()).contact());
    tell();
    return ((ContactOutcome.InContact) outcome).report();
  }

  /** What the user is shown at the end of a command. */
  public List<VaultNotice> tell() {
    return run(
        device -> {
          Notices notices = new Notices(device);
          List<VaultNotice> shown = notices.untold();
          notices.told(shown);
          return shown;
        });
  }

  /** Whether that journal is left of an interrupted command. */
  public boolean isPending(DeviceSlot journal) {
    return run(device -> device.isPending(journal));
  }

  public boolean blocksBackup() {
    return run(KeyRotation::blocksBackup);
  }

  /** The root key in force here, as bytes for comparison. */
  public Optional<byte[]> rootKey() {
    return run(
        device -> {
          Optional<EnabledDevice> enabled = device.enabled();
          try {
            return enabled.map(known -> known.rootKey().expose(byte[]::clone));
          } finally {
            enabled.ifPresent(EnabledDevice::close);
          }
        });
  }
}
