package lockstep.conformance;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import lockstep.wire.Sha256;

/**
 * Draws that a seed decides: SHA-256 over seed and counter. The same seed makes the same schedules
 * on every machine, so that a failure can be replayed by its number.
 */
final class SeededDraws {

  private final long seed;
  private final long stream;
  private long counter;

  SeededDraws(long seed, long stream) {
    this.seed = seed;
    this.stream = stream;
  }

  /** A number from 0 to {@code bound - 1}; bounds are small, so the remainder's bias is nil. */
  int below(int bound) {
    return (int) Long.remainderUnsigned(ByteBuffer.wrap(block()).getLong(), bound);
  }

  /** True once in {@code n}. */
  boolean oneIn(int n) {
    return below(n) == 0;
  }

  <T> T of(List<T> choices) {
    return choices.get(below(choices.size()));
  }

  /** {@code bytes} bytes, 32 at most, in hex. */
  String hex(int bytes) {
    return HexFormat.of().formatHex(Arrays.copyOf(block(), bytes));
  }

  private byte[] block() {
    return Sha256.of(
            ByteBuffer.allocate(24).putLong(seed).putLong(stream).putLong(counter++).array())
        .toArray();
  }
}
