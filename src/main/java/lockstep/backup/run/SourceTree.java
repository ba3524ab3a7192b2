package lockstep.backup.run;

import java.io.IOException;
import java.util.Optional;
import lockstep.backup.notes.SourceIdentity;
import lockstep.spec.NonNormative;

/** The folder that is backed up. */
@NonNormative("a port; its adapter carries the clauses out")
public interface SourceTree {

  /**
   * Begins a walk, which the caller closes.
   *
   * @throws SourceUnavailable when the folder cannot be listed
   */
  Walk walk() throws IOException;

  /** What the folder is known by; nothing where its file system does not say. */
  default Optional<SourceIdentity> identity() throws IOException {
    return Optional.empty();
  }

  /** Gives what the folder holds in the order of a manifest (MAN-3), following no link (BAK-8). */
  interface Walk extends AutoCloseable {

    /** The next entry, or nothing at the end. */
    Optional<SourceEntry> next() throws IOException;

    @Override
    void close() throws IOException;
  }
}
