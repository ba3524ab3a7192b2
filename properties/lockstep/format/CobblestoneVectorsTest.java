package lockstep.format;

import static lockstep.vectors.VectorDocument.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import java.util.zip.InflaterInputStream;
import lockstep.evidence.Vector;
import lockstep.secret.Hkdf;
import lockstep.secret.SecretBytes;
import lockstep.spec.Verifies;
import lockstep.vectors.FixedRandom;
import lockstep.vectors.VectorDocument;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The payload encryption against Wycheproof's messages and another implementation's. */
@Vector
class CobblestoneVectorsTest {

  private static final ObjectName NAME = new ObjectName("0".repeat(32));

  static Stream<JsonNode> wycheproof() {
    return VectorDocument.read("wycheproof-cobblestone-256.json").tests();
  }

  static Stream<JsonNode> counter() {
    return VectorDocument.read("cobblestone-256-counter.json").tests();
  }

  @ParameterizedTest
  @MethodSource("wycheproof")
  @Verifies({"PAY-1", "PAY-2", "PAY-3", "PAY-4"})
  void wycheproofMessagesOpenOrAreRefused(JsonNode vector) throws IOException {
    byte[] sealed = inflate(bytes(vector, "ct"));
    ByteArrayOutputStream given = new ByteArrayOutputStream();
    if (vector.required("result").textValue().equals("valid")) {
      open(vector, sealed, given);
    } else if (hasFlag(vector, "InvalidKeySize")) {
      assertThatThrownBy(() -> open(vector, sealed, given))
          .isInstanceOf(IllegalArgumentException.class);
    } else {
      assertThatThrownBy(() -> open(vector, sealed, given)).isInstanceOf(DamagedBackup.class);
    }
    if (vector.required("result").textValue().equals("valid")) {
      assertThat(given.size()).isEqualTo(vector.required("msgLength").intValue());
      assertThat(sha("SHA-512", given.toByteArray())).isEqualTo(bytes(vector, "msgSha512"));
    } else {
      assertThat(given.size()).isLessThanOrEqualTo(vector.path("msgLength").intValue());
    }
  }

  @ParameterizedTest
  @MethodSource("wycheproof")
  @Verifies("PAY-1")
  void keysAndNoncesAreDerivedAsWycheproofSays(JsonNode vector) throws IOException {
    byte[] sealed = inflate(bytes(vector, "ct"));
    if (!vector.has("aeadKey")) {
      assertThat(hasFlag(vector, "HeaderFailure")).isTrue();
      return;
    }
    ByteArrayOutputStream info = new ByteArrayOutputStream();
    info.writeBytes(
        "c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\0".getBytes(StandardCharsets.US_ASCII));
    info.write(sealed, 0, 24);
    info.writeBytes(bytes(vector, "ctx"));
    try (SecretBytes key = SecretBytes.copyOf(bytes(vector, "key"));
        SecretBytes derived = Hkdf.expandSha512(key, info.toByteArray(), 76)) {
      byte[] okm = derived.expose(byte[]::clone);
      assertThat(Arrays.copyOf(okm, 32)).isEqualTo(bytes(vector, "aeadKey"));
      assertThat(Arrays.copyOfRange(okm, 32, 44)).isEqualTo(bytes(vector, "baseNonce"));
    }
  }

  @ParameterizedTest
  @MethodSource("counter")
  @Verifies({"PAY-1", "PAY-2", "PAY-5"})
  void sealingGivesWhatAnotherImplementationGives(JsonNode vector) throws IOException {
    JsonNode root = VectorDocument.read("cobblestone-256-counter.json").root();
    byte[] plaintext = new byte[vector.required("plaintextLength").intValue()];
    for (int i = 0; i < plaintext.length; i++) {
      plaintext[i] = (byte) (i % 251);
    }
    ByteArrayOutputStream sealed = new ByteArrayOutputStream();
    try (SecretBytes key = SecretBytes.copyOf(bytes(root, "key"))) {
      BackupCipher.seal(
          key,
          bytes(vector, "context"),
          FixedRandom.startingWith(bytes(root, "salt")),
          sink -> sink.write(plaintext),
          sealed);
    }
    assertThat(sealed.size()).isEqualTo(vector.required("ciphertextLength").intValue());
    assertThat(sha("SHA-256", sealed.toByteArray())).isEqualTo(bytes(vector, "ciphertextSha256"));
    if (vector.has("ciphertext")) {
      assertThat(HexFormat.of().formatHex(sealed.toByteArray()))
          .isEqualTo(vector.required("ciphertext").textValue());
    }
  }

  private static void open(JsonNode vector, byte[] sealed, ByteArrayOutputStream given)
      throws IOException {
    try (SecretBytes key = SecretBytes.copyOf(bytes(vector, "key"));
        InputStream plaintext =
            BackupCipher.open(key, bytes(vector, "ctx"), NAME, new ByteArrayInputStream(sealed))) {
      plaintext.transferTo(given);
    }
  }

  private static boolean hasFlag(JsonNode vector, String flag) {
    for (JsonNode one : vector.required("flags")) {
      if (one.textValue().equals(flag)) {
        return true;
      }
    }
    return false;
  }

  private static byte[] inflate(byte[] compressed) throws IOException {
    try (InputStream in = new InflaterInputStream(new ByteArrayInputStream(compressed))) {
      return in.readAllBytes();
    }
  }

  private static byte[] sha(String algorithm, byte[] message) {
    try {
      return MessageDigest.getInstance(algorithm).digest(message);
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
