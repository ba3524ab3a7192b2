package lockstep.device.enrol;

import java.io.IOException;
import java.util.Optional;
import lockstep.device.state.Device;
import lockstep.device.state.DeviceSlot;
import lockstep.device.state.PasswordVerifier;
import lockstep.keys.RootKey;
import lockstep.secret.SecretBytes;
import lockstep.spec.Implements;
import lockstep.wire.AccountName;
import lockstep.wire.WireReader;
import lockstep.wire.WireWriter;

/** An enrolment under way: the root key, the generation meant, and which password was typed. */
@Implements({"ENR-3", "ENR-5~2"})
final class EnrolmentJournal implements AutoCloseable {

  private final AccountName account;
  private final RootKey rootKey;
  private final long generation;
  private final PasswordVerifier verifier;

  /** Takes over {@code rootKey}. */
  EnrolmentJournal(
      AccountName account, RootKey rootKey, long generation, PasswordVerifier verifier) {
    this.account = account;
    this.rootKey = rootKey;
    this.generation = generation;
    this.verifier = verifier;
  }

  AccountName account() {
    return account;
  }

  RootKey rootKey() {
    return rootKey;
  }

  long generation() {
    return generation;
  }

  PasswordVerifier verifier() {
    return verifier;
  }

  void remember(Device device) throws IOException {
    WireWriter writer = new WireWriter().u64(generation);
    verifier.write(writer);
    byte[] rest = writer.toByteArray();
    byte[] plaintext =
        rootKey.expose(
            key -> {
              byte[] both = new byte[key.length + rest.length];
              System.arraycopy(key, 0, both, 0, key.length);
              System.arraycopy(rest, 0, both, key.length, rest.length);
              return both;
            });
    device.write(DeviceSlot.ENROLMENT, account, plaintext);
  }

  static Optional<EnrolmentJournal> recall(Device device) throws IOException {
    return device.read(
        DeviceSlot.ENROLMENT,
        (account, encoded) ->
            WireReader.decode(
                encoded,
                reader -> {
                  byte[] key = reader.bytes(RootKey.LENGTH_BYTES);
                  long generation = reader.u64();
                  PasswordVerifier verifier = PasswordVerifier.read(reader);
                  RootKey rootKey = RootKey.copyOf(key);
                  SecretBytes.wipe(key);
                  return new EnrolmentJournal(account, rootKey, generation, verifier);
                }));
  }

  @Override
  public void close() {
    rootKey.close();
  }
}
