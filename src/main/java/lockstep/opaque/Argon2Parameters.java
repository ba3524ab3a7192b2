package lockstep.opaque;

import lockstep.spec.Implements;

/**
 * What Argon2id costs; stored with the record, so that it can grow.
 *
 * @param memoryKib memory in KiB
 * @param passes iterations
 * @param lanes degree of parallelism
 */
@Implements("OPQ-4")
public record Argon2Parameters(int memoryKib, int passes, int lanes) {

  /** What a new record gets: 64 MiB, 3 passes, 4 lanes. */
  public static final Argon2Parameters STANDARD = new Argon2Parameters(65_536, 3, 4);
}
