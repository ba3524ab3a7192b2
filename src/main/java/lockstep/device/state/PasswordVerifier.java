package lockstep.device.state;

import java.security.MessageDigest;
import java.security.SecureRandom;
import lockstep.opaque.Argon2Parameters;
import lockstep.secret.Password;
import lockstep.secret.SecretBytes;
import lockstep.spec.Implements;
import lockstep.wire.Bytes;
import lockstep.wire.StretchingParameters;
import lockstep.wire.WireReader;
import lockstep.wire.WireWriter;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;

/**
 * What tells whether a password is the one meant, on this device only: Argon2id over the password
 * with a random salt. Whoever holds it can test passwords at that cost, so that it is stored
 * sealed.
 *
 * @param salt 16 random bytes
 * @param stretching the record's parameters
 * @param tag 32 bytes
 */
@Implements({"USR-6", "PWD-3"})
public record PasswordVerifier(Bytes salt, StretchingParameters stretching, Bytes tag) {

  private static final int SALT_BYTES = 16;
  private static final int TAG_BYTES = 32;

  /** A verifier for a record that this device is about to make. */
  public static PasswordVerifier of(
      Password password, Argon2Parameters parameters, SecureRandom random) {
    return of(
        password,
        new StretchingParameters(parameters.memoryKib(), parameters.passes(), parameters.lanes()),
        random);
  }

  /** A verifier for a record that is stretched like this. */
  public static PasswordVerifier of(
      Password password, StretchingParameters stretching, SecureRandom random) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    Bytes drawn = Bytes.copyOf(salt);
    return new PasswordVerifier(drawn, stretching, stretch(password, drawn, stretching));
  }

  public boolean matches(Password password) {
    return MessageDigest.isEqual(stretch(password, salt, stretching).toArray(), tag.toArray());
  }

  public void write(WireWriter writer) {
    writer.bytes(salt).bytes(stretching.encode()).bytes(tag);
  }

  public static PasswordVerifier read(WireReader reader) {
    return new PasswordVerifier(
        reader.fixed(SALT_BYTES), StretchingParameters.read(reader), reader.fixed(TAG_BYTES));
  }

  private static Bytes stretch(Password password, Bytes salt, StretchingParameters stretching) {
    Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
    argon2.init(
        new org.bouncycastle.crypto.params.Argon2Parameters.Builder(
                org.bouncycastle.crypto.params.Argon2Parameters.ARGON2_id)
            .withVersion(org.bouncycastle.crypto.params.Argon2Parameters.ARGON2_VERSION_13)
            .withSalt(salt.toArray())
            .withMemoryAsKB(stretching.memoryKib())
            .withIterations(stretching.passes())
            .withParallelism(stretching.lanes())
            .build());
    byte[] tag = new byte[TAG_BYTES];
    password.expose(bytes -> argon2.generateBytes(bytes, tag));
    Bytes result = Bytes.copyOf(tag);
    SecretBytes.wipe(tag);
    return result;
  }
}
