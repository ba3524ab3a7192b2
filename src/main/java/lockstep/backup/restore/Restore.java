package lockstep.backup.restore;

import java.io.IOException;
import java.util.Optional;
import lockstep.backup.store.BackupStorage;
import lockstep.backup.store.BackupSurvey;
import lockstep.backup.store.ChosenBackup;
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
@Decides("RST-1")
@Implements({"RST-2~2", "RST-3~2"})
public final class Restore {

  private final BackupStorage storage;
  private final boolean salvages;
  private final Optional<StoredBackup.EntryChoice> only;

  /** A restore from a provider. */
  public Restore(BackupStorage storage) {
    this(storage, false, Optional.empty());
  }

  private Restore(
      BackupStorage storage, boolean salvages, Optional<StoredBackup.EntryChoice> only) {
    this.storage = storage;
    this.salvages = salvages;
    this.only = only;
  }

  /** The same restore, of the entries that {@code asked} takes and of no other. */
  @Implements("RST-31")
  public Restore only(StoredBackup.EntryChoice asked) {
    return new Restore(storage, salvages, Optional.of(asked));
  }

  /** The same restore, which leaves out and names the files whose objects are damaged. */
  @Implements("RST-20")
  public Restore salvaging() {
    return new Restore(storage, true, only);
  }

  /**
   * Restores the newest backup of the keys' account into {@code target}, or the one that {@code
   * freshness} asks for.
   *
   * @throws IOException when the target fails in another way than by being full
   */
  @Implements({"RST-6~2", "PRV-4~2"})
  public RestoreOutcome run(
      BackupKeys keys, TargetTree target, Freshness freshness, Progress progress)
      throws IOException {
    try {
      if (!target.isFree()) {
        return new RestoreOutcome.TargetNotEmpty();
      }
      Optional<byte[]> interrupted = target.interrupted();
      if (interrupted.isPresent()) {
        Optional<RestoreOutcome> finished = finish(keys, target, interrupted.get());
        if (finished.isPresent()) {
          return finished.get();
        }
      }
      ChosenBackup chosen = ChosenBackup.choose(storage, keys, freshness);
      if (!(chosen instanceof ChosenBackup.Taken taken)) {
        return notTaken(chosen);
      }
      Optional<StoredBackup> backup =
          only.isEmpty()
              ? Optional.of(taken.backup())
              : ChosenEntries.of(taken.backup(), taken.head(), only.get());
      return backup.isPresent()
          ? fill(keys, backup.get(), taken, target, progress)
          : new RestoreOutcome.NothingChosen();
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

  /**
   * Finishes what is on the target's disk already; the provider is not asked. Nothing where
   * somebody else's note was removed, so that the restore starts over.
   */
  @Implements({"RST-3~2", "RST-15"})
  private static Optional<RestoreOutcome> finish(BackupKeys keys, TargetTree target, byte[] note)
      throws IOException {
    Optional<RestoreOutcome.Restored> moving = RestoreNote.open(keys, note, names(keys, target));
    if (moving.isEmpty()) {
      return target.startOver()
          ? Optional.empty()
          : Optional.of(new RestoreOutcome.TargetNotEmpty());
    }
    try {
      target.finishInstall();
    } catch (TargetFull full) {
      throw full;
    } catch (IOException failed) {
      return Optional.of(new RestoreOutcome.NotAllMoved(Unkept.words(failed)));
    }
    return Optional.of(moving.get());
  }

  private static TopNames names(BackupKeys keys, TargetTree target) throws IOException {
    TopNames names = new TopNames(keys);
    target.forEachName(names::add);
    return names;
  }

  private static RestoreOutcome notTaken(ChosenBackup chosen) {
    if (chosen instanceof ChosenBackup.Older older) {
      return new RestoreOutcome.OlderBackup(BackupSurvey.unread(older.head()), older.floorNumber());
    }
    if (chosen instanceof ChosenBackup.Unchecked unchecked) {
      return new RestoreOutcome.Unchecked(BackupSurvey.unread(unchecked.head()));
    }
    if (chosen instanceof ChosenBackup.Gone gone) {
      return new RestoreOutcome.BackupGone(gone.floorNumber());
    }
    if (chosen instanceof ChosenBackup.NoSuchBackup none) {
      return new RestoreOutcome.NoSuchBackup(none.number(), none.shown());
    }
    return chosen instanceof ChosenBackup.Damaged damaged
        ? new RestoreOutcome.Damaged(damaged.objectName())
        : new RestoreOutcome.NoBackup();
  }

  private RestoreOutcome fill(
      BackupKeys keys,
      StoredBackup backup,
      ChosenBackup.Taken taken,
      TargetTree target,
      Progress progress)
      throws IOException {
    HeadContent head = taken.head();
    target.begin();
    try {
      StoredBackup.EntryTaker cases = target.foldsCase() ? new CaseFolding() : entry -> {};
      BackupSurvey survey = BackupSurvey.of(backup, head, cases);
      progress.expect(survey.files(), survey.fileBytes());
      Shortfalls shortfalls = new Shortfalls();
      new TreeBuilder(
              new RestoreContext(backup, head, survey, shortfalls, salvages, progress), target)
          .build();
      RestoreOutcome.Restored built =
          shortfalls
              .outcome(survey.backup(), target.isSynced())
              .asPart(only.isPresent() || taken.isEarlier());
      target.install(RestoreNote.seal(keys, built, names(keys, target)));
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
