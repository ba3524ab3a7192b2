package lockstep.opaque;

import java.util.Optional;
import lockstep.spec.Decides;

/**
 * What a client accepts from a vault, both ends included. The only way from parameters to a {@link
 * KeyStretching}, so that none is computed unchecked.
 *
 * @param floor the least memory, passes and lanes
 * @param ceiling the most
 */
@Decides("OPQ-5~2")
public record Argon2Bounds(Argon2Parameters floor, Argon2Parameters ceiling) {

  /** 64 MiB to 192 MiB, 3 to 20 passes, 1 to 16 lanes. */
  public static final Argon2Bounds STANDARD =
      new Argon2Bounds(new Argon2Parameters(65_536, 3, 1), new Argon2Parameters(196_608, 20, 16));

  // RFC 9106 section 3.1: at least 8 KiB a lane, one pass, one lane.
  private static final int MINIMUM_KIB_PER_LANE = 8;

  /**
   * Bounds of one's own.
   *
   * @throws IllegalArgumentException unless every accepted combination is one that RFC 9106 allows
   */
  public Argon2Bounds {
    if (floor.passes() < 1
        || floor.lanes() < 1
        || floor.memoryKib() < MINIMUM_KIB_PER_LANE * (long) ceiling.lanes()) {
      throw new IllegalArgumentException("bounds beyond RFC 9106");
    }
  }

  /** Whether every one of {@code parameters} is within the bounds. */
  public boolean accepts(Argon2Parameters parameters) {
    return within(parameters.memoryKib(), floor.memoryKib(), ceiling.memoryKib())
        && within(parameters.passes(), floor.passes(), ceiling.passes())
        && within(parameters.lanes(), floor.lanes(), ceiling.lanes());
  }

  /** Argon2id with {@code parameters}; empty when they are out of bounds. */
  public Optional<KeyStretching> stretching(Argon2Parameters parameters) {
    return accepts(parameters) ? Optional.of(new Argon2idStretching(parameters)) : Optional.empty();
  }

  private static boolean within(int value, int least, int most) {
    return value >= least && value <= most;
  }
}
