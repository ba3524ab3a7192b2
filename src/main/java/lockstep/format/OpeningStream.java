package lockstep.format;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import lockstep.kernel.ChunkArithmetic;
import lockstep.spec.Decides;
import lockstep.spec.Implements;

/**
 * Opens a message chunk by chunk and gives out authenticated bytes only.
 *
 * <p>A batch is opened whole before any of it is given out. Every full chunk but the last fills its
 * place, so a batch that comes up short is the end of the sealed stream, and what is left of it
 * after the full chunks is the last chunk. Once damage is found, every further read finds it again.
 */
@Decides("PAY-4")
@Implements("PAY-2")
final class OpeningStream extends InputStream {

  private static final int CHUNK = ChunkArithmetic.CHUNK_BYTES;
  private static final int SEALED_CHUNK = ChunkArithmetic.SEALED_CHUNK_BYTES;

  private final ChunkCipher cipher;
  private final InputStream sealed;
  private final ObjectName name;
  private final byte[] batch = new byte[SealingStream.BATCH * SEALED_CHUNK];
  private final byte[] plaintext = new byte[SealingStream.BATCH * CHUNK];
  private int position;
  private int limit;
  private long chunkNumber;
  private boolean lastOpened;
  private boolean damaged;

  OpeningStream(ChunkCipher cipher, InputStream sealed, ObjectName name) {
    this.cipher = cipher;
    this.sealed = sealed;
    this.name = name;
  }

  @Override
  public int read() throws IOException {
    return ready() ? plaintext[position++] & 0xff : -1;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!ready()) {
      return -1;
    }
    int given = Math.min(length, limit - position);
    System.arraycopy(plaintext, position, to, offset, given);
    position += given;
    return given;
  }

  /** Forgets the plaintext that is held back and closes the sealed stream. */
  @Override
  public void close() throws IOException {
    Arrays.fill(plaintext, (byte) 0);
    position = limit;
    sealed.close();
  }

  /** Whether there is a byte to give out; false only after the last chunk has been opened. */
  private boolean ready() throws IOException {
    if (damaged) {
      throw new DamagedBackup(name);
    }
    if (position == limit && !lastOpened) {
      openBatch();
    }
    return position < limit;
  }

  private void openBatch() throws IOException {
    int filled = sealed.readNBytes(batch, 0, batch.length);
    int full = filled / SEALED_CHUNK;
    int opened = 0;
    for (int i = 0; i < full; i++) {
      opened += openChunk(i * SEALED_CHUNK, SEALED_CHUNK, opened);
    }
    if (filled < batch.length) {
      int lastLength = filled % SEALED_CHUNK;
      if (lastLength < ChunkArithmetic.TAG_BYTES) {
        throw damage();
      }
      opened += openChunk(full * SEALED_CHUNK, lastLength, opened);
      lastOpened = true;
    }
    position = 0;
    limit = opened;
  }

  private int openChunk(int offset, int length, int opened) throws IOException {
    int plain = cipher.open(chunkNumber, batch, offset, length, plaintext, opened);
    if (plain < 0) {
      throw damage();
    }
    chunkNumber++;
    return plain;
  }

  private DamagedBackup damage() {
    damaged = true;
    Arrays.fill(plaintext, (byte) 0);
    return new DamagedBackup(name);
  }
}
