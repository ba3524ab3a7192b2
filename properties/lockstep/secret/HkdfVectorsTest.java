package lockstep.secret;

import static lockstep.vectors.VectorDocument.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.stream.Stream;
import lockstep.evidence.Vector;
import lockstep.spec.Verifies;
import lockstep.vectors.VectorDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** HKDF-SHA256 against RFC 5869; every label's subkey against another implementation. */
@Vector
class HkdfVectorsTest {

  static Stream<JsonNode> rfc5869() {
    return VectorDocument.read("rfc5869-hkdf-sha256.json").tests();
  }

  @ParameterizedTest
  @MethodSource("rfc5869")
  @Verifies("KEY-2")
  void extractAndExpandAreRfc5869(JsonNode vector) {
    try (SecretBytes ikm = SecretBytes.copyOf(bytes(vector, "ikm"));
        SecretBytes prk = Hkdf.extractSha256(bytes(vector, "salt"), ikm);
        SecretBytes okm =
            Hkdf.expandSha256(prk, bytes(vector, "info"), vector.required("length").intValue())) {
      assertThat(prk.<byte[]>expose(byte[]::clone)).isEqualTo(bytes(vector, "prk"));
      assertThat(okm.<byte[]>expose(byte[]::clone)).isEqualTo(bytes(vector, "okm"));
    }
  }

  @Test
  @Verifies({"KEY-2", "KEY-3~2"})
  void everyLabelHasItsSubkey() {
    VectorDocument document = VectorDocument.read("key-hierarchy.json");
    assertThat(document.tests().map(vector -> vector.required("label").textValue()))
        .containsExactlyElementsOf(Arrays.stream(KeyLabel.values()).map(KeyLabel::text).toList());
    document
        .tests()
        .forEach(
            vector -> {
              KeyLabel label =
                  Arrays.stream(KeyLabel.values())
                      .filter(l -> l.text().equals(vector.required("label").textValue()))
                      .findFirst()
                      .orElseThrow();
              try (SecretBytes parent = SecretBytes.copyOf(bytes(document.root(), "parent"));
                  SecretBytes subkey = Hkdf.derive(parent, label)) {
                assertThat(subkey.<byte[]>expose(byte[]::clone)).isEqualTo(bytes(vector, "subkey"));
              }
            });
  }
}
