package lockstep.backup.notes;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32;
import lockstep.spec.Implements;

/** Reads the records of a note up to its end, or to the first that is cut or spoiled. */
@Implements("BAK-13~2")
public final class NoteReader implements AutoCloseable {

  private static final int BUFFER_BYTES = 128 * 1024;

  /** A file's segments are the longest part of any record: 20 bytes each. */
  private static final int MAX_RECORD_BYTES = 96 * 1024 * 1024;

  private final DataInputStream in;

  public NoteReader(InputStream stream) {
    this.in = new DataInputStream(new BufferedInputStream(stream, BUFFER_BYTES));
  }

  public Optional<NoteRecord> next() throws IOException {
    byte[] lengthBytes = in.readNBytes(Integer.BYTES);
    if (lengthBytes.length < Integer.BYTES) {
      return Optional.empty();
    }
    int length = ByteBuffer.wrap(lengthBytes).getInt();
    if (length < 1 || length > MAX_RECORD_BYTES) {
      return Optional.empty();
    }
    byte[] record = in.readNBytes(length);
    byte[] checksum = in.readNBytes(Integer.BYTES);
    if (record.length < length || checksum.length < Integer.BYTES) {
      return Optional.empty();
    }
    CRC32 expected = new CRC32();
    expected.update(record);
    if (ByteBuffer.wrap(checksum).getInt() != (int) expected.getValue()) {
      return Optional.empty();
    }
    try {
      return Optional.of(NoteCodec.decode(record));
    } catch (IOException | IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
