package lockstep.protocol;

import com.google.crypto.tink.Aead;
import java.io.IOException;
import lockstep.trace.Implements;

/** The device's keystore: it seals and opens for this device, and its key never leaves it. */
@FunctionalInterface
@Implements("DEV-1~1")
public interface DeviceKeystore {

  /**
   * The cipher under the keystore's key, which is made at the first call.
   *
   * @throws IOException when the keystore cannot be read, made or understood
   */
  Aead aead() throws IOException;
}
