package lockstep.format;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import lockstep.keys.RootKey;
import lockstep.secret.SecretBytes;
import lockstep.vectors.FixedRandom;

/** Messages and objects that the properties of this package take apart. */
final class Messages {

  static final ObjectName NAME = new ObjectName("0123456789abcdef".repeat(2));
  static final byte[] ALICE = "alice".getBytes(StandardCharsets.UTF_8);
  static final byte[] BOB = "bob".getBytes(StandardCharsets.UTF_8);

  private Messages() {}

  static byte[] plaintext(int length) {
    byte[] bytes = new byte[length];
    new SplittableRandom(length).nextBytes(bytes);
    return bytes;
  }

  static RootKey rootKey(long seed) {
    return RootKey.random(FixedRandom.seeded(seed));
  }

  static BackupKeys keys(long seed, byte[] account) {
    try (RootKey rootKey = rootKey(seed)) {
      return BackupKeys.derive(rootKey, account);
    }
  }

  static byte[] seal(byte[] key, byte[] context, byte[] plaintext) {
    ByteArrayOutputStream sealed = new ByteArrayOutputStream();
    try (SecretBytes inputKey = SecretBytes.copyOf(key)) {
      BackupCipher.seal(
          inputKey, context, FixedRandom.seeded(42), sink -> sink.write(plaintext), sealed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sealed.toByteArray();
  }

  static byte[] open(byte[] key, byte[] context, byte[] sealed) throws IOException {
    try (SecretBytes inputKey = SecretBytes.copyOf(key);
        InputStream opened =
            BackupCipher.open(inputKey, context, NAME, new ByteArrayInputStream(sealed))) {
      return opened.readAllBytes();
    }
  }

  static byte[] write(SealedObject object) {
    ByteArrayOutputStream sealed = new ByteArrayOutputStream();
    try {
      object.writeTo(sealed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sealed.toByteArray();
  }

  /** What a message gives before it ends or is found damaged. */
  static byte[] givenOut(byte[] key, byte[] context, byte[] sealed) throws IOException {
    ByteArrayOutputStream given = new ByteArrayOutputStream();
    try (SecretBytes inputKey = SecretBytes.copyOf(key);
        InputStream opened =
            BackupCipher.open(inputKey, context, NAME, new ByteArrayInputStream(sealed))) {
      opened.transferTo(given);
      given.write(new byte[1]);
    } catch (DamagedBackup e) {
      return given.toByteArray();
    }
    return given.toByteArray();
  }
}
