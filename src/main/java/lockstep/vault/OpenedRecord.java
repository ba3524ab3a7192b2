package lockstep.vault;

import java.util.Optional;
import lockstep.opaque.RegistrationRecord;
import lockstep.wire.Bytes;
import lockstep.wire.Request;
import lockstep.wire.StretchingParameters;
import lockstep.wire.WireReader;
import lockstep.wire.WireWriter;

/** A record in memory, unsealed for one evaluation; closed right after it. */
final class OpenedRecord implements AutoCloseable {

  private static final int WRAP_BYTES = 60;

  private final RegistrationRecord registration;
  private final Bytes wrap;
  private final int suite;
  private final StretchingParameters stretching;

  private OpenedRecord(
      RegistrationRecord registration, Bytes wrap, int suite, StretchingParameters stretching) {
    this.registration = registration;
    this.wrap = wrap;
    this.suite = suite;
    this.stretching = stretching;
  }

  /** The bytes that are sealed of a Stage, for the caller to wipe. */
  static byte[] encode(Request.Stage stage) {
    return new WireWriter()
        .bytes(stage.registrationRecord())
        .bytes(stage.wrap())
        .u16(stage.suite())
        .bytes(stage.stretching().encode())
        .toByteArray();
  }

  /** The record, or empty if the bytes are not what {@link #encode} made of a valid one. */
  static Optional<OpenedRecord> decode(byte[] encoded) {
    return WireReader.decode(
        encoded,
        in ->
            new OpenedRecord(
                in.orRefuse(RegistrationRecord.parse(in.bytes(RegistrationRecord.LENGTH_BYTES))),
                in.fixed(WRAP_BYTES),
                in.u16(),
                StretchingParameters.read(in)));
  }

  RegistrationRecord registration() {
    return registration;
  }

  /** The root key, wrapped under the client's {@code exportKey}. */
  Bytes wrap() {
    return wrap;
  }

  int suite() {
    return suite;
  }

  StretchingParameters stretching() {
    return stretching;
  }

  @Override
  public void close() {
    registration.close();
  }
}
