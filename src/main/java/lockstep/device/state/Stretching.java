package lockstep.device.state;

import lockstep.opaque.Argon2Bounds;
import lockstep.opaque.Argon2Parameters;
import lockstep.spec.Implements;

/**
 * Argon2id on this device.
 *
 * @param bounds what it accepts from a vault
 * @param parameters what a new record gets
 */
@Implements({"OPQ-4", "OPQ-5~2"})
public record Stretching(Argon2Bounds bounds, Argon2Parameters parameters) {

  /** The product's. */
  public static final Stretching STANDARD =
      new Stretching(Argon2Bounds.STANDARD, Argon2Parameters.STANDARD);

  /**
   * Bounds and parameters of one's own.
   *
   * @throws IllegalArgumentException when the parameters are out of the bounds
   */
  public Stretching {
    if (!bounds.accepts(parameters)) {
      throw new IllegalArgumentException("a device must accept its own parameters");
    }
  }
}
