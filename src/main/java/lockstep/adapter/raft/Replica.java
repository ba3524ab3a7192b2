package lockstep.adapter.raft;

import java.io.IOException;
import java.nio.file.Path;
import lockstep.spec.NonNormative;

/** What the entries of an agreed log are applied to, on each node. */
@NonNormative("a port; its adapter carries the clauses out")
public interface Replica {

  /** Whether this node has ever taken part in its group, durably. */
  boolean hasBegun();

  /** Records, durably, that this node takes part from now on. */
  void begin() throws IOException;

  /**
   * Applies one entry; what it changes, and that it was applied, is durable when this returns. One
   * that was applied before changes nothing.
   *
   * @param term in which it was appended
   * @param index its place in the log
   * @throws IOException if it could not be applied: the node must not go on
   */
  void apply(long term, long index, byte[] entry) throws IOException;

  /** Writes what has been applied so far into a new file; durable when this returns. */
  void copyTo(Path file) throws IOException;

  /** Becomes what {@link #copyTo} wrote on another node, unless it is as far as that already. */
  void catchUp(Path file) throws IOException;
}
