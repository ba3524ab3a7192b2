package lockstep.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.SecureRandom;
import lockstep.kernel.ChunkArithmetic;
import lockstep.secret.SecretBytes;
import lockstep.spec.Implements;

/**
 * Cobblestone-256: C2SP chunked-encryption@v1 with HKDF-Expand over SHA-512 and AES-256-GCM.
 *
 * <p>A message is a salt of 24 bytes, a commitment of 32, and chunks of 16,384 bytes of plaintext
 * with a tag of 16 bytes each, the last one shorter. Memory is constant: 256 KiB towards either
 * stream. Neither stream is closed, except that closing an opened one closes its source.
 */
@Implements("PAY-1")
public final class BackupCipher {

  private BackupCipher() {}

  /**
   * Seals everything that {@code plaintext} writes.
   *
   * @param inputKey 32 bytes
   * @param random where the salt is drawn from
   * @throws IOException when the source or {@code sealed} fails; what was written does not open
   * @throws IllegalStateException when the plaintext reaches 2⁵² bytes
   */
  @Implements("PAY-5")
  public static void seal(
      SecretBytes inputKey,
      byte[] context,
      SecureRandom random,
      ContentSource plaintext,
      OutputStream sealed)
      throws IOException {
    byte[] salt = new byte[ChunkCipher.SALT_BYTES];
    random.nextBytes(salt);
    ChunkCipher cipher = ChunkCipher.derive(inputKey, salt, context);
    sealed.write(salt);
    sealed.write(cipher.commitment());
    SealingStream stream = new SealingStream(cipher, sealed);
    try {
      plaintext.writeTo(stream);
      stream.finish();
    } finally {
      stream.wipe();
    }
  }

  /**
   * Reads the header of a message and gives a stream of its plaintext.
   *
   * <p>The stream gives out bytes of authenticated chunks only, and its end only after the last
   * chunk; every failure of that, and of the commitment, is {@link DamagedBackup}.
   *
   * @param inputKey 32 bytes
   * @param name what a {@link DamagedBackup} says
   * @throws DamagedBackup when the header is cut or does not commit to this key and context
   */
  @Implements("PAY-3")
  public static InputStream open(
      SecretBytes inputKey, byte[] context, ObjectName name, InputStream sealed)
      throws IOException {
    byte[] salt = sealed.readNBytes(ChunkCipher.SALT_BYTES);
    byte[] commitment = sealed.readNBytes(ChunkCipher.COMMITMENT_BYTES);
    if (salt.length + commitment.length < ChunkArithmetic.HEADER_BYTES) {
      throw new DamagedBackup(name);
    }
    ChunkCipher cipher = ChunkCipher.derive(inputKey, salt, context);
    if (!MessageDigest.isEqual(cipher.commitment(), commitment)) {
      throw new DamagedBackup(name);
    }
    return new OpeningStream(cipher, sealed, name);
  }
}
