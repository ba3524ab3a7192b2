package lockstep.kernel;

import lockstep.spec.Decides;
import lockstep.spec.Implements;

/**
 * Lengths and nonces of Cobblestone-256 messages: a header of 56 bytes, then chunks of 16,384 bytes
 * of plaintext, each sealed with a tag of 16 bytes, the last one shorter and possibly empty.
 *
 * <p>Every plaintext length up to {@link #MAX_PLAINTEXT_BYTES} has exactly one sealed length and
 * one chunking, and every other sealed length is refused. No method overflows.
 *
 * <p>Source: C2SP chunked-encryption@v1; clauses PAY-1, PAY-2, PAY-6.
 */
@Decides("PAY-6")
@Implements("PAY-2")
public final class ChunkArithmetic {

  /** Bytes of plaintext in every chunk but the last. */
  public static final int CHUNK_BYTES = 16384;

  /** Bytes of the AES-GCM tag that ends every sealed chunk. */
  public static final int TAG_BYTES = 16;

  /** Bytes of every sealed chunk but the last. */
  public static final int SEALED_CHUNK_BYTES = 16400;

  /** Bytes before the first chunk: 24 of salt, 32 of commitment. */
  public static final int HEADER_BYTES = 56;

  /** Bytes of an AES-GCM nonce. */
  public static final int NONCE_BYTES = 12;

  /** Bytes of a nonce that no chunk's number reaches. */
  private static final int COPIED_BYTES = 4;

  /** How many chunks a message has at most, 2³⁸. */
  public static final long MAX_CHUNKS = 274877906944L;

  /** The longest plaintext, 2⁵² − 1 bytes: 2³⁸ − 1 full chunks and the longest last one. */
  public static final long MAX_PLAINTEXT_BYTES = 4503599627370495L;

  private ChunkArithmetic() {}

  /**
   * The number of chunks of a plaintext, from 1 to {@link #MAX_CHUNKS}.
   *
   * @return −1 when the length is negative or above {@link #MAX_PLAINTEXT_BYTES}
   */
  /*@ public normal_behavior
  @   requires 0 <= plaintextBytes && plaintextBytes <= MAX_PLAINTEXT_BYTES;
  @   ensures 1 <= \result && \result <= MAX_CHUNKS;
  @   ensures \result == plaintextBytes / CHUNK_BYTES + 1;
  @   ensures (\result - 1) * CHUNK_BYTES <= plaintextBytes;
  @   ensures plaintextBytes < \result * CHUNK_BYTES;
  @   assignable \strictly_nothing;
  @ also
  @ public normal_behavior
  @   requires plaintextBytes < 0 || MAX_PLAINTEXT_BYTES < plaintextBytes;
  @   ensures \result == -1;
  @   assignable \strictly_nothing;
  @*/
  public static long chunkCount(long plaintextBytes) {
    if (plaintextBytes < 0 || plaintextBytes > MAX_PLAINTEXT_BYTES) {
      return -1;
    }
    return plaintextBytes / CHUNK_BYTES + 1;
  }

  /**
   * The length in bytes of the message that seals a plaintext.
   *
   * @return −1 when the length is negative or above {@link #MAX_PLAINTEXT_BYTES}
   */
  /*@ public normal_behavior
  @   requires 0 <= plaintextBytes && plaintextBytes <= MAX_PLAINTEXT_BYTES;
  @   ensures \result == HEADER_BYTES + plaintextBytes + (plaintextBytes / CHUNK_BYTES + 1) * TAG_BYTES;
  @   ensures (\forall long p; 0 <= p && p < plaintextBytes;
  @       HEADER_BYTES + p + (p / CHUNK_BYTES + 1) * TAG_BYTES < \result);
  @   assignable \strictly_nothing;
  @ also
  @ public normal_behavior
  @   requires plaintextBytes < 0 || MAX_PLAINTEXT_BYTES < plaintextBytes;
  @   ensures \result == -1;
  @   assignable \strictly_nothing;
  @*/
  public static long sealedLength(long plaintextBytes) {
    long chunks = chunkCount(plaintextBytes);
    if (chunks < 0) {
      return -1;
    }
    return HEADER_BYTES + plaintextBytes + chunks * TAG_BYTES;
  }

  /**
   * The length in bytes of the plaintext in a message.
   *
   * @return −1 when no plaintext gives a message of that length
   */
  /*@ public normal_behavior
  @   ensures \result == -1 || (0 <= \result && \result <= MAX_PLAINTEXT_BYTES);
  @   ensures \result >= 0 ==>
  @       sealedBytes == HEADER_BYTES + \result + (\result / CHUNK_BYTES + 1) * TAG_BYTES;
  @   ensures \result == -1 ==> !(\exists long p; 0 <= p && p <= MAX_PLAINTEXT_BYTES;
  @       sealedBytes == HEADER_BYTES + p + (p / CHUNK_BYTES + 1) * TAG_BYTES);
  @   assignable \strictly_nothing;
  @*/
  public static long plaintextLength(long sealedBytes) {
    if (sealedBytes < HEADER_BYTES + TAG_BYTES) {
      return -1;
    }
    long body = sealedBytes - HEADER_BYTES;
    long fullChunks = body / SEALED_CHUNK_BYTES;
    long lastChunk = body % SEALED_CHUNK_BYTES;
    if (lastChunk < TAG_BYTES || fullChunks >= MAX_CHUNKS) {
      return -1;
    }
    return fullChunks * CHUNK_BYTES + (lastChunk - TAG_BYTES);
  }

  /**
   * Writes the nonce of a chunk: the base nonce XOR the chunk's number as a 96-bit big-endian
   * integer.
   *
   * @return false, with {@code nonce} untouched, when the number is not one of a message
   */
  /*@ public normal_behavior
  @   requires baseNonce.length == NONCE_BYTES && nonce.length == NONCE_BYTES;
  @   requires baseNonce != nonce;
  @   ensures \result <==> (0 <= chunkNumber && chunkNumber < MAX_CHUNKS);
  @   ensures \result ==> (\forall int i; 0 <= i && i < COPIED_BYTES; nonce[i] == baseNonce[i]);
  @   ensures !\result ==> (\forall int i; 0 <= i && i < NONCE_BYTES; nonce[i] == \old(nonce[i]));
  @   assignable nonce[*];
  @*/
  @Implements("PAY-1")
  public static boolean writeNonce(byte[] baseNonce, long chunkNumber, byte[] nonce) {
    if (chunkNumber < 0 || chunkNumber >= MAX_CHUNKS) {
      return false;
    }
    /*@ loop_invariant 0 <= i && i <= COPIED_BYTES;
    @ loop_invariant (\forall int j; 0 <= j && j < i; nonce[j] == baseNonce[j]);
    @ decreases COPIED_BYTES - i;
    @ assignable nonce[*];
    @*/
    for (int i = 0; i < COPIED_BYTES; i++) {
      nonce[i] = baseNonce[i];
    }
    long rest = chunkNumber;
    /*@ loop_invariant COPIED_BYTES <= k && k <= NONCE_BYTES;
    @ loop_invariant (\forall int j; 0 <= j && j < COPIED_BYTES; nonce[j] == baseNonce[j]);
    @ decreases k;
    @ assignable nonce[*];
    @*/
    for (int k = NONCE_BYTES; k > COPIED_BYTES; k--) {
      nonce[k - 1] = (byte) (baseNonce[k - 1] ^ (rest & 0xff));
      rest = rest >>> 8;
    }
    return true;
  }
}
