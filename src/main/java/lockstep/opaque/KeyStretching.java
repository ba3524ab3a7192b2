package lockstep.opaque;

import lockstep.secret.SecretBytes;
import lockstep.spec.NonNormative;

/** RFC 9807's {@code Stretch}. The product's comes from {@link Argon2Bounds#stretching}. */
@FunctionalInterface
@NonNormative("a function; Argon2idStretching carries OPQ-4 out")
public interface KeyStretching {

  /** 32 bytes from the 32 bytes of {@code oprfOutput}, each the caller's to close. */
  SecretBytes stretch(SecretBytes oprfOutput);
}
