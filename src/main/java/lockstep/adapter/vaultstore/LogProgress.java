package lockstep.adapter.vaultstore;

import java.math.BigInteger;
import java.util.Optional;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import lockstep.wire.WireReader;
import lockstep.wire.WireWriter;

/**
 * How far a replica has applied an agreed log, and with that which entry counts next. A leader
 * numbers its proposals within its term; each number counts once, and only in an entry that was
 * appended in that very term.
 *
 * @param begun whether the replica has ever been one of its group's voters
 * @param index of the last entry applied, −1 before the first
 * @param term in which that entry was appended
 * @param highest the largest number that counted in that term, 0 before the first
 * @param counted bit n: number {@code highest − n} has counted
 * @param time the group's, in milliseconds since 1970
 */
@Decides({"REP-3", "REP-4"})
@Implements({"REP-1~2", "REP-2~2"})
record LogProgress(
    boolean begun, long index, long term, long highest, BigInteger counted, long time) {

  /** So many numbers may be under way at once: one that is older does not count any more. */
  static final int WINDOW = 1_024;

  private static final int FORMAT = 1;
  private static final int WINDOW_BYTES = WINDOW / Byte.SIZE;

  /** Of a replica that has applied nothing. */
  static LogProgress none() {
    return new LogProgress(false, -1, 0, 0, BigInteger.ZERO, 0);
  }

  /** The same of a replica that takes part in its group's votes. */
  LogProgress asBegun() {
    return new LogProgress(true, index, term, highest, counted, time);
  }

  /**
   * What an entry of the log is.
   *
   * @param index its place
   * @param term in which it was appended
   * @param proposedIn the term whose leader proposed it
   * @param number among that leader's proposals, from 1
   * @param time of the proposer's clock, in milliseconds since 1970
   */
  record Entry(long index, long term, long proposedIn, long number, long time) {}

  /** The progress once that entry is applied, or empty if it is an old one that was applied. */
  Optional<LogProgress> after(Entry entry) {
    if (entry.index() <= index) {
      return Optional.empty();
    }
    long newest = entry.term() == term ? highest : 0;
    BigInteger seen = entry.term() == term ? counted : BigInteger.ZERO;
    if (!counts(entry)) {
      return Optional.of(new LogProgress(begun, entry.index(), entry.term(), newest, seen, time));
    }
    long further = Math.max(0, entry.number() - newest);
    BigInteger moved = further >= WINDOW ? BigInteger.ZERO : seen.shiftLeft((int) further);
    long highestNow = newest + further;
    BigInteger now = moved.setBit((int) (highestNow - entry.number()));
    return Optional.of(
        new LogProgress(
            begun,
            entry.index(),
            entry.term(),
            highestNow,
            now.and(BigInteger.ONE.shiftLeft(WINDOW).subtract(BigInteger.ONE)),
            Math.max(time, entry.time())));
  }

  /** Whether that entry is to be carried out: it is new, of its own term, and its number is. */
  boolean counts(Entry entry) {
    if (entry.index() <= index || entry.proposedIn() != entry.term() || entry.number() < 1) {
      return false;
    }
    if (entry.term() != term || entry.number() > highest) {
      return true;
    }
    long back = highest - entry.number();
    return back < WINDOW && !counted.testBit((int) back);
  }

  /** The bytes in which a store keeps it. */
  @Implements("REP-1~2")
  byte[] encode() {
    byte[] bits = counted.toByteArray();
    byte[] window = new byte[WINDOW_BYTES];
    int length = Math.min(bits.length, WINDOW_BYTES);
    System.arraycopy(bits, bits.length - length, window, WINDOW_BYTES - length, length);
    return new WireWriter()
        .u8(FORMAT)
        .flag(begun)
        .u64(index + 1)
        .u64(term)
        .u64(highest)
        .bytes(window)
        .u64(time)
        .toByteArray();
  }

  /** What {@link #encode} gave, or empty. */
  static Optional<LogProgress> decode(byte[] stored) {
    return WireReader.decode(
        stored,
        in -> {
          in.require(in.u8() == FORMAT);
          return new LogProgress(
              in.flag(),
              in.u64() - 1,
              in.u64(),
              in.u64(),
              new BigInteger(1, in.bytes(WINDOW_BYTES)),
              in.u64());
        });
  }
}
