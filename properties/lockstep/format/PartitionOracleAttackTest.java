package lockstep.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import lockstep.evidence.Attack;
import lockstep.secret.Hkdf;
import lockstep.secret.SecretBytes;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.Test;

/**
 * A ciphertext made to open under two keys, so that whether a device takes it tells which half of
 * the keys its own is in. AES-GCM alone opens it under both; the header commits to one.
 */
@Verifies("PAY-3")
@Attack
class PartitionOracleAttackTest {

  private static final int BLOCK = 16;
  private static final byte[] CONTEXT = {1, 2, 3};

  private final SecureRandom random = new SecureRandom();

  @Test
  void aCiphertextForTwoKeysOpensUnderTheOneItCommitsTo() throws Exception {
    byte[] one = bytes(32);
    byte[] two = bytes(32);
    byte[] salt = bytes(ChunkCipher.SALT_BYTES);
    byte[] derivedOne = derived(one, salt);
    byte[] derivedTwo = derived(two, salt);
    byte[] chunk = forBoth(derivedOne, derivedTwo);
    assertThat(gcm(derivedOne, chunk)).hasSize(2 * BLOCK).isNotEqualTo(gcm(derivedTwo, chunk));
    for (boolean first : new boolean[] {true, false}) {
      byte[] commitment = Arrays.copyOfRange(first ? derivedOne : derivedTwo, 44, 76);
      byte[] message =
          ByteBuffer.allocate(56 + chunk.length).put(salt).put(commitment).put(chunk).array();
      assertThat(Messages.open(first ? one : two, CONTEXT, message)).hasSize(2 * BLOCK);
      assertThatThrownBy(() -> Messages.open(first ? two : one, CONTEXT, message))
          .isInstanceOf(DamagedBackup.class);
    }
  }

  /** Key, nonce and commitment, as the header's salt gives them. */
  private static byte[] derived(byte[] key, byte[] salt) throws IOException {
    byte[] label =
        "c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\0"
            .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    byte[] info =
        ByteBuffer.allocate(label.length + salt.length + CONTEXT.length)
            .put(label)
            .put(salt)
            .put(CONTEXT)
            .array();
    try (SecretBytes inputKey = SecretBytes.copyOf(key);
        SecretBytes derived = Hkdf.expandSha512(inputKey, info, 76)) {
      return derived.expose(byte[]::clone);
    }
  }

  /** What AES-GCM alone makes of the first chunk. */
  private static byte[] gcm(byte[] derived, byte[] chunk) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(derived, 0, 32, "AES"),
        new GCMParameterSpec(128, derived, 32, 12));
    return cipher.doFinal(chunk);
  }

  /** Two blocks and a tag: the second block is the one that makes both tags the same. */
  private byte[] forBoth(byte[] one, byte[] two) throws GeneralSecurityException {
    byte[] c1 = bytes(BLOCK);
    BigInteger h1 = field(aes(one, new byte[BLOCK]));
    BigInteger h2 = field(aes(two, new byte[BLOCK]));
    BigInteger first = field(c1);
    BigInteger bits = field(ByteBuffer.allocate(BLOCK).putLong(8, 8L * 2 * BLOCK).array());
    BigInteger mask1 = field(aes(one, counter(one)));
    BigInteger mask2 = field(aes(two, counter(two)));
    BigInteger difference =
        times(first, cube(h1).xor(cube(h2))).xor(times(bits, h1.xor(h2))).xor(mask1).xor(mask2);
    BigInteger second = times(difference, inverse(times(h1, h1).xor(times(h2, h2))));
    BigInteger tag =
        times(first, cube(h1)).xor(times(second, times(h1, h1))).xor(times(bits, h1)).xor(mask1);
    return ByteBuffer.allocate(3 * BLOCK).put(c1).put(block(second)).put(block(tag)).array();
  }

  private static byte[] counter(byte[] derived) {
    return ByteBuffer.allocate(BLOCK).put(derived, 32, 12).putInt(12, 1).array();
  }

  private static byte[] aes(byte[] derived, byte[] block) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
    cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(derived, 0, 32, "AES"));
    return cipher.doFinal(block);
  }

  private static BigInteger cube(BigInteger a) {
    return times(a, times(a, a));
  }

  /** The inverse in a field of 2¹²⁸ elements: the power 2¹²⁸ − 2. */
  private static BigInteger inverse(BigInteger a) {
    BigInteger result = BigInteger.ONE;
    BigInteger power = a;
    for (int i = 1; i < 128; i++) {
      power = times(power, power);
      result = times(result, power);
    }
    return result;
  }

  private static BigInteger times(BigInteger a, BigInteger b) {
    BigInteger product = BigInteger.ZERO;
    for (int i = 0; i < 128; i++) {
      product = b.testBit(i) ? product.xor(a.shiftLeft(i)) : product;
    }
    BigInteger modulus = BigInteger.ONE.shiftLeft(128).or(BigInteger.valueOf(0x87));
    for (int i = 254; i >= 128; i--) {
      product = product.testBit(i) ? product.xor(modulus.shiftLeft(i - 128)) : product;
    }
    return product;
  }

  /** GCM's block, whose first bit is the lowest power, as a polynomial. */
  private static BigInteger field(byte[] block) {
    BigInteger polynomial = BigInteger.ZERO;
    for (int i = 0; i < 128; i++) {
      if ((block[i / 8] >> (7 - i % 8) & 1) == 1) {
        polynomial = polynomial.setBit(i);
      }
    }
    return polynomial;
  }

  private static byte[] block(BigInteger polynomial) {
    byte[] block = new byte[BLOCK];
    for (int i = 0; i < 128; i++) {
      if (polynomial.testBit(i)) {
        block[i / 8] |= (byte) (1 << (7 - i % 8));
      }
    }
    return block;
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
