package lockstep.backup.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import lockstep.format.BackupKeys;
import lockstep.format.DamagedBackup;
import lockstep.format.HeadContent;
import lockstep.format.HeadName;
import lockstep.format.ManifestHeader;
import lockstep.format.ManifestWriter;
import lockstep.format.ObjectId;
import lockstep.format.ObjectKind;
import lockstep.format.ObjectName;
import lockstep.format.SealedHead;
import lockstep.format.SetName;
import lockstep.format.StoredObject;
import lockstep.spec.Decides;
import lockstep.spec.Implements;

/**
 * The kept backups of one root key, sealed again under another: a complete set of fresh objects,
 * with heads of its own. The old set is only read.
 *
 * <p>Run again, it seals everything anew beside what an earlier run left, makes higher heads, and
 * removes the rest of the new set afterwards: a new head that stood stays whole.
 */
@Implements({"ROT-1~3", "ROT-2", "ROT-4"})
public final class SetCopy {

  private final BackupStorage storage;
  private final SecureRandom random;
  private final boolean dropsDamaged;

  /** Copies at that provider. */
  public SetCopy(BackupStorage storage, SecureRandom random) {
    this(storage, random, false);
  }

  /** {@code dropsDamaged} where the user gives up earlier backups that are damaged. */
  public SetCopy(BackupStorage storage, SecureRandom random, boolean dropsDamaged) {
    this.storage = storage;
    this.random = random;
    this.dropsDamaged = dropsDamaged;
  }

  /** What came of it. */
  public sealed interface Outcome {

    /**
     * The new heads stand.
     *
     * @param mark the newest one's
     * @param from the number of the old backup that it is a copy of
     */
    record Copied(BackupMark mark, long from) implements Outcome {}

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

