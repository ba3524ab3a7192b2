package lockstep.backup.notes;

import lockstep.format.SetName;
import lockstep.format.StoredObject;
import lockstep.spec.Implements;

/** One record of a note. */
@Implements("BAK-13~1")
sealed interface NoteRecord {

  /** Stands first. */
  record Header(SetName set, long backupNumber) implements NoteRecord {}

  /** An entry; its segments' indexes are those of the note's own objects. */
  record Entry(NotedEntry noted) implements NoteRecord {}

  /** An object that is durable at the provider, under the index that entries use. */
  record Durable(int index, StoredObject object) implements NoteRecord {}

  /** The sealed manifest of all entries before it. */
  record SealedManifest(StoredObject manifest) implements NoteRecord {}
}
