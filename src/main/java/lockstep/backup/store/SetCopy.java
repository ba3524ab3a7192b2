package lockstep.backup.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lockstep.format.BackupKeys;
import lockstep.format.DamagedBackup;
import lockstep.format.HeadContent;
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
 * <p>Run again, it seals everything anew beside what an earlier run left, replaces the new head in
 * one step, and removes the rest of the new set afterwards: a new head that stood stays whole.
 */
@Implements({"ROT-1~1", "ROT-2~1", "ROT-4~1"})
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

    /** The old root key has no backup. */
    record NothingToCopy() implements Outcome {}

    /** The old backup is damaged; the new set has no head by this run. */
    record Damaged(String objectName) implements Outcome {}

    /** The provider failed; the old backup is whole. */
    record ProviderFailed(String reason) implements Outcome {}
  }

  /** Copies the newest backup of {@code from} to the set of {@code to}. */
  public Outcome copy(BackupKeys from, BackupKeys to, Progress progress) throws IOException {
    try {
      FoundHead found = FoundHead.read(storage, from);
      if (found instanceof FoundHead.Damaged damaged) {
        return new Outcome.Damaged(damaged.objectName());
      }
      if (!(found instanceof FoundHead.Opened head)) {
        return new Outcome.NothingToCopy();
      }
      return new Outcome.Copied(copy(head.content(), from, to, progress));
    } catch (DamagedBackup damaged) {
      return new Outcome.Damaged(damaged.objectName());
    } catch (ProviderUnavailable unavailable) {
      return new Outcome.ProviderFailed(String.valueOf(unavailable.getMessage()));
    }
  }

  /** Removes the head and then the objects of a set that is no longer needed. */
  @Implements({"ROT-1~1", "DIS-1~1"})
  public static void remove(BackupStorage storage, SetName set) throws ProviderUnavailable {
    storage.removeHead(set);
    storage.removeSet(set);
  }

  private BackupMark copy(HeadContent head, BackupKeys from, BackupKeys to, Progress progress)
      throws IOException {
    StoredBackup old = new StoredBackup(storage, from);
    List<StoredObject> objects = old.read(head, entry -> {}).objects();
    long number = Math.addExact(head.backupNumber(), 1);
    ObjectUpload upload = new ObjectUpload(storage, to, random, number);
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
    storage.replaceHead(
        to.setName(), SealedHead.seal(to, random, new HeadContent(head.createdAt(), manifest)));
    removeAllBut(to, manifest, copies);
    return BackupMark.of(manifest);
  }

  private static void stream(StoredBackup old, StoredObject object, OutputStream sink)
      throws IOException {
    try (InputStream content = old.open(ObjectKind.DATA, object)) {
      content.transferTo(sink);
    }
  }

  private void removeAllBut(BackupKeys to, StoredObject manifest, List<StoredObject> copies)
      throws ProviderUnavailable {
    storage.removeUnfinished(to.setName());
    Set<ObjectName> kept = new HashSet<>();
    kept.add(to.nameOf(manifest.id()));
    copies.forEach(copy -> kept.add(to.nameOf(copy.id())));
    for (ObjectName name : storage.list(to.setName()).keySet()) {
      if (!kept.contains(name)) {
        storage.remove(to.setName(), name);
      }
    }
  }
}
