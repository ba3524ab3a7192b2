package lockstep.format;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import lockstep.kernel.ChunkArithmetic;
import lockstep.secret.Hkdf;
import lockstep.secret.SecretBytes;
import lockstep.spec.Decides;
import lockstep.spec.Implements;

/**
 * The keys of one Cobblestone-256 message, and its chunks.
 *
 * <p>One JDK cipher, initialised anew for each chunk, on heap arrays: the JIT compiles calls of 16
 * KiB well and much longer ones badly.
 */
@Decides("PAY-1")
final class ChunkCipher {

  static final int SALT_BYTES = 24;
  static final int COMMITMENT_BYTES = 32;

  private static final int KEY_BYTES = 32;
  private static final int COMMITMENT_AT = KEY_BYTES + ChunkArithmetic.NONCE_BYTES;
  private static final int DERIVED_BYTES = COMMITMENT_AT + COMMITMENT_BYTES;
  private static final int TAG_BITS = 8 * ChunkArithmetic.TAG_BYTES;
  private static final byte[] INFO =
      "c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\0".getBytes(StandardCharsets.US_ASCII);

  private final Cipher cipher;
  private final Key key;
  private final byte[] baseNonce;
  private final byte[] nonce = new byte[ChunkArithmetic.NONCE_BYTES];
  private final byte[] commitment;

  private ChunkCipher(byte[] derived) {
    this.cipher = newCipher();
    this.key = new SecretKeySpec(derived, 0, KEY_BYTES, "AES");
    this.baseNonce = Arrays.copyOfRange(derived, KEY_BYTES, COMMITMENT_AT);
    this.commitment = Arrays.copyOfRange(derived, COMMITMENT_AT, DERIVED_BYTES);
  }

  /**
   * Derives a message's keys.
   *
   * @throws IllegalArgumentException when the input key has other than 32 bytes
   */
  static ChunkCipher derive(SecretBytes inputKey, byte[] salt, byte[] context) {
    if (inputKey.length() != KEY_BYTES) {
      throw new IllegalArgumentException("an input key has " + KEY_BYTES + " bytes");
    }
    byte[] info = Arrays.copyOf(INFO, INFO.length + salt.length + context.length);
    System.arraycopy(salt, 0, info, INFO.length, salt.length);
    System.arraycopy(context, 0, info, INFO.length + salt.length, context.length);
    try (SecretBytes derived = Hkdf.expandSha512(inputKey, info, DERIVED_BYTES)) {
      return derived.expose(ChunkCipher::new);
    }
  }

  byte[] commitment() {
    return commitment;
  }

  /**
   * Seals one chunk.
   *
   * @return how many bytes were written, 16 more than {@code length}
   * @throws IllegalStateException at the chunk that no message has
   */
  @Implements("PAY-6")
  int seal(long number, byte[] from, int offset, int length, byte[] to, int toOffset) {
    if (!ChunkArithmetic.writeNonce(baseNonce, number, nonce)) {
      throw new IllegalStateException("a message has at most 2^38 chunks");
    }
    try {
      cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
      return cipher.doFinal(from, offset, length, to, toOffset);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM does not seal", e);
    }
  }

  /**
   * Opens one chunk.
   *
   * @return how many bytes were written, or −1 when the chunk is not authentic or is one that no
   *     message has; what {@code to} holds is not to be used then
   */
  @Implements({"PAY-4", "PAY-6"})
  int open(long number, byte[] from, int offset, int length, byte[] to, int toOffset) {
    if (!ChunkArithmetic.writeNonce(baseNonce, number, nonce)) {
      return -1;
    }
    try {
      cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
      return cipher.doFinal(from, offset, length, to, toOffset);
    } catch (AEADBadTagException e) {
      return -1;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM does not open", e);
    }
  }

  private static Cipher newCipher() {
    try {
      return Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is missing", e);
    }
  }
}
