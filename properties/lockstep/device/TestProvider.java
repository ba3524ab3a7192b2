package lockstep.device;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import lockstep.adapter.filetree.DirectoryNotes;
import lockstep.adapter.filetree.DirectorySource;
import lockstep.adapter.filetree.DirectoryTarget;
import lockstep.adapter.storage.DirectoryStorage;
import lockstep.backup.notes.BackupNotes;
import lockstep.backup.restore.Restore;
import lockstep.backup.restore.RestoreOutcome;
import lockstep.backup.run.BackupOutcome;
import lockstep.backup.run.BackupRun;
import lockstep.backup.store.BackupStorage;
import lockstep.backup.store.Freshness;
import lockstep.backup.store.Progress;
import lockstep.backup.store.ProviderUnavailable;
import lockstep.device.contact.MarkKeeper;
import lockstep.device.state.EnabledDevice;
import lockstep.device.state.FreshnessMark;
import lockstep.device.vault.VaultConnection;
import lockstep.evidence.TestsFolder;
import lockstep.format.BackupKeys;
import lockstep.format.SetName;
import lockstep.keys.RootKey;

/** A provider's directory and a small folder that is backed up there. */
public final class TestProvider {

  final Path directory;
  private final Path source;
  private final Path notes;

  public TestProvider() {
    try {
      Path root = Files.createTempDirectory(TestsFolder.path(), "provider");
      directory = Files.createDirectory(root.resolve("provider"));
      source = Files.createDirectory(root.resolve("source"));
      notes = root.resolve("notes");
      Files.createDirectory(source.resolve("chats"));
      Files.writeString(source.resolve("chats/alice"), "hello");
      Files.writeString(source.resolve("empty"), "");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** What stands in the directory's place is none. */
  public void unplug() {
    try {
      Files.move(directory, unplugged());
      Files.createFile(directory);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The directory is there again, as it was. */
  public void plugIn() {
    try {
      Files.delete(directory);
      Files.move(unplugged(), directory);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private Path unplugged() {
    return directory.resolveSibling("unplugged");
  }

  public BackupStorage storage() {
    return new DirectoryStorage(directory);
  }

  public BackupNotes notes() {
    return new DirectoryNotes(notes);
  }

  public void change(String content) {
    try {
      Files.writeString(source.resolve("chats/bob"), content);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** What a user's `backup` does. */
  public BackupOutcome backUp(TestDevice device, Optional<VaultConnection> vault) {
    return device.run(
        state -> {
          try (EnabledDevice enabled = state.enabled().orElseThrow();
              BackupKeys keys = BackupKeys.derive(enabled.rootKey(), enabled.account().utf8())) {
            return new BackupRun(storage(), notes(), new SecureRandom(), Instant::now)
                .acceptingChanges()
                .run(
                    keys,
                    new DirectorySource(source),
                    new BackupRun.Known(
                        enabled.lastBackup().map(FreshnessMark::backup),
                        enabled.floor().map(FreshnessMark::backupNumber).orElse(0L),
                        enabled.passedOver(),
                        false),
                    new MarkKeeper(state, vault),
                    Progress.NONE);
          }
        });
  }

  /** Whether the root key opens a whole backup, and that is the folder. */
  public boolean opens(RootKey rootKey) {
    try (BackupKeys keys = BackupKeys.derive(rootKey, VaultSite.ALICE.utf8())) {
      Path target = Files.createTempDirectory(TestsFolder.path(), "restored").resolve("target");
      RestoreOutcome outcome =
          new Restore(storage())
              .run(keys, new DirectoryTarget(target), Freshness.unknown(), Progress.NONE);
      return outcome instanceof RestoreOutcome.Restored && tree(target).equals(tree(source));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  public boolean opens(byte[] rootKey) {
    try (RootKey key = RootKey.copyOf(rootKey)) {
      return opens(key);
    }
  }

  public int heads() {
    try {
      return storage().heads().size();
    } catch (ProviderUnavailable failure) {
      throw new UncheckedIOException(failure);
    }
  }

  public boolean holds(SetName set) {
    try {
      return !storage().list(set).isEmpty();
    } catch (ProviderUnavailable failure) {
      throw new UncheckedIOException(failure);
    }
  }

  public static SetName setOf(byte[] rootKey) {
    try (RootKey key = RootKey.copyOf(rootKey);
        BackupKeys keys = BackupKeys.derive(key, VaultSite.ALICE.utf8())) {
      return keys.setName();
    }
  }

  private static Map<String, String> tree(Path root) throws IOException {
    Map<String, String> found = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.toList()) {
        found.put(
            root.relativize(file).toString(),
            Files.isDirectory(file) ? "" : Files.readString(file, StandardCharsets.UTF_8));
      }
    }
    return found;
  }
}
