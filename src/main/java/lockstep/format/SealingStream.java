package lockstep.format;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import lockstep.kernel.ChunkArithmetic;
import lockstep.spec.Decides;

/**
 * Seals what is written to it, chunk by chunk.
 *
 * <p>The message ends with {@link #finish} and in no other way: a writer that fails midway leaves
 * no last chunk, and so nothing that opens. Full chunks are sealed straight from the caller's
 * array.
 */
@Decides("PAY-2")
final class SealingStream extends OutputStream {

  /** Chunks that are handed on together. */
  static final int BATCH = 16;

  private static final int CHUNK = ChunkArithmetic.CHUNK_BYTES;
  private static final int SEALED_CHUNK = ChunkArithmetic.SEALED_CHUNK_BYTES;

  private final ChunkCipher cipher;
  private final OutputStream sealed;
  private final byte[] chunk = new byte[CHUNK];
  private final byte[] batch = new byte[BATCH * SEALED_CHUNK];
  private int chunkFilled;
  private int batchFilled;
  private long chunkNumber;

  SealingStream(ChunkCipher cipher, OutputStream sealed) {
    this.cipher = cipher;
    this.sealed = sealed;
  }

  @Override
  public void write(int value) throws IOException {
    chunk[chunkFilled++] = (byte) value;
    if (chunkFilled == CHUNK) {
      sealChunk(chunk, 0, CHUNK);
      chunkFilled = 0;
    }
  }

  @Override
  public void write(byte[] from, int offset, int length) throws IOException {
    int next = offset;
    int rest = length;
    while (rest > 0) {
      if (chunkFilled == 0 && rest >= CHUNK) {
        sealChunk(from, next, CHUNK);
        next += CHUNK;
        rest -= CHUNK;
        continue;
      }
      int taken = Math.min(rest, CHUNK - chunkFilled);
      System.arraycopy(from, next, chunk, chunkFilled, taken);
      chunkFilled += taken;
      next += taken;
      rest -= taken;
      if (chunkFilled == CHUNK) {
        sealChunk(chunk, 0, CHUNK);
        chunkFilled = 0;
      }
    }
  }

  /** Seals the last chunk and hands everything on; nothing is to be written afterwards. */
  void finish() throws IOException {
    sealChunk(chunk, 0, chunkFilled);
    handOn();
  }

  /** Forgets the plaintext that is held back. */
  void wipe() {
    Arrays.fill(chunk, (byte) 0);
  }

  private void handOn() throws IOException {
    sealed.write(batch, 0, batchFilled);
    batchFilled = 0;
  }

  private void sealChunk(byte[] from, int offset, int length) throws IOException {
    if (batch.length - batchFilled < SEALED_CHUNK) {
      handOn();
    }
    batchFilled += cipher.seal(chunkNumber, from, offset, length, batch, batchFilled);
    chunkNumber++;
  }
}
