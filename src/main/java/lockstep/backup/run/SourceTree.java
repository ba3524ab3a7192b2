package lockstep.backup.run;

import java.io.IOException;
import java.util.Optional;
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

  /** Gives what the folder holds in the order of a manifest (MAN-3), following no link (BAK-8). */
  interface Walk extends AutoCloseable {

    /** The next entry, or nothing at the end. */
    Optional<SourceEntry> next() throws IOException;

    @Override
    void close() throws IOException;
  }
}
