package lockstep.backup.restore;

import java.io.IOException;
import java.util.Optional;
import lockstep.backup.store.BackupStorage;
import lockstep.backup.store.BackupSurvey;
import lockstep.backup.store.ChosenBackup;
import lockstep.backup.store.FoundHead;
import lockstep.backup.store.Freshness;
import lockstep.backup.store.Progress;
import lockstep.backup.store.ProviderUnavailable;
import lockstep.backup.store.RestoredBackup;
import lockstep.backup.store.StoredBackup;
import lockstep.format.BackupKeys;
import lockstep.format.DamagedBackup;
import lockstep.format.HeadContent;
import lockstep.spec.Implements;

/**
 * One restore: the head, its freshness, a first pass over the manifest that checks everything, the
 * tree under a temporary name, and its final names.
 *
 * <p>Nothing stands under a final name before every object that it was made from has been checked.
 * Stopped at any moment, it can simply be run again.
 */
@Implements({"RST-1~1", "RST-2~1", "RST-3~1"})
public final class Restore {

  private final BackupStorage storage;

  /** A restore from a provider. */
  public Restore(BackupStorage storage) {
    this.storage = storage;
  }

  /**
   * Restores the newest backup of the keys' account into {@code target}.
   *
   * @throws IOException when the target fails in another way than by being full
   */
  @Implements({"RST-6~1", "PRV-4~2"})
  public RestoreOutcome run(
      BackupKeys keys, TargetTree target, Freshness freshness, Progress progress)
      throws IOException {
    try {
      if (!target.isFree()) {
        return new RestoreOutcome.TargetNotEmpty();
      }
      FoundHead found = FoundHead.read(storage, keys);
      if (!(found instanceof FoundHead.Opened opened)) {
        return found instanceof FoundHead.Damaged damaged
            ? new RestoreOutcome.Damaged(damaged.objectName())
            : new RestoreOutcome.NoBackup();
      }
      StoredBackup backup = new StoredBackup(storage, keys);
      HeadContent head = opened.content();
      if (new ChosenBackup(backup).age(head, freshness) == ChosenBackup.Age.OLDER
          && !freshness.olderAccepted()) {
        return new RestoreOutcome.OlderBackup(
            BackupSurvey.unread(head), freshness.mark().orElseThrow().backupNumber());
      }
      return fill(keys, backup, head, target, progress);
    } catch (DamagedBackup damaged) {
      return new RestoreOutcome.Damaged(damaged.objectName());
    } catch (ProviderUnavailable unavailable) {
      return new RestoreOutcome.ProviderFailed(String.valueOf(unavailable.getMessage()));
    } catch (TargetFull full) {
      return new RestoreOutcome.TargetIsFull();
    } catch (CaseFolding.Collision collision) {
      return collision.outcome();
    }
  }

  private static RestoreOutcome fill(
      BackupKeys keys, StoredBackup backup, HeadContent head, TargetTree target, Progress progress)
      throws IOException {
    Optional<byte[]> interrupted = target.begin();
    if (interrupted.isPresent()) {
      Optional<RestoredBackup> moving = RestoreNote.decode(keys.setName(), interrupted.get());
      if (moving.isEmpty()) {
        return new RestoreOutcome.TargetNotEmpty();
      }
      target.finishInstall();
      return new RestoreOutcome.Restored(moving.get());
    }
    boolean installing = false;
    try {
      StoredBackup.EntryTaker cases = target.foldsCase() ? new CaseFolding() : entry -> {};
      BackupSurvey survey = BackupSurvey.of(backup, head, cases);
      progress.expect(survey.files(), survey.fileBytes());
      new TreeBuilder(backup, head, survey, target, progress).build();
      installing = true;
      target.install(RestoreNote.encode(keys.setName(), survey.backup()));
      return new RestoreOutcome.Restored(survey.backup());
    } catch (IOException | RuntimeException failed) {
      if (!installing) {
        target.abandon();
      }
      throw failed;
    }
  }
}
