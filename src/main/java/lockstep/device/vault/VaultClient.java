package lockstep.device.vault;

import java.io.IOException;
import lockstep.spec.NonNormative;

/**
 * The way to a vault, whatever carries the bytes. It is not trusted: what comes back is believed
 * only for the vault's signature (WIR-4).
 */
@FunctionalInterface
@NonNormative("bytes in, bytes out; who asks checks the signature")
public interface VaultClient {

  /**
   * Hands one request message to the vault and waits for its reply message.
   *
   * @throws IOException when no reply came; the request may have been carried out all the same
   */
  byte[] exchange(byte[] request) throws IOException;
}
