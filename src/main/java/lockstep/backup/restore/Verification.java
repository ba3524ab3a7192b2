package lockstep.backup.restore;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.IntStream;
import lockstep.backup.store.BackupStorage;
import lockstep.backup.store.BackupSurvey;
import lockstep.backup.store.ChosenBackup;
import lockstep.backup.store.Freshness;
import lockstep.backup.store.Progress;
import lockstep.backup.store.ProviderUnavailable;
import lockstep.backup.store.StoredBackup;
import lockstep.backup.store.Workers;
import lockstep.format.BackupKeys;
import lockstep.format.DamagedBackup;
import lockstep.format.HeadContent;
import lockstep.format.ObjectKind;
import lockstep.format.ObjectName;
import lockstep.format.StoredObject;
import lockstep.spec.Decides;
import lockstep.spec.Implements;

/** Reads and checks everything that a restore would, and writes nothing. */
@Decides("RST-10")
public final class Verification {

  private static final int WAITING = 4;
  private static final int BUFFER_BYTES = 256 * 1024;

  private final BackupStorage storage;

  /** A verification at a provider. */
  public Verification(BackupStorage storage) {
    this.storage = storage;
  }

  /**
   * Verifies the newest backup of the keys' account. Progress counts bytes of objects.
   *
   * @throws IOException never but for an interrupted thread
   */
  public VerificationOutcome run(BackupKeys keys, Freshness freshness, Progress progress)
      throws IOException {
    return run(
        keys,
        freshness,
        (backup, head, survey) ->
            checkObjects(
                backup, survey, IntStream.range(0, survey.objects().size()).toArray(), progress));
  }

  /**
   * Draws files of the newest backup and checks all that a restore of them would read, as it would.
   * An outcome other than damage says as little of the objects as was read of them.
   *
   * @param sample has the files that were drawn, afterwards
   * @throws IOException never but for an interrupted thread
   */
  @Implements("RST-32")
  public VerificationOutcome drill(
      BackupKeys keys, Freshness freshness, FileSample sample, Progress progress)
      throws IOException {
    return run(
        keys,
        freshness,
        (backup, head, survey) -> {
          backup.read(head, sample);
          return checkObjects(backup, survey, sample.objects(), progress);
        });
  }

  /**
   * Hands out what the newest backup holds, from its manifest alone and once that is checked. The
   * outcome says as little of the objects as was read of them.
   *
   * @throws IOException when {@code taker} does
   */
  @Decides("RST-30")
  public VerificationOutcome list(
      BackupKeys keys, Freshness freshness, StoredBackup.EntryTaker taker) throws IOException {
    return run(
        keys,
        freshness,
        (backup, head, survey) -> {
          backup.read(head, taker);
          return List.of();
        });
  }

  /**
   * Hands out what differs between two backups, from their manifests alone and once both are
   * checked. The outcome is that of the later one, or why the earlier one is not to be had.
   *
   * @throws IOException when {@code taker} does
   */
  @Implements("RST-43")
  public VerificationOutcome compare(
      BackupKeys keys, Freshness earlier, Freshness later, DifferenceTaker taker)
      throws IOException {
    List<BackupDifference.Side> before = new ArrayList<>();
    VerificationOutcome found =
        run(
            keys,
            earlier,
            (backup, head, survey) -> {
              before.add(new BackupDifference.Side(backup, head, survey));
              return List.of();
            });
    if (!(found instanceof VerificationOutcome.Intact)) {
      return found;
    }
    return run(
        keys,
        later,
        (backup, head, survey) -> {
          BackupDifference.Side after = new BackupDifference.Side(backup, head, survey);
          new BackupDifference(before.get(0), after).handOut(taker);
          return List.of();
        });
  }

  /** What is done with a backup whose manifest is whole; names what is damaged. */
  @FunctionalInterface
  private interface Check {
    List<ObjectName> damaged(StoredBackup backup, HeadContent head, BackupSurvey survey)
        throws IOException;
  }

  @Implements({"RST-6~2", "PRV-4~2"})
  private VerificationOutcome run(BackupKeys keys, Freshness freshness, Check check)
      throws IOException {
    try {
      ChosenBackup chosen = ChosenBackup.choose(storage, keys, freshness);
      if (chosen instanceof ChosenBackup.Taken taken) {
        return verified(chosen, taken.backup(), taken.head(), check);
      }
      if (chosen instanceof ChosenBackup.Older older) {
        return verified(chosen, older.backup(), older.head(), check);
      }
      if (chosen instanceof ChosenBackup.Unchecked unchecked) {
        return verified(chosen, unchecked.backup(), unchecked.head(), check);
      }
      if (chosen instanceof ChosenBackup.Gone gone) {
        return new VerificationOutcome.BackupGone(gone.floorNumber());
      }
      if (chosen instanceof ChosenBackup.NoSuchBackup none) {
        return new VerificationOutcome.NoSuchBackup(none.number(), none.shown());
      }
      return chosen instanceof ChosenBackup.Damaged damaged
          ? new VerificationOutcome.Damaged(damaged.objectName(), List.of())
          : new VerificationOutcome.NoBackup();
    } catch (DamagedBackup damaged) {
      return new VerificationOutcome.Damaged(damaged.objectName(), List.of());
    } catch (ProviderUnavailable unavailable) {
      return new VerificationOutcome.ProviderFailed(String.valueOf(unavailable.getMessage()));
    }
  }

  private static VerificationOutcome verified(
      ChosenBackup chosen, StoredBackup backup, HeadContent head, Check check) throws IOException {
    BackupSurvey survey = BackupSurvey.of(backup, head, entry -> {});
    List<ObjectName> damaged = check.damaged(backup, head, survey);
    if (!damaged.isEmpty()) {
      return new VerificationOutcome.Damaged(damaged.get(0).toString(), damaged);
    }
    if (chosen instanceof ChosenBackup.Older older) {
      return new VerificationOutcome.OlderBackup(survey.backup(), older.floorNumber());
    }
    return chosen instanceof ChosenBackup.Unchecked
        ? new VerificationOutcome.Unchecked(survey.backup())
        : new VerificationOutcome.Intact(survey.backup(), survey.objects().size());
  }

  /** Checks them all, so that the next backup mends all that is damaged. */
  @Implements("BAK-22")
  private static List<ObjectName> checkObjects(
      StoredBackup backup, BackupSurvey survey, int[] asked, Progress progress) throws IOException {
    SortedMap<Integer, ObjectName> damaged = new ConcurrentSkipListMap<>();
    long bytes = Arrays.stream(asked).mapToLong(index -> survey.object(index).contentBytes()).sum();
    progress.expect(asked.length, bytes);
    try (Workers workers = new Workers(Workers.forSealing(), WAITING)) {
      for (int index : asked) {
        StoredObject object = survey.object(index);
        workers.submit(
            () -> {
              if (!isWhole(backup, object, progress)) {
                damaged.put(index, backup.nameOf(object));
              }
            });
      }
      workers.drain();
    }
    return List.copyOf(damaged.values());
  }

  private static boolean isWhole(StoredBackup backup, StoredObject object, Progress progress)
      throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream content = backup.open(ObjectKind.DATA, object)) {
      for (int given = content.read(buffer); given >= 0; given = content.read(buffer)) {
        progress.advanced(given);
      }
    } catch (DamagedBackup damaged) {
      return false;
    } catch (ProviderUnavailable unreadable) {
      // One object that cannot be read is damaged; a provider that cannot be read is not there.
      backup.readHeadAgain();
      return false;
    }
    progress.fileDone();
    return true;
  }
}