  /**
   * Copies the newest backup of {@code from}, if a restore would take it, and those before it that
   * are kept.
   *
   * @param keep how many are copied at most, the newest among them; from 1
   */
  @Implements({"ROT-1~3", "RST-12", "ROT-6"})
  public Outcome copy(
      BackupKeys from, BackupKeys to, Freshness freshness, int keep, Progress progress)
      throws IOException {
    try {
      ChosenBackup chosen = ChosenBackup.choose(storage, from, freshness);
      if (!(chosen instanceof ChosenBackup.Taken taken)) {
        return notTaken(chosen);
      }
      Kept found = kept(from, taken, keep);
      if (found.unopened().isPresent() && !dropsDamaged) {
        return new Outcome.Damaged(FoundHead.nameOf(found.unopened().get()));
      }
      List<HeadContent> kept = found.heads();
      List<Long> numbers = numbers(to, kept);
      return numbers.size() < kept.size()
          ? new Outcome.NumbersUsedUp()
          : new Outcome.Copied(
              new Copying(from, to, progress).run(kept, numbers), taken.head().backupNumber());
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
  @Implements({"ROT-1~3", "DIS-1~2"})
  public static void remove(BackupStorage storage, SetName set) throws ProviderUnavailable {
    storage.removeSet(set);
  }

  /**
   * The newest backup and the kept ones before it.
   *
   * @param heads upwards, each of which a restore would take
   * @param unopened a head that is there and does not open
   */
  private record Kept(List<HeadContent> heads, Optional<HeadName> unopened) {}

  /**
   * Finds them.
   *
   * @throws DamagedBackup when the chain does not reach one of them, unless such are dropped
   */
  @Decides("ROT-6")
  private Kept kept(BackupKeys from, ChosenBackup.Taken newest, int keep) throws IOException {
    List<HeadContent> kept = new ArrayList<>(List.of(newest.head()));
    Optional<HeadName> unopened = Optional.empty();
    List<HeadName> names = storage.heads(from.setName());
    for (int i = names.size() - 1; i >= 0; i--) {
      HeadName name = names.get(i);
      boolean isAbove = name.backupNumber() > newest.head().backupNumber();
      boolean isKept = name.backupNumber() < newest.head().backupNumber() && kept.size() < keep;
      if (!isAbove && !isKept) {
        continue;
      }
      Optional<HeadContent> head =
          storage.readHead(name).flatMap(bytes -> FoundHead.open(from, name, bytes));
      if (head.isEmpty()) {
        unopened = Optional.of(name);
      } else if (isKept && isReached(newest, head.get())) {
        kept.add(0, head.get());
      }
    }
    return new Kept(kept, unopened);
  }

  private boolean isReached(ChosenBackup.Taken newest, HeadContent head) throws IOException {
    try {
      ChosenBackup.requireChain(newest.backup(), newest.head(), BackupMark.of(head.manifest()));
      return true;
    } catch (DamagedBackup damaged) {
      if (!dropsDamaged) {
        throw damaged;
      }
      return false;
    }
  }

  /** Their numbers in the new set, above all that open there; fewer where none are left. */
  @Implements({"ROT-1~3", "ROT-3~2"})
  private List<Long> numbers(BackupKeys to, List<HeadContent> kept) throws ProviderUnavailable {
    long above =
        FoundHead.all(storage, to).stream().mapToLong(HeadContent::backupNumber).max().orElse(0);
    List<Long> numbers = new ArrayList<>();
    for (HeadContent head : kept) {
      OptionalLong free =
          FoundHead.freeNumber(storage, to.setName(), Math.max(above, head.backupNumber()));
      if (free.isEmpty()) {
        return numbers;
      }
      above = free.getAsLong();
      numbers.add(above);
    }
    return numbers;
  }

  /** One run: objects that several backups name are sealed once. */
  private final class Copying {

    private final StoredBackup old;
    private final BackupKeys to;
    private final Progress progress;
    private final Map<ObjectId, StoredObject> copies = new HashMap<>();

    Copying(BackupKeys from, BackupKeys to, Progress progress) {
      this.old = new StoredBackup(storage, from);
      this.to = to;
      this.progress = progress;
    }

    /** Everything, then the heads upwards; returns the newest one's mark. */
    BackupMark run(List<HeadContent> heads, List<Long> numbers) throws IOException {
      List<HeadName> headsBefore = storage.heads(to.setName());
      Set<ObjectName> before = storage.list(to.setName()).keySet();
      Optional<StoredObject> previous = Optional.empty();
      List<HeadContent> made = new ArrayList<>();
      for (int i = 0; i < heads.size(); i++) {
        ManifestHeader header =
            new ManifestHeader(numbers.get(i), heads.get(i).createdAt(), previous);
        boolean mayGo = dropsDamaged && i < heads.size() - 1;
        Optional<StoredObject> manifest = manifest(heads.get(i), header, mayGo);
        if (manifest.isPresent()) {
          previous = manifest;
          made.add(new HeadContent(header.createdAt(), manifest.get()));
        }
      }
      storage.settle(to.setName());
      for (HeadContent head : made) {
        HeadName name = new HeadName(to.setName(), head.backupNumber());
        if (!storage.addHead(name, SealedHead.seal(to, random, head))) {
          throw new ProviderUnavailable("something has taken the name of the new head");
        }
      }
      removeRest(to, headsBefore, before, made.get(made.size() - 1).backupNumber());
      return BackupMark.of(made.get(made.size() - 1).manifest());
    }

    /** The copy's manifest; nothing where the backup is damaged and may go. */
    private Optional<StoredObject> manifest(HeadContent head, ManifestHeader header, boolean mayGo)
        throws IOException {
      Set<ObjectId> sealed = new HashSet<>();
      try {
        return Optional.of(
            manifest(
                head,
                header,
                new ObjectUpload(storage, to, random, header.backupNumber(), sealed::add)));
      } catch (DamagedBackup damaged) {
        if (!mayGo) {
          throw damaged;
        }
        copies.values().removeIf(copy -> sealed.contains(copy.id()));
        for (ObjectId id : sealed) {
          storage.remove(to.setName(), to.nameOf(id));
        }
        return Optional.empty();
      }
    }

    private StoredObject manifest(HeadContent head, ManifestHeader header, ObjectUpload upload)
        throws IOException {
      List<StoredObject> table = new ArrayList<>();
      for (StoredObject object : old.read(head, entry -> {}).objects()) {
        table.add(copyOf(object, upload));
      }
      storage.settle(to.setName());
      return upload.store(
          ObjectKind.MANIFEST,
          sink -> {
            ManifestWriter writer = new ManifestWriter(sink, header);
            old.read(head, writer::add);
            writer.finish(table);
          });
    }

    private StoredObject copyOf(StoredObject object, ObjectUpload upload) throws IOException {
      StoredObject known = copies.get(object.id());
      if (known != null) {
        return known;
      }
      StoredObject copy = upload.store(ObjectKind.DATA, sink -> stream(old, object, sink));
      copies.put(object.id(), copy);
      progress.advanced(object.contentBytes());
      return copy;
    }
  }

  private static void stream(StoredBackup old, StoredObject object, OutputStream sink)
      throws IOException {
    try (InputStream content = old.open(ObjectKind.DATA, object)) {
      content.transferTo(sink);
    }
  }

  /** Removes what an interrupted copy left; nobody else has the new key yet. */
  @Implements("ROT-3~2")
  private void removeRest(
      BackupKeys to, List<HeadName> headsBefore, Set<ObjectName> before, long highest)
      throws ProviderUnavailable {
    for (HeadName lower : headsBefore) {
      if (lower.backupNumber() < highest) {
        storage.removeHead(lower);
      }
    }
    for (ObjectName name : before) {
      storage.remove(to.setName(), name);
    }
    storage.removeUnfinished(to.setName(), highest, any -> true, Instant.MIN);
  }
}
