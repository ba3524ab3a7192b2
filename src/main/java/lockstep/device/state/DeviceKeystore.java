package lockstep.device.state;

import com.google.crypto.tink.Aead;
import java.io.IOException;
import lockstep.spec.NonNormative;

/**
 * The device's keystore: it seals and opens for this device, and its key never leaves it (DEV-1).
 */
@FunctionalInterface
@NonNormative("a port; its adapter carries the clauses out")
public interface DeviceKeystore {

  /**
   * The cipher under the keystore's key, which is made at the first call.
   *
   * @throws IOException when the keystore cannot be read, made or understood
   */
  Aead aead() throws IOException;
}
