package lockstep.vectors;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A Cobblestone-256 message as somebody who has the key would seal it who departs from PAY-1 in one
 * point. It shares no code with the product.
 */
final class ForgedMessage {

  static final int SALT_BYTES = 24;
  static final int COMMITMENT_BYTES = 32;
  static final int HEADER_BYTES = SALT_BYTES + COMMITMENT_BYTES;
  static final int CHUNK_BYTES = 16_384;
  static final int SEALED_CHUNK_BYTES = CHUNK_BYTES + 16;

  private static final int NONCE_BYTES = 12;

  String suite = "c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM";
  String label;
  byte[] salt;
  byte[] context;
  byte[] associatedData = {};
  int chunkBytes = CHUNK_BYTES;
  int tagBits = 128;
  long firstChunk;
  boolean commits = true;
  boolean littleEndian;

  ForgedMessage(String label, byte[] salt, byte[] context) {
    this.label = label;
    this.salt = salt;
    this.context = context;
  }

  /** The salt, the commitment and the chunks. */
  byte[] seal(byte[] rootKey, byte[] plaintext) {
    byte[] key = subkey(rootKey, label);
    byte[] derived = expand("HmacSHA512", key, join(ascii(suite), new byte[1], salt, context), 76);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(salt);
    out.writeBytes(Arrays.copyOfRange(derived, 44, commits ? 76 : 44));
    int from = 0;
    boolean last = false;
    for (long number = firstChunk; !last; number++) {
      int length = Math.min(chunkBytes, plaintext.length - from);
      last = length < chunkBytes;
      out.writeBytes(chunk(derived, number, Arrays.copyOfRange(plaintext, from, from + length)));
      from += length;
    }
    return out.toByteArray();
  }

  private byte[] chunk(byte[] derived, long number, byte[] plaintext) {
    byte[] nonce = Arrays.copyOfRange(derived, 32, 44);
    for (int i = 0; i < Long.BYTES; i++) {
      int place = littleEndian ? NONCE_BYTES - Long.BYTES + i : NONCE_BYTES - 1 - i;
      nonce[place] ^= (byte) (number >> (8 * i));
    }
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      SecretKeySpec key = new SecretKeySpec(derived, 0, 32, "AES");
      cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(tagBits, nonce));
      cipher.updateAAD(associatedData);
      return cipher.doFinal(plaintext);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }

  /** A subkey of KEY-2. */
  static byte[] subkey(byte[] rootKey, String label) {
    byte[] extracted = hmac("HmacSHA256", new byte[32], rootKey);
    byte[] info = join(new byte[] {(byte) label.length()}, ascii(label));
    return expand("HmacSHA256", extracted, info, 32);
  }

  static byte[] mac(byte[] key, byte[] message) {
    return hmac("HmacSHA256", key, message);
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /** {@code bytes16}. */
  static byte[] withLength(byte[] bytes) {
    return join(ByteBuffer.allocate(2).putShort((short) bytes.length).array(), bytes);
  }

  private static byte[] expand(String algorithm, byte[] key, byte[] info, int length) {
    byte[] last = {};
    byte[] all = {};
    for (int i = 1; all.length < length; i++) {
      last = hmac(algorithm, key, join(last, info, new byte[] {(byte) i}));
      all = join(all, last);
    }
    return Arrays.copyOf(all, length);
  }

  private static byte[] hmac(String algorithm, byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key, algorithm));
      return mac.doFinal(message);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }
}
