package lockstep.backup.notes;

import lockstep.format.BackupPath;
import lockstep.format.ObjectId;
import lockstep.format.ObjectName;
import lockstep.format.SetName;
import lockstep.format.StoredObject;
import lockstep.spec.Implements;

/** One record of a note. */
@Implements("BAK-13~2")
public sealed interface NoteRecord {

  /** Stands first. */
  record Header(SetName set, long backupNumber) implements NoteRecord {}

  /** An entry; its segments' indexes are those of the note's own objects. */
  record Entry(NotedEntry noted) implements NoteRecord {}

  /** An object that is durable at the provider, under the index that entries use. */
  record Durable(int index, StoredObject object) implements NoteRecord {}

  /** An object that is garbage once a new head stands, unless its manifest refers to it. */
  record Known(ObjectId id) implements NoteRecord {}

  /** Stands behind the header: the folder that is backed up. */
  record Source(SourceIdentity identity) implements NoteRecord {}

  /** A path that could not be read, nor anything below it, in the order of the entries. */
  record Missed(BackupPath path) implements NoteRecord {}

  /** An object that was found damaged. */
  record DamagedObject(ObjectName name) implements NoteRecord {}

  /** The sealed manifest of all entries before it. */
  record SealedManifest(StoredObject manifest) implements NoteRecord {}
}
