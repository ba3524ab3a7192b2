package lockstep.opaque;

import lockstep.secret.SecretBytes;
import lockstep.trace.Implements;

/** RFC 9807's {@code Stretch}. The product's comes from {@link Argon2Bounds#stretching}. */
@FunctionalInterface
@Implements("OPQ-4~1")
public interface KeyStretching {

  /** 32 bytes from the 32 bytes of {@code oprfOutput}, each the caller's to close. */
  SecretBytes stretch(SecretBytes oprfOutput);
}
