package lockstep.backup.notes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import lockstep.spec.Implements;

/** Writes the records of a note, each with its length and a checksum. Safe for several threads. */
@Implements("BAK-13~2")
final class NoteWriter implements AutoCloseable {

  private static final int BUFFER_BYTES = 64 * 1024;

  private final BackupNotes.Sink sink;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int filled;

  NoteWriter(BackupNotes.Sink sink) {
    this.sink = sink;
  }

  synchronized void add(NoteRecord note) throws IOException {
    byte[] record = NoteCodec.encode(note);
    CRC32 checksum = new CRC32();
    checksum.update(record);
    put(ByteBuffer.allocate(Integer.BYTES).putInt(record.length).array());
    put(record);
    put(ByteBuffer.allocate(Integer.BYTES).putInt((int) checksum.getValue()).array());
    if (note instanceof NoteRecord.Durable) {
      flush();
    }
  }

  synchronized void flush() throws IOException {
    sink.write(buffer, 0, filled);
    filled = 0;
  }

  synchronized void sync() throws IOException {
    flush();
    sink.sync();
  }

  /** Hands everything to the operating system, then lets go. */
  @Override
  public synchronized void close() throws IOException {
    try {
      flush();
    } finally {
      sink.close();
    }
  }

  private void put(byte[] bytes) throws IOException {
    if (bytes.length > buffer.length - filled) {
      flush();
    }
    if (bytes.length > buffer.length) {
      sink.write(bytes, 0, bytes.length);
      return;
    }
    System.arraycopy(bytes, 0, buffer, filled, bytes.length);
    filled += bytes.length;
  }
}
