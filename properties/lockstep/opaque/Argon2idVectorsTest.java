package lockstep.opaque;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import lockstep.evidence.Vector;
import lockstep.secret.SecretBytes;
import lockstep.spec.Verifies;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.junit.jupiter.api.Test;

/** RFC 9106, and the key stretching of OPQ-4 as the reference implementation computes it. */
@Verifies("OPQ-4")
@Vector
class Argon2idVectorsTest {

  @Test
  void theLibraryComputesThePublishedTag() throws IOException {
    JsonNode vector = VectorFile.read("argon2id.json").get(0);
    assertThat(vector.required("source").textValue()).startsWith("RFC 9106");
    Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
    argon2.init(
        new org.bouncycastle.crypto.params.Argon2Parameters.Builder(
                org.bouncycastle.crypto.params.Argon2Parameters.ARGON2_id)
            .withVersion(org.bouncycastle.crypto.params.Argon2Parameters.ARGON2_VERSION_13)
            .withSalt(VectorFile.bytes(vector, "salt"))
            .withSecret(VectorFile.bytes(vector, "secret"))
            .withAdditional(VectorFile.bytes(vector, "associatedData"))
            .withMemoryAsKB(vector.required("memoryKib").intValue())
            .withIterations(vector.required("passes").intValue())
            .withParallelism(vector.required("lanes").intValue())
            .build());
    byte[] tag = new byte[32];
    argon2.generateBytes(VectorFile.bytes(vector, "password"), tag);
    assertThat(tag).isEqualTo(VectorFile.bytes(vector, "tag"));
  }

  @Test
  void keyStretchingComputesTheReferenceImplementationsTags() throws IOException {
    List<JsonNode> vectors =
        VectorFile.read("argon2id.json").stream()
            .filter(vector -> vector.required("source").textValue().startsWith("OPQ-4"))
            .toList();
    assertThat(vectors).hasSize(2);
    assertThat(parameters(vectors.get(0))).isEqualTo(Argon2Parameters.STANDARD);
    for (JsonNode vector : vectors) {
      KeyStretching stretching = Argon2Bounds.STANDARD.stretching(parameters(vector)).orElseThrow();
      try (SecretBytes output = VectorFile.secret(vector, "password");
          SecretBytes stretched = stretching.stretch(output)) {
        assertThat(stretched.<byte[]>expose(byte[]::clone))
            .isEqualTo(VectorFile.bytes(vector, "tag"));
      }
    }
  }

  private static Argon2Parameters parameters(JsonNode vector) {
    return new Argon2Parameters(
        vector.required("memoryKib").intValue(),
        vector.required("passes").intValue(),
        vector.required("lanes").intValue());
  }
}
