package lockstep.vectors;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Random;

/** Randomness that a test chooses. */
public final class FixedRandom extends SecureRandom {

  private static final long serialVersionUID = 1L;

  private final Random stream;
  private byte[] first;

  private FixedRandom(byte[] first, long seed) {
    this.first = first;
    this.stream = new Random(seed);
  }

  /** These bytes first, then a stream of no account. */
  public static FixedRandom startingWith(byte[] first) {
    return new FixedRandom(first.clone(), 0);
  }

  /** A stream that depends on the seed only. */
  public static FixedRandom seeded(long seed) {
    return new FixedRandom(new byte[0], seed);
  }

  @Override
  public synchronized void nextBytes(byte[] bytes) {
    int taken = Math.min(bytes.length, first.length);
    stream.nextBytes(bytes);
    System.arraycopy(first, 0, bytes, 0, taken);
    first = Arrays.copyOfRange(first, taken, first.length);
  }
}
