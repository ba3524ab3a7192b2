package lockstep.backup.notes;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import lockstep.format.BackupPath;
import lockstep.spec.Implements;

/** Goes through the entries of a sorted note, once, forwards. */
@Implements("BAK-13~2")
public final class NoteCursor implements AutoCloseable {

  private final NoteReader reader;
  private Optional<NotedEntry> current;

  private NoteCursor(NoteReader reader) throws IOException {
    this.reader = reader;
    this.current = Optional.empty();
    advance();
  }

  public static NoteCursor over(Optional<InputStream> stream) throws IOException {
    return new NoteCursor(new NoteReader(stream.orElseGet(InputStream::nullInputStream)));
  }

  /** The entry at hand; nothing at the end. */
  public Optional<NotedEntry> current() {
    return current;
  }

  /** Goes to the next entry. */
  public void advance() throws IOException {
    for (Optional<NoteRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
      if (next.get() instanceof NoteRecord.Entry entry) {
        current = Optional.of(entry.noted());
        return;
      }
    }
    current = Optional.empty();
  }

  /** The entry of that path, if there is one; paths must be asked for in ascending order. */
  Optional<NotedEntry> find(BackupPath path) throws IOException {
    while (current.isPresent() && current.get().entry().path().compareTo(path) < 0) {
      advance();
    }
    return current.filter(noted -> noted.entry().path().equals(path));
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
