package lockstep.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import lockstep.adapter.rclone.RcloneStorage;
import lockstep.adapter.s3.S3Place;
import lockstep.adapter.s3.S3Storage;
import lockstep.adapter.storage.DirectoryStorage;
import lockstep.backup.store.BackupStorage;
import lockstep.backup.store.ProviderUnavailable;
import lockstep.spec.Implements;

/**
 * The providers that a command uses; a remote's rclone runs, and an object store's connections
 * stand, until the command has ended.
 */
@Implements("PRV-11")
final class Providers implements AutoCloseable {

  private final Map<ProviderPlace, BackupStorage> opened = new HashMap<>();

  /** The provider there, whether it answers or not. */
  BackupStorage at(ProviderPlace place, Surroundings surroundings) {
    Optional<Path> folder = place.folder();
    return folder.isPresent()
        ? new DirectoryStorage(folder.get(), surroundings.files())
        : opened(place, surroundings);
  }

  /** The same, made where it is missing, but for a bucket; for enabling only. */
  BackupStorage created(ProviderPlace place, Surroundings surroundings) throws ProviderUnavailable {
    Optional<Path> folder = place.folder();
    if (folder.isPresent()) {
      return DirectoryStorage.create(folder.get(), surroundings.files());
    }
    BackupStorage storage = opened(place, surroundings);
    if (storage instanceof RcloneStorage remote) {
      remote.createRoot();
    } else if (storage instanceof S3Storage store) {
      store.requireBucket();
    }
    return storage;
  }

  /** Whether the provider has turned out not to force anything to the disk. */
  static boolean forcingIsMissing(BackupStorage storage) {
    return storage instanceof DirectoryStorage folder && folder.forcingIsMissing();
  }

  private synchronized BackupStorage opened(ProviderPlace place, Surroundings surroundings) {
    BackupStorage known = opened.get(place);
    if (known != null) {
      return known;
    }
    Map<String, String> environment = surroundings.environment();
    Optional<S3Place> bucket = place.bucket();
    try {
      BackupStorage storage =
          bucket.isPresent()
              ? S3Storage.open(bucket.get(), environment)
              : RcloneStorage.open(place.remote().orElseThrow(), environment);
      opened.put(place, storage);
      return storage;
    } catch (ProviderUnavailable unavailable) {
      throw new Ended(ProviderAnswers.unavailable(place, String.valueOf(unavailable.getMessage())));
    }
  }

  @Override
  public synchronized void close() {
    for (BackupStorage storage : opened.values()) {
      if (storage instanceof RcloneStorage remote) {
        remote.close();
      } else if (storage instanceof S3Storage store) {
        store.close();
      }
    }
    opened.clear();
  }
}
