package lockstep.adapter.filetree;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import lockstep.spec.Implements;

/** What the file says that stands while a tree is moved: the restore's note. */
@SuppressWarnings("ArrayRecordComponent") // never compared
@Implements("RST-3~2")
record InstallMarker(byte[] note) {

  private static final int MAGIC = 0x4c535232;

  byte[] encode() {
    return ByteBuffer.allocate(Integer.BYTES + note.length).putInt(MAGIC).put(note).array();
  }

  /** Nothing when the bytes are no marker. */
  static Optional<InstallMarker> decode(byte[] bytes) {
    return bytes.length >= Integer.BYTES && ByteBuffer.wrap(bytes).getInt() == MAGIC
        ? Optional.of(new InstallMarker(Arrays.copyOfRange(bytes, Integer.BYTES, bytes.length)))
        : Optional.empty();
  }
}
