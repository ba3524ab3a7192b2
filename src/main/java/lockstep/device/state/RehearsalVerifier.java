package lockstep.device.state;

import java.io.IOException;
import java.util.Optional;
import lockstep.spec.Implements;
import lockstep.wire.AccountName;
import lockstep.wire.WireReader;
import lockstep.wire.WireWriter;

/** The verifier of the password in force, with the generation that it belongs to. */
@Implements("USR-6")
public record RehearsalVerifier(long generation, PasswordVerifier verifier) {

  public void remember(Device device, AccountName account) throws IOException {
    WireWriter writer = new WireWriter().u64(generation);
    verifier.write(writer);
    device.write(DeviceSlot.REHEARSAL, account, writer.toByteArray());
  }

  public static Optional<RehearsalVerifier> recall(Device device) throws IOException {
    return device.read(
        DeviceSlot.REHEARSAL,
        (account, encoded) ->
            WireReader.decode(
                encoded,
                reader -> new RehearsalVerifier(reader.u64(), PasswordVerifier.read(reader))));
  }
}
