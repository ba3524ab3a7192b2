package lockstep.cli;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import lockstep.adapter.rclone.RcloneStorage;
import lockstep.adapter.storage.DirectoryStorage;
import lockstep.backup.store.BackupStorage;
import lockstep.backup.store.ProviderUnavailable;
import lockstep.spec.Implements;

/** The providers that a command uses; a remote's rclone runs until the command has ended. */
@Implements("PRV-11")
final class Providers implements AutoCloseable {

  private final Map<ProviderPlace, RcloneStorage> remotes = new HashMap<>();

  /** The provider there, whether it answers or not. */
  BackupStorage at(ProviderPlace place, Surroundings surroundings) {
    Optional<String> remote = place.remote();
    return remote.isPresent()
        ? opened(place, remote.get(), surroundings)
        : new DirectoryStorage(place.folder().orElseThrow(), surroundings.files());
  }

  /** The same, made where it is missing; for enabling only. */
  BackupStorage created(ProviderPlace place, Surroundings surroundings) throws ProviderUnavailable {
    Optional<String> remote = place.remote();
    if (remote.isEmpty()) {
      return DirectoryStorage.create(place.folder().orElseThrow(), surroundings.files());
    }
    RcloneStorage storage = opened(place, remote.get(), surroundings);
    storage.createRoot();
    return storage;
  }

  /** Whether the provider has turned out not to force anything to the disk. */
  static boolean forcingIsMissing(BackupStorage storage) {
    return storage instanceof DirectoryStorage folder && folder.forcingIsMissing();
  }

  private synchronized RcloneStorage opened(
      ProviderPlace place, String remote, Surroundings surroundings) {
    RcloneStorage known = remotes.get(place);
    if (known != null) {
      return known;
    }
    try {
      RcloneStorage opened = RcloneStorage.open(remote, surroundings.environment());
      remotes.put(place, opened);
      return opened;
    } catch (ProviderUnavailable unavailable) {
      throw new Ended(ProviderAnswers.unavailable(place, String.valueOf(unavailable.getMessage())));
    }
  }

  @Override
  public synchronized void close() {
    remotes.values().forEach(RcloneStorage::close);
    remotes.clear();
  }
}
