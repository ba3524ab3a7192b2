package lockstep.backup.notes;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import lockstep.format.SetName;
import lockstep.spec.Implements;

/**
 * Where the device keeps what it noted of its backups: a few streams for each set, of its own and
 * never shown to the provider. They hold names and stamps of the source's files, and no key.
 */
@Implements("BAK-13~2")
public interface BackupNotes {

  /** The streams of a set. */
  enum Note {
    /** The last backup whose head stands. */
    LAST,
    /** The backup whose head is about to be written. */
    NEXT,
    /** The run under way, or interrupted. */
    RUN,
    /** What runs before that one left. */
    EARLIER,
    /** RUN and EARLIER, while they are made one. */
    MERGED,
    /** The objects that the device knows to be garbage once a new head stands (BAK-17). */
    KNOWN,
    /** The same, while it is written anew. */
    KNOWN_AGAIN,
    /** The backup whose place the run takes, where its manifest had to be read for that. */
    BASE,
    /** Objects at the provider that were found damaged. */
    DAMAGED,
    /** The same with what was found now, until it takes that one's place. */
    DAMAGE_FOUND
  }

  /** The note's bytes, which the caller closes; nothing when there is none. */
  Optional<InputStream> read(SetName set, Note note) throws IOException;

  /** Begins the note anew. */
  Sink write(SetName set, Note note) throws IOException;

  /** Gives a note another's place, durably and in one step; does nothing when it is missing. */
  void rename(SetName set, Note from, Note to) throws IOException;

  /** Removes the note, if there is one. */
  void erase(SetName set, Note note) throws IOException;

  /** Removes all notes of the set. */
  default void eraseAll(SetName set) throws IOException {
    for (Note note : Note.values()) {
      erase(set, note);
    }
  }

  /** A note being written. */
  interface Sink extends AutoCloseable {

    /** Hands bytes to the operating system. */
    void write(byte[] from, int offset, int length) throws IOException;

    /** Makes everything written durable. */
    void sync() throws IOException;

    @Override
    void close() throws IOException;
  }
}
