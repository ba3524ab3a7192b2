package lockstep.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import lockstep.adapter.device.DeviceDirectory;
import lockstep.adapter.device.FileKeystore;
import lockstep.adapter.device.OpenToOthers;
import lockstep.device.state.Device;
import lockstep.device.state.EnabledDevice;
import lockstep.spec.Implements;
import lockstep.wire.AccountName;

/** The device in its home directory: for reading, or alone and for writing (DEV-4). */
final class OpenDevice implements AutoCloseable {

  private static final String ENABLE_FIRST =
      "Run lockstep enable to protect a folder, or lockstep restore to get a backup back.";

  private final Path home;
  private final DeviceDirectory directory;
  private final Device device;
  private final boolean alone;

  private OpenDevice(
      Path home, DeviceDirectory directory, boolean alone, Surroundings surroundings) {
    this.home = home;
    this.alone = alone;
    this.directory = directory;
    this.device =
        new Device(
            directory,
            alone ? new FileKeystore(home, surroundings.files()) : FileKeystore.forReading(home),
            new SecureRandom(),
            surroundings.stretching().get());
  }

  /** For commands that change nothing; a home that does not exist is an empty one. */
  static OpenDevice forReading(SharedOptions shared, Surroundings surroundings) {
    Path home = shared.home(surroundings);
    return new OpenDevice(home, DeviceDirectory.forReading(home), false, surroundings);
  }

  /** Alone, for commands that change the device's state; makes the home. */
  @Implements("DEV-4")
  static OpenDevice alone(SharedOptions shared, Surroundings surroundings) throws IOException {
    Path home = shared.home(surroundings);
    Optional<DeviceDirectory> locked;
    try {
      locked = DeviceDirectory.lock(home, surroundings.files());
    } catch (DeviceDirectory.ForeignDirectory | NotDirectoryException foreign) {
      throw new Ended(
          Answer.refused(
                  home + " is not a device's home, and others use it.",
                  "Choose an empty or new folder with --home.")
              .with("reason", "foreignHome"));
    }
    return new OpenDevice(
        home,
        locked.orElseThrow(
            () ->
                new Ended(
                    Answer.refused(
                            "Another command is running on this device.",
                            "Wait until it has ended, and run this one again.")
                        .with("reason", "anotherCommand"))),
        true,
        surroundings);
  }

  /** Alone where there is a home and no other command has it; for reading otherwise. */
  static OpenDevice aloneIfFree(SharedOptions shared, Surroundings surroundings)
      throws IOException {
    Path home = shared.home(surroundings);
    Optional<DeviceDirectory> locked = Optional.empty();
    if (Files.isDirectory(home) && Files.isWritable(home)) {
      try {
        locked = DeviceDirectory.lock(home, surroundings.files());
      } catch (DeviceDirectory.ForeignDirectory | OpenToOthers foreign) {
        locked = Optional.empty();
      }
    }
    return new OpenDevice(
        home,
        locked.orElseGet(() -> DeviceDirectory.forReading(home)),
        locked.isPresent(),
        surroundings);
  }

  /** Alone, for commands of an enabled device; makes nothing where there is no home. */
  static OpenDevice aloneAndEnabled(SharedOptions shared, Surroundings surroundings)
      throws IOException {
    if (!Files.isDirectory(shared.home(surroundings))) {
      throw new Ended(notEnabled());
    }
    return alone(shared, surroundings);
  }

  /** Whether the state may be changed. */
  boolean isAlone() {
    return alone;
  }

  Path home() {
    return home;
  }

  /** Where the device notes what it backed up. */
  Path notes() {
    return home.resolve("notes");
  }

  Device device() {
    return device;
  }

  /** The enabled device, which the caller closes; a refusal where it is not enabled. */
  EnabledDevice enabled() throws IOException {
    return device.enabled().orElseThrow(() -> new Ended(notEnabled()));
  }

  /** Where the provider and the vault are, as noted when the device was enabled. */
  Places places() throws IOException {
    return device.places().flatMap(Places::decode).orElseThrow(() -> new Ended(notEnabled()));
  }

  void note(AccountName account, Places places) throws IOException {
    device.notePlaces(account, places.encode());
  }

  static Answer notEnabled() {
    return Answer.refused("Backups are not enabled on this device.", ENABLE_FIRST)
        .with("reason", "notEnabled");
  }

  @Override
  public void close() throws IOException {
    directory.close();
  }
}
