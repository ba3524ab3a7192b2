package lockstep.format;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import lockstep.spec.Decides;
import lockstep.spec.Implements;

/** What an object's encryption is bound to. */
@Decides("OBJ-1")
@Implements("ENC-1")
final class ObjectContext {

  private static final byte[] LABEL = "lockstep/v1/object".getBytes(StandardCharsets.US_ASCII);

  private ObjectContext() {}

  static byte[] encode(byte[] account, ObjectKind kind, long backupNumber, ObjectId id) {
    return ByteBuffer.allocate(
            LABEL.length + 2 + account.length + 1 + Long.BYTES + ObjectId.LENGTH_BYTES)
        .put(LABEL)
        .putShort((short) account.length)
        .put(account)
        .put((byte) kind.code())
        .putLong(backupNumber)
        .put(id.bytes())
        .array();
  }
}
