package lockstep.backup.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import lockstep.format.BackupKeys;
import lockstep.format.DamagedBackup;
import lockstep.format.HeadContent;
import lockstep.format.HeadName;
import lockstep.format.ManifestHeader;
import lockstep.format.ManifestWriter;
import lockstep.format.ObjectKind;
import lockstep.format.ObjectName;
import lockstep.format.SealedHead;
import lockstep.format.SetName;
import lockstep.format.StoredObject;
import lockstep.spec.Implements;

/**
 * The newest backup of one root key, sealed again under another: a complete set of fresh objects,
 * with a head of its own. The old set is only read.
 *
 * <p>Run again, it seals everything anew beside what an earlier run left, makes a higher head, and
 * removes the rest of the new set afterwards: a new head that stood stays whole.
 */
@Implements({"ROT-1~2", "ROT-2", "ROT-4"})
public final class SetCopy {

  private final BackupStorage storage;
  private final SecureRandom random;

  /** Copies at that provider. */
  public SetCopy(BackupStorage storage, SecureRandom random) {
    this.storage = storage;
    this.random = random;
  }

  /** What came of it. */
  public sealed interface Outcome {

    /** The new head stands; its backup's number is one above the old one's. */
    record Copied(BackupMark mark) implements Outcome {}

    /** The old root key has no backup, and nobody knows of one. */
    record NothingToCopy() implements Outcome {}

    /** The provider shows no backup, though {@code floorNumber} is known of. */
    record Gone(long floorNumber) implements Outcome {}

    /** The provider's backup is older than one that is known of. */
    record Older(RestoredBackup found, long floorNumber) implements Outcome {}

    /** There is no number above the old backup's. */
    record NumbersUsedUp() implements Outcome {}

    /** The old backup is damaged; the new set has no head by this run. */
    record Damaged(String objectName) implements Outcome {}

    /** The provider failed; the old backup is whole. */
    record ProviderFailed(String reason) implements Outcome {}
  }

  /** Copies the newest backup of {@code from}, if a restore would take it. */
  @Implements({"ROT-1~2", "RST-12"})
  public Outcome copy(BackupKeys from, BackupKeys to, Freshness freshness, Progress progress)
      throws IOException {
    try {
      ChosenBackup chosen = ChosenBackup.choose(storage, from, freshness);
      if (!(chosen instanceof ChosenBackup.Taken taken)) {
        return notTaken(chosen);
      }
      OptionalLong number =
          FoundHead.freeNumber(storage, to.setName(), taken.head().backupNumber());
      return number.isEmpty()
          ? new Outcome.NumbersUsedUp()
          : new Outcome.Copied(copy(number.getAsLong(), taken.head(), from, to, progress));
    } catch (DamagedBackup damaged) {
      return new Outcome.Damaged(damaged.objectName());
    } catch (ProviderUnavailable unavailable) {
      return new Outcome.ProviderFailed(String.valueOf(unavailable.getMessage()));
    }
  }

  private static Outcome notTaken(ChosenBackup chosen) {
    if (chosen instanceof ChosenBackup.Older older) {
      return new Outcome.Older(BackupSurvey.unread(older.head()), older.floorNumber());
    }
    if (chosen instanceof ChosenBackup.Unchecked) {
      throw new IllegalArgumentException("a rotation has heard its vault, or has none");
    }
    if (chosen instanceof ChosenBackup.Gone gone) {
      return new Outcome.Gone(gone.floorNumber());
    }
    return chosen instanceof ChosenBackup.Damaged damaged
        ? new Outcome.Damaged(damaged.objectName())
        : new Outcome.NothingToCopy();
  }

  /** Removes the heads and then the objects of a set that is no longer needed. */
  @Implements({"ROT-1~2", "DIS-1~2"})
  public static void remove(BackupStorage storage, SetName set) throws ProviderUnavailable {
    storage.removeSet(set);
  }

  private BackupMark copy(
      long number, HeadContent head, BackupKeys from, BackupKeys to, Progress progress)
      throws IOException {
    StoredBackup old = new StoredBackup(storage, from);
    List<StoredObject> objects = old.read(head, entry -> {}).objects();
    Set<ObjectName> before = storage.list(to.setName()).keySet();
    ObjectUpload upload = new ObjectUpload(storage, to, random, number, id -> {});
    List<StoredObject> copies = new ArrayList<>(objects.size());
    for (StoredObject object : objects) {
      copies.add(upload.store(ObjectKind.DATA, sink -> stream(old, object, sink)));
      progress.advanced(object.contentBytes());
    }
    storage.settle(to.setName());
    ManifestHeader header = new ManifestHeader(number, head.createdAt(), Optional.empty());
    StoredObject manifest =
        upload.store(
            ObjectKind.MANIFEST,
            sink -> {
              ManifestWriter writer = new ManifestWriter(sink, header);
              old.read(head, writer::add);
              writer.finish(copies);
            });
    storage.settle(to.setName());
    HeadName name = new HeadName(to.setName(), number);
    HeadContent made = new HeadContent(head.createdAt(), manifest);
    if (!storage.addHead(name, SealedHead.seal(to, random, made))) {
      throw new ProviderUnavailable("something has taken the name of the new head");
    }
    removeRest(to, made, before);
    return BackupMark.of(manifest);
  }

  private static void stream(StoredBackup old, StoredObject object, OutputStream sink)
      throws IOException {
    try (InputStream content = old.open(ObjectKind.DATA, object)) {
      content.transferTo(sink);
    }
  }

  /** Removes what an interrupted copy left; nobody else has the new key yet. */
  @Implements("ROT-3~2")
  private void removeRest(BackupKeys to, HeadContent made, Set<ObjectName> before)
      throws ProviderUnavailable {
    for (HeadName lower : storage.heads(to.setName())) {
      if (lower.backupNumber() < made.backupNumber()) {
        storage.removeHead(lower);
      }
    }
    for (ObjectName name : before) {
      storage.remove(to.setName(), name);
    }
    storage.removeUnfinished(to.setName(), made.backupNumber(), any -> true, Instant.MIN);
  }
}
