package lockstep.adapter.device;

import java.io.IOException;
import lockstep.spec.Implements;

/** The keystore's file is there and is no keyset; nothing was overwritten. */
@Implements("DEV-2")
public final class KeystoreDamaged extends IOException {

  private static final long serialVersionUID = 1L;

  KeystoreDamaged(Throwable cause) {
    super("the device's keystore is damaged", cause);
  }
}
