package lockstep.oracle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.util.Map;
import lockstep.format.BackupCipher;
import lockstep.format.DamagedBackup;
import lockstep.format.ObjectName;
import lockstep.secret.SecretBytes;

/** Payload encryption. */
final class PayloadOperations {

  private static final int KEY_BYTES = 32;
  private static final int SALT_BYTES = 24;
  private static final ObjectName UNNAMED = new ObjectName("0".repeat(32));

  private PayloadOperations() {}

  static Map<String, Operation> table(SecureRandom random) {
    return Map.of(
        "chunked.seal", input -> seal(input, random), "chunked.open", PayloadOperations::open);
  }

  private static ObjectNode seal(Fields input, SecureRandom random) throws IOException {
    byte[] context = input.bytes("context");
    byte[] plaintext = input.bytes("plaintext");
    InjectedRandom injected =
        new InjectedRandom(random).then(input.optionalBytes("salt", SALT_BYTES));
    ByteArrayOutputStream sealed = new ByteArrayOutputStream();
    try (SecretBytes key = input.secret("key", KEY_BYTES)) {
      BackupCipher.seal(key, context, injected, sink -> sink.write(plaintext), sealed);
    }
    return Fields.empty().put("ciphertext", Hex.of(sealed.toByteArray()));
  }

  private static ObjectNode open(Fields input) throws IOException {
    byte[] context = input.bytes("context");
    InputStream sealed = new ByteArrayInputStream(input.bytes("ciphertext"));
    try (SecretBytes key = input.secret("key", KEY_BYTES);
        InputStream plaintext = BackupCipher.open(key, context, UNNAMED, sealed)) {
      return Fields.empty().put("plaintext", Hex.of(plaintext.readAllBytes()));
    } catch (DamagedBackup damaged) {
      throw Unanswerable.rejected(RejectedAs.DAMAGED);
    }
  }
}
