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
import lockstep.backup.store.StoredBackup;
import lockstep.format.BackupKeys;
import lockstep.format.DamagedBackup;
import lockstep.format.HeadContent;
import lockstep.spec.Decides;
import lockstep.spec.Implements;

/**
 * One restore: the head, its freshness, a first pass over the manifest that checks everything, the
 * tree under a temporary name, and its final names.
 *
 * <p>Nothing stands under a final name before every object that it was made from has been checked.
 * Stopped at any moment, it can simply be run again.
 */
@Decides("RST-1~1")
@Implements({"RST-2~2", "RST-3~2"})
public final class Restore {

  private final BackupStorage storage;
  private final boolean salvages;

  /** A restore from a provider. */
  public Restore(BackupStorage storage) {
    this(storage, false);
  }

  private Restore(BackupStorage storage, boolean salvages) {
    this.storage = storage;
    this.salvages = salvages;
  }

  /** The same restore, which leaves out and names the files whose objects are damaged. */
  @Implements("RST-20~1")
  public Restore salvaging() {
    return new Restore(storage, true);
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
      Optional<byte[]> interrupted = target.interrupted();
      if (interrupted.isPresent()) {
        return finish(keys, target, interrupted.get());
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

  /** Finishes what is on the target's disk already; the provider is not asked. */
  @Implements("RST-3~2")
  private static RestoreOutcome finish(BackupKeys keys, TargetTree target, byte[] note)
      throws IOException {
    Optional<RestoreOutcome.Restored> moving = RestoreNote.decode(keys.setName(), note);
    if (moving.isEmpty()) {
      return new RestoreOutcome.TargetNotEmpty();
    }
    try {
      target.finishInstall();
    } catch (TargetFull full) {
      throw full;
    } catch (IOException failed) {
      return new RestoreOutcome.NotAllMoved(Unkept.words(failed));
    }
    return moving.get();
  }

  private RestoreOutcome fill(
      BackupKeys keys, StoredBackup backup, HeadContent head, TargetTree target, Progress progress)
      throws IOException {
    target.begin();
    try {
      StoredBackup.EntryTaker cases = target.foldsCase() ? new CaseFolding() : entry -> {};
      BackupSurvey survey = BackupSurvey.of(backup, head, cases);
      progress.expect(survey.files(), survey.fileBytes());
      Shortfalls shortfalls = new Shortfalls();
      new TreeBuilder(
              new RestoreContext(backup, head, survey, shortfalls, salvages, progress), target)
          .build();
      RestoreOutcome.Restored built = shortfalls.outcome(survey.backup(), target.isSynced());
      target.install(RestoreNote.encode(keys.setName(), built));
      return built;
    } catch (IOException | RuntimeException failed) {
      if (target.interrupted().isPresent() && failed instanceof IOException stopped) {
        return new RestoreOutcome.NotAllMoved(Unkept.words(stopped));
      }
      target.abandon();
      if (failed instanceof DamagedBackup
          || failed instanceof ProviderUnavailable
          || failed instanceof TargetFull
          || failed instanceof CaseFolding.Collision
          || failed instanceof RuntimeException) {
        throw failed;
      }
      return new RestoreOutcome.TargetRefused(Unkept.words((IOException) failed));
    }
  }
}
