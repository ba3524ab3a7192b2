package lockstep.device.enrol;

import java.io.IOException;
import java.util.Optional;
import lockstep.device.state.Device;
import lockstep.device.state.EnabledDevice;
import lockstep.device.state.NewRecoveryKey;
import lockstep.device.state.PlainCopies;
import lockstep.keys.RootKey;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import lockstep.wire.AccountName;

/** Enabling backups with a 64-digit key: no vault, no password. */
@Decides("ENR-4")
@Implements("ENR-7")
public final class KeyEnrolment {

  private final Device device;

  /** Enrols that device. */
  public KeyEnrolment(Device device) {
    this.device = device;
  }

  /** Draws a key; the device is enabled once the user holds it. */
  public KeyEnrolmentOutcome begin(AccountName account, PlainCopies plainCopies)
      throws IOException {
    if (!plainCopies.undecided().isEmpty()) {
      return new KeyEnrolmentOutcome.PlainCopiesFound(plainCopies.undecided());
    }
    Optional<EnabledDevice> enabled = device.enabled();
    if (enabled.isPresent()) {
      enabled.get().close();
      return new KeyEnrolmentOutcome.AlreadyEnabled();
    }
    RootKey rootKey = RootKey.random(device.random());
    return new KeyEnrolmentOutcome.KeyToShow(
        new NewRecoveryKey(rootKey, device.random(), () -> record(account, rootKey)));
  }

  private void record(AccountName account, RootKey rootKey) throws IOException {
    try (EnabledDevice enabled = EnabledDevice.withRecoveryKey(account, rootKey)) {
      device.record(enabled);
    }
  }
}
