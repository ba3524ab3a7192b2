package lockstep.backup.store;

import java.io.IOException;
import java.security.SecureRandom;
import lockstep.format.BackupKeys;
import lockstep.format.ContentSource;
import lockstep.format.ObjectId;
import lockstep.format.ObjectKind;
import lockstep.format.SealedObject;
import lockstep.format.StoredObject;
import lockstep.spec.Implements;

/** Seals objects of one backup and stores them; safe for several threads. */
@Implements({"OBJ-3", "ROT-4"})
public final class ObjectUpload {

  private final BackupStorage storage;
  private final BackupKeys keys;
  private final SecureRandom random;
  private final long backupNumber;
  private final Announcement announcement;

  /** Is told of each object before it is stored. */
  @FunctionalInterface
  public interface Announcement {
    void willStore(ObjectId id) throws IOException;
  }

  public ObjectUpload(
      BackupStorage storage,
      BackupKeys keys,
      SecureRandom random,
      long backupNumber,
      Announcement announcement) {
    this.announcement = announcement;
    this.storage = storage;
    this.keys = keys;
    this.random = random;
    this.backupNumber = backupNumber;
  }

  /** Stores one object under a fresh id; its content is durable when this returns. */
  public StoredObject store(ObjectKind kind, ContentSource content) throws IOException {
    ObjectId id = ObjectId.random(random);
    announcement.willStore(id);
    SealedObject sealed = keys.seal(kind, backupNumber, id, random, content);
    storage.put(keys.setName(), keys.nameOf(id), sealed);
    return new StoredObject(id, backupNumber, sealed.contentBytes(), sealed.digest());
  }
}
