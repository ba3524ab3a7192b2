package lockstep.opaque.client;

import lockstep.opaque.RegistrationRecord;
import lockstep.secret.SecretBytes;
import lockstep.spec.Implements;

/**
 * A finished registration; closing it closes both.
 *
 * @param record what the vault is to keep
 * @param exportKey 32 bytes that only the password brings back
 */
@Implements("OPQ-1")
public record Registered(RegistrationRecord record, SecretBytes exportKey)
    implements AutoCloseable {

  @Override
  public void close() {
    record.close();
    exportKey.close();
  }
}
