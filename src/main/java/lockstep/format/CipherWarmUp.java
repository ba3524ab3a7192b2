package lockstep.format;

import java.security.MessageDigest;
import java.util.concurrent.atomic.AtomicBoolean;
import lockstep.kernel.ChunkArithmetic;
import lockstep.secret.SecretBytes;
import lockstep.spec.NonNormative;

/**
 * Makes the JVM compile the payload cipher before there is much to seal or open.
 *
 * <p>Until AES-GCM is compiled it runs interpreted, two orders of magnitude slower; short messages
 * reach the compiler's thresholds sooner than long ones. Nothing comes of it but speed.
 */
public final class CipherWarmUp {

  private static final int MESSAGES = 8_000;
  private static final int MESSAGE_BYTES = 512;
  private static final int INPUT_KEY_BYTES = 32;

  private static final AtomicBoolean SEALED = new AtomicBoolean();
  private static final AtomicBoolean OPENED = new AtomicBoolean();

  private CipherWarmUp() {}

  /** Seals zeroes under a key of zeroes, for some tenths of a second, once a process. */
  @NonNormative("speed only: no key, no data and no result of a backup passes through")
  public static void beforeSealing() {
    if (SEALED.getAndSet(true)) {
      return;
    }
    ChunkCipher cipher = throwaway();
    MessageDigest digest = Digests.sha256();
    byte[] plain = new byte[MESSAGE_BYTES];
    byte[] sealed = new byte[MESSAGE_BYTES + ChunkArithmetic.TAG_BYTES];
    for (int number = 0; number < MESSAGES; number++) {
      digest.update(sealed, 0, cipher.seal(number, plain, 0, plain.length, sealed, 0));
    }
  }

  /** Opens zeroes sealed under a key of zeroes, for some tenths of a second, once a process. */
  @NonNormative("speed only: no key, no data and no result of a restore passes through")
  public static void beforeOpening() {
    if (OPENED.getAndSet(true)) {
      return;
    }
    ChunkCipher cipher = throwaway();
    MessageDigest digest = Digests.sha256();
    byte[] plain = new byte[MESSAGE_BYTES];
    byte[] sealed = new byte[MESSAGE_BYTES + ChunkArithmetic.TAG_BYTES];
    cipher.seal(0, plain, 0, plain.length, sealed, 0);
    for (int message = 0; message < MESSAGES; message++) {
      digest.update(plain, 0, cipher.open(0, sealed, 0, sealed.length, plain, 0));
    }
  }

  private static ChunkCipher throwaway() {
    try (SecretBytes key = SecretBytes.copyOf(new byte[INPUT_KEY_BYTES])) {
      return ChunkCipher.derive(key, new byte[ChunkCipher.SALT_BYTES], new byte[0]);
    }
  }
}
