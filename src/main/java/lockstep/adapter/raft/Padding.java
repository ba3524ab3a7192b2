package lockstep.adapter.raft;

import lockstep.spec.Implements;

/**
 * Entries that fill a segment of the log and say nothing else: the segment that is open cannot be
 * dropped. Two of them do not fit into one, so that nothing from before the first stands in the
 * segment of the second.
 */
@Implements("REP-8~2")
enum Padding {
  /** An entry of the replica's. */
  NONE(0),
  /** The first of a cut. */
  FIRST(1),
  /** The second. */
  SECOND(2);

  private static final int BYTES = LogProperties.SEGMENT_BYTES - 4 * 1024;

  /** No entry of a replica's begins with it. */
  private static final byte MARK = 0;

  private final int code;

  Padding(int code) {
    this.code = code;
  }

  /** The content of such an entry. */
  byte[] content() {
    byte[] content = new byte[BYTES];
    content[0] = MARK;
    content[1] = (byte) code;
    return content;
  }

  /** What an entry is. */
  static Padding of(byte[] content) {
    if (content.length != BYTES || content[0] != MARK) {
      return NONE;
    }
    return content[1] == SECOND.code ? SECOND : FIRST;
  }
}
