package lockstep.cli;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Bytes that look random and are the same on every run: SHA-256 over a seed and a counter. */
final class RepeatableBytes {

  private final long seed;
  private long blocks;
  private ByteBuffer block = ByteBuffer.allocate(0);

  RepeatableBytes(long seed) {
    this.seed = seed;
  }

  void nextBytes(byte[] target) {
    for (int done = 0; done < target.length; ) {
      int step = Math.min(filled().remaining(), target.length - done);
      block.get(target, done, step);
      done += step;
    }
  }

  /** A number from 0 up to, not including, {@code bound}. */
  int nextInt(int bound) {
    byte[] drawn = new byte[Long.BYTES];
    nextBytes(drawn);
    return (int) Math.floorMod(ByteBuffer.wrap(drawn).getLong(), (long) bound);
  }

  private ByteBuffer filled() {
    if (!block.hasRemaining()) {
      ByteBuffer input = ByteBuffer.allocate(2 * Long.BYTES).putLong(seed).putLong(blocks++);
      try {
        block = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(input.array()));
      } catch (NoSuchAlgorithmException impossible) {
        throw new IllegalStateException("every JDK has SHA-256", impossible);
      }
    }
    return block;
  }
}
