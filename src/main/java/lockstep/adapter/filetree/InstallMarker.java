package lockstep.adapter.filetree;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lockstep.spec.Implements;

/**
 * What the file says that stands while a tree is moved: the restore's note, and the modes of
 * directories that must be writable to be moved and are not to stay so.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
@Implements("RST-3~1")
record InstallMarker(byte[] note, List<Closed> closed) {

  private static final int MAGIC = 0x4c535231;

  /** A directory at the top whose owner may not write to it. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Closed(byte[] name, int mode) {}

  byte[] encode() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(MAGIC);
    out.writeShort(note.length);
    out.write(note);
    out.writeInt(closed.size());
    for (Closed directory : closed) {
      out.writeShort(directory.name().length);
      out.write(directory.name());
      out.writeShort(directory.mode());
    }
    return bytes.toByteArray();
  }

  /** Nothing when the bytes are no marker. */
  static Optional<InstallMarker> decode(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    try {
      if (in.readInt() != MAGIC) {
        return Optional.empty();
      }
      byte[] note = in.readNBytes(in.readUnsignedShort());
      int count = in.readInt();
      List<Closed> closed = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        closed.add(new Closed(in.readNBytes(in.readUnsignedShort()), in.readUnsignedShort()));
      }
      return Optional.of(new InstallMarker(note, closed));
    } catch (EOFException cut) {
      return Optional.empty();
    }
  }
}
