package lockstep.device.state;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import lockstep.keys.RecoveryKey;
import lockstep.secret.Password;
import lockstep.spec.Decides;
import lockstep.spec.Implements;

/** Is this the password? Answered on the device, without the vault. */
@Decides("USR-6")
@Implements("USR-7")
public final class Rehearsal {

  private final Device device;

  /** Rehearses on that device. */
  public Rehearsal(Device device) {
    this.device = device;
  }

  /** Compares the password with the verifier of the generation in force. */
  public RehearsalOutcome rehearse(Password password) throws IOException {
    Optional<EnabledDevice> found = device.enabled();
    if (found.isEmpty()) {
      return new RehearsalOutcome.NotEnabled();
    }
    try (EnabledDevice enabled = found.get()) {
      return compare(enabled, password);
    }
  }

  /**
   * Shows the 64-digit key: {@code screen} gets its 79 characters, which are wiped afterwards, if
   * the password is the one in force.
   */
  @Decides("USR-7")
  public RehearsalOutcome showKey(Password password, Consumer<char[]> screen) throws IOException {
    Optional<EnabledDevice> found = device.enabled();
    if (found.isEmpty()) {
      return new RehearsalOutcome.NotEnabled();
    }
    try (EnabledDevice enabled = found.get()) {
      RehearsalOutcome outcome = compare(enabled, password);
      if (outcome instanceof RehearsalOutcome.ThePassword) {
        show(enabled, screen);
      }
      return outcome;
    }
  }

  /**
   * Shows the 64-digit key of a device in key mode, which has no password.
   *
   * @return whether it was shown; in password mode it is not
   */
  @Implements("USR-7")
  public boolean showKeyInKeyMode(Consumer<char[]> screen) throws IOException {
    Optional<EnabledDevice> found = device.enabled();
    if (found.isEmpty()) {
      return false;
    }
    try (EnabledDevice enabled = found.get()) {
      if (enabled.vault().isPresent()) {
        return false;
      }
      show(enabled, screen);
      return true;
    }
  }

  /** The comparison for an enabled device that is open already. */
  public RehearsalOutcome compare(EnabledDevice enabled, Password password) throws IOException {
    if (enabled.vault().isEmpty()) {
      return new RehearsalOutcome.NotEnabled();
    }
    if (device.isPending(DeviceSlot.PASSWORD_CHANGE)) {
      return new RehearsalOutcome.ChangePending();
    }
    long generation = enabled.vault().get().generation();
    return RehearsalVerifier.recall(device)
        .filter(known -> known.generation() == generation)
        .<RehearsalOutcome>map(
            known ->
                known.verifier().matches(password)
                    ? new RehearsalOutcome.ThePassword()
                    : new RehearsalOutcome.NotThePassword())
        .orElse(new RehearsalOutcome.NothingToCompare());
  }

  private static void show(EnabledDevice enabled, Consumer<char[]> screen) {
    RecoveryKey.show(
        enabled.rootKey(),
        characters -> {
          screen.accept(characters);
          return characters.length;
        });
  }
}
