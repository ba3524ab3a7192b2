package lockstep.ideal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lockstep.adapter.device.DeviceDirectory;
import lockstep.adapter.device.FileKeystore;
import lockstep.adapter.filetree.DirectoryNotes;
import lockstep.adapter.filetree.DirectorySource;
import lockstep.adapter.filetree.DirectoryTarget;
import lockstep.backup.restore.Restore;
import lockstep.backup.restore.RestoreOutcome;
import lockstep.backup.run.BackupOutcome;
import lockstep.backup.run.BackupRun;
import lockstep.backup.store.Freshness;
import lockstep.backup.store.Progress;
import lockstep.device.contact.ContactOutcome;
import lockstep.device.contact.MarkKeeper;
import lockstep.device.contact.VaultContact;
import lockstep.device.enrol.Enrolment;
import lockstep.device.enrol.EnrolmentOutcome;
import lockstep.device.leaving.Disable;
import lockstep.device.leaving.DisableOutcome;
import lockstep.device.notices.Notices;
import lockstep.device.notices.VaultNotice;
import lockstep.device.password.PasswordChangeOutcome;
import lockstep.device.password.PasswordChangeProtocol;
import lockstep.device.rotation.KeyRotation;
import lockstep.device.rotation.KeyRotationOutcome;
import lockstep.device.state.Device;
import lockstep.device.state.DeviceSlot;
import lockstep.device.state.EnabledDevice;
import lockstep.device.state.FreshnessMark;
import lockstep.device.state.PlainCopies;
import lockstep.device.vault.OpenedAccount;
import lockstep.device.vault.Unlock;
import lockstep.device.vault.UnlockOutcome;
import lockstep.device.vault.VaultConnection;
import lockstep.format.BackupKeys;
import lockstep.ideal.Step.Lie;
import lockstep.secret.Password;
import lockstep.wire.AccountName;

/** A device with a disk, and the product's commands on it. */
final class RealDevice {

  private final RealSite site;
  private final Path home;
  private final Path directory;
  private final AccountName account;
  private final VaultConnection connection;
  private final RealProvider provider;
  private final RealWords words;
  private int targets;

  RealDevice(
      RealSite site, Path home, AccountName account, RealNetwork network, RealProvider provider) {
    this.site = site;
    this.home = home;
    this.directory = home.resolve("home");
    this.account = account;
    this.connection = site.connection(network);
    this.provider = provider;
    this.words = new RealWords(site);
  }

  /** What a command does with the device. */
  @FunctionalInterface
  interface Command<R> {
    R run(Device device) throws IOException;
  }

  private <R> R run(Command<R> command) {
    try (DeviceDirectory state = DeviceDirectory.lock(directory).orElseThrow()) {
      return command.run(
          new Device(state, new FileKeystore(directory), site.random, RealSite.CHEAP));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  String enrol(String typed) {
    try (Password password = RealSite.password(typed)) {
      EnrolmentOutcome outcome =
          run(
              device ->
                  new Enrolment(device, connection).enrol(account, password, PlainCopies.NONE));
      return words.of(outcome);
    }
  }

  String restore(String typed, Lie lie) {
    try (Password password = RealSite.password(typed)) {
      return run(
          device -> {
            UnlockOutcome outcome = new Unlock(device, connection).attempt(account, password);
            if (!(outcome instanceof UnlockOutcome.Released released)) {
              return words.of(outcome);
            }
            try (OpenedAccount opened = released.account()) {
              opened.recordEnabled(device);
              Freshness freshness =
                  opened
                      .mark()
                      .map(mark -> Freshness.mark(mark.backup()))
                      .orElse(Freshness.unknown());
              return restore(device, freshness, lie);
            }
          });
    }
  }

  private String restore(Device device, Freshness freshness, Lie lie) throws IOException {
    Path target = home.resolve("target" + targets++);
    try (EnabledDevice enabled = device.enabled().orElseThrow();
        BackupKeys keys = BackupKeys.derive(enabled.rootKey(), account.utf8())) {
      RestoreOutcome outcome =
          new Restore(provider.show(lie))
              .run(keys, new DirectoryTarget(target), freshness, Progress.NONE);
      if (outcome instanceof RestoreOutcome.Restored restored) {
        FreshnessMark mark = FreshnessMark.of(restored.backup().mark());
        device.update(known -> known.withRestored(mark));
        return "Restored " + mark.backupNumber() + ": " + content(target);
      }
      return words.of(outcome);
    }
  }

  private static String content(Path target) {
    List<Path> files = Trees.files(target);
    List<String> contents = new ArrayList<>();
    files.forEach(file -> contents.add(new String(Trees.read(file), StandardCharsets.UTF_8)));
    return String.join(", ", contents);
  }

  String change(String previous, String next) {
    try (Password old = RealSite.password(previous);
        Password chosen = RealSite.password(next)) {
      PasswordChangeOutcome outcome =
          run(device -> new PasswordChangeProtocol(device, connection).change(old, chosen));
      return words.of(outcome);
    }
  }

  String backUp(String content) {
    return run(
        device -> {
          Optional<EnabledDevice> found = device.enabled();
          if (found.isEmpty()) {
            return "NotEnabled";
          }
          found.get().close();
          if (KeyRotation.blocksBackup(device) || device.isPending(DeviceSlot.DISABLE)) {
            return "Interrupted";
          }
          new VaultContact(device, connection).contact();
          return backUp(device, content);
        });
  }

  private String backUp(Device device, String content) throws IOException {
    Path source = Files.createDirectories(home.resolve("source"));
    Files.writeString(source.resolve("chat"), content);
    try (EnabledDevice enabled = device.enabled().orElseThrow();
        BackupKeys keys = BackupKeys.derive(enabled.rootKey(), account.utf8())) {
      BackupOutcome outcome =
          new BackupRun(
                  provider.storage(),
                  new DirectoryNotes(home.resolve("notes")),
                  site.random,
                  site::now)
              .acceptingChanges()
              .run(
                  keys,
                  new DirectorySource(source),
                  new BackupRun.Known(
                      enabled.lastBackup().map(FreshnessMark::backup),
                      enabled.floor().map(FreshnessMark::backupNumber).orElse(0L),
                      enabled.passedOver(),
                      false),
                  new MarkKeeper(device, Optional.of(connection)),
                  Progress.NONE);
      return words.of(outcome);
    }
  }

  String rotate(String typed) {
    try (Password password = RealSite.password(typed)) {
      KeyRotationOutcome outcome =
          run(
              device ->
                  new KeyRotation(
                          device, provider.storage(), new DirectoryNotes(home.resolve("notes")))
                      .rotate(connection, password, Progress.NONE));
      return words.of(outcome);
    }
  }

  String disable(boolean deleteBackup) {
    DisableOutcome outcome =
        run(
            device ->
                new Disable(
                        device,
                        Optional.of(connection),
                        provider.storage(),
                        new DirectoryNotes(home.resolve("notes")))
                    .disable(deleteBackup));
    return words.of(outcome);
  }

  String contact() {
    ContactOutcome outcome = run(device -> new VaultContact(device, connection).contact());
    return words.of(outcome);
  }

  /** What the user is shown at the end of a command. */
  List<String> tell() {
    return run(
        device -> {
          Notices notices = new Notices(device);
          List<VaultNotice> shown = notices.untold();
          notices.told(shown);
          return shown.stream().map(words::of).toList();
        });
  }

  /** The root key in force here, as whoever looks for it in the wrong places would know it. */
  Optional<byte[]> rootKey() {
    if (Files.notExists(directory)) {
      return Optional.empty();
    }
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
