package lockstep.opaque;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import lockstep.evidence.Vector;
import lockstep.secret.SecretBytes;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.Test;

/** RFC 9497 appendix A.3.1: P256-SHA256, mode OPRF. */
@Verifies("OPR-1")
@Vector
class OprfVectorsTest {

  @Test
  void theSeedDerivesTheKey() throws IOException {
    JsonNode suite = suite();
    String info = new String(VectorFile.bytes(suite, "keyInfo"), StandardCharsets.US_ASCII);
    try (SecretBytes seed = VectorFile.secret(suite, "seed");
        Scalar key = Oprf.deriveKey(seed, info);
        SecretBytes encoded = key.encode()) {
      assertThat(encoded.<byte[]>expose(byte[]::clone)).isEqualTo(VectorFile.bytes(suite, "skSm"));
    }
  }

  @Test
  void everyEvaluationIsThePublishedOne() throws IOException {
    JsonNode suite = suite();
    assertThat(suite.required("vectors")).hasSize(2);
    for (JsonNode vector : suite.required("vectors")) {
      byte[] input = VectorFile.bytes(vector, "Input");
      try (Scalar key = VectorFile.scalar(suite, "skSm");
          Scalar blind = VectorFile.scalar(vector, "Blind")) {
        Element blinded = Oprf.blind(input, blind);
        assertThat(blinded.encode()).isEqualTo(VectorFile.bytes(vector, "BlindedElement"));
        Element evaluated = Oprf.evaluate(key, blinded);
        assertThat(evaluated.encode()).isEqualTo(VectorFile.bytes(vector, "EvaluationElement"));
        try (SecretBytes output = Oprf.finish(input, blind, evaluated)) {
          assertThat(output.<byte[]>expose(byte[]::clone))
              .isEqualTo(VectorFile.bytes(vector, "Output"));
        }
      }
    }
  }

  private static JsonNode suite() throws IOException {
    List<JsonNode> matching =
        VectorFile.read("rfc9497-oprf.json").stream()
            .filter(entry -> entry.required("identifier").textValue().equals("P256-SHA256"))
            .filter(entry -> entry.required("mode").intValue() == 0)
            .toList();
    assertThat(matching).hasSize(1);
    return matching.get(0);
  }
}
