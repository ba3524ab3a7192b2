package lockstep.backup.notes;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import lockstep.format.BackupPath;
import lockstep.format.ManifestHeader;
import lockstep.format.ObjectId;
import lockstep.format.SetName;
import lockstep.format.StoredObject;
import lockstep.spec.Decides;
import lockstep.spec.Implements;

/** A note being written, and the object table that its entries' indexes mean. */
@Decides("BAK-5")
@Implements("BAK-13~2")
public final class RunNotes implements AutoCloseable {

  private final NoteWriter writer;
  private final Map<ObjectId, Integer> indexes = new HashMap<>();
  private final int limit;
  private int count;

  /** A note of a backup, which has at most as many objects as a manifest. */
  public RunNotes(BackupNotes.Sink sink, SetName set, long backupNumber) throws IOException {
    this(sink, set, backupNumber, ManifestHeader.MAX_OBJECTS);
  }

  /** The same with room for so many objects. */
  RunNotes(BackupNotes.Sink sink, SetName set, long backupNumber, int limit) throws IOException {
    this.limit = limit;
    this.writer = new NoteWriter(sink);
    writer.add(new NoteRecord.Header(set, backupNumber));
  }

  /**
   * An index for an object that is to be made.
   *
   * @throws TooManyObjects when there is none left
   */
  @Decides("BAK-53")
  public synchronized int reserve() throws TooManyObjects {
    if (count >= limit) {
      throw new TooManyObjects();
    }
    return count++;
  }

  /** Notes that a reserved index's object is durable. */
  public synchronized void durable(int index, StoredObject object) throws IOException {
    indexes.put(object.id(), index);
    writer.add(new NoteRecord.Durable(index, object));
  }

  /** The index of an object that is durable already, noted when it is new here. */
  public synchronized int takeOver(StoredObject object) throws IOException {
    Integer known = indexes.get(object.id());
    if (known != null) {
      return known;
    }
    int index = reserve();
    durable(index, object);
    return index;
  }

  public void add(NotedEntry entry) throws IOException {
    writer.add(new NoteRecord.Entry(entry));
  }

  /** Says which folder the entries are of; before any of them. */
  public void add(SourceIdentity source) throws IOException {
    writer.add(new NoteRecord.Source(source));
  }

  /** Notes a path that could not be read, nor anything below it; in the order of the entries. */
  public void missed(BackupPath path) throws IOException {
    writer.add(new NoteRecord.Missed(path));
  }

  public void add(StoredObject sealedManifest) throws IOException {
    writer.add(new NoteRecord.SealedManifest(sealedManifest));
  }

  public void flush() throws IOException {
    writer.flush();
  }

  public void sync() throws IOException {
    writer.sync();
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
