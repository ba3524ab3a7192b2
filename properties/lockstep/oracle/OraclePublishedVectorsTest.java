package lockstep.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import lockstep.evidence.Vector;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.Test;

/** Published vectors, asked through the oracle's operations. */
@Vector
class OraclePublishedVectorsTest {

  private static final String SUITE = "P256-SHA256";

  private final Asking oracle = new Asking();

  @Test
  @Verifies("KEY-2")
  void rfc5869() throws IOException {
    for (JsonNode test : read("rfc5869-hkdf-sha256.json").get("tests")) {
      ObjectNode input = inputOf(test, "ikm", "salt", "info");
      input.set("length", test.get("length"));
      assertThat(oracle.result("hkdf", input).get("okm")).isEqualTo(test.get("okm"));
    }
  }

  @Test
  @Verifies("OPR-1")
  void rfc9497() throws IOException {
    for (JsonNode suite : read("rfc9497-oprf.json")) {
      if (!suite.get("identifier").asText().equals(SUITE) || suite.get("mode").asInt() != 0) {
        continue;
      }
      for (JsonNode test : suite.get("vectors")) {
        String text = test.get("Input").asText();
        String blind = test.get("Blind").asText();
        assertThat(oracle.result("oprf.blind", Asking.input("input", text, "blind", blind)))
            .isEqualTo(Asking.input("blindedElement", test.get("BlindedElement").asText()));
        String evaluated = test.get("EvaluationElement").asText();
        assertThat(
                oracle.result(
                    "oprf.evaluate",
                    Asking.input(
                        "privateKey",
                        suite.get("skSm").asText(),
                        "blindedElement",
                        test.get("BlindedElement").asText())))
            .isEqualTo(Asking.input("evaluatedElement", evaluated));
        assertThat(
                oracle.result(
                    "oprf.finalize",
                    Asking.input("input", text, "blind", blind, "evaluatedElement", evaluated)))
            .isEqualTo(Asking.input("output", test.get("Output").asText()));
      }
    }
  }

  @Test
  @Verifies({"OPQ-1", "ORC-5"})
  void rfc9807() throws IOException {
    List<JsonNode> real =
        StreamSupport.stream(read("rfc9807-opaque.json").spliterator(), false)
            .filter(one -> one.get("config").get("OPRF").asText().equals(SUITE))
            .filter(one -> one.get("config").get("Fake").asText().equals("False"))
            .toList();
    assertThat(real).hasSize(2);
    for (JsonNode vector : real) {
      registration(vector);
      login(vector);
    }
  }

  private void registration(JsonNode vector) {
    JsonNode in = vector.get("inputs");
    JsonNode out = vector.get("outputs");
    ObjectNode client =
        Asking.input(
            "password",
            in.get("password").asText(),
            "blind",
            in.get("blind_registration").asText());
    assertThat(oracle.result("opaque.registrationRequest", client).get("registrationRequest"))
        .isEqualTo(out.get("registration_request"));
    ObjectNode server = server(in);
    server.set("registrationRequest", out.get("registration_request"));
    assertThat(oracle.result("opaque.registrationResponse", server).get("registrationResponse"))
        .isEqualTo(out.get("registration_response"));
    client.setAll(identities(vector));
    client.put("identityStretching", true);
    client.set("envelopeNonce", in.get("envelope_nonce"));
    client.set("registrationResponse", out.get("registration_response"));
    JsonNode record = oracle.result("opaque.registrationRecord", client);
    assertThat(record.get("registrationRecord")).isEqualTo(out.get("registration_upload"));
    assertThat(record.get("exportKey")).isEqualTo(out.get("export_key"));
  }

  private void login(JsonNode vector) {
    JsonNode in = vector.get("inputs");
    JsonNode out = vector.get("outputs");
    ObjectNode client =
        Asking.input(
            "password", in.get("password").asText(),
            "blind", in.get("blind_login").asText(),
            "clientNonce", in.get("client_nonce").asText(),
            "clientKeyshareSeed", in.get("client_keyshare_seed").asText());
    assertThat(oracle.result("opaque.ke1", client).get("ke1")).isEqualTo(out.get("KE1"));
    ObjectNode server = server(in);
    server.setAll(identities(vector));
    server.set("registrationRecord", out.get("registration_upload"));
    server.set("ke1", out.get("KE1"));
    server.set("maskingNonce", in.get("masking_nonce"));
    server.set("serverNonce", in.get("server_nonce"));
    server.set("serverKeyshareSeed", in.get("server_keyshare_seed"));
    assertThat(oracle.result("opaque.ke2", server).get("ke2")).isEqualTo(out.get("KE2"));
    client.setAll(identities(vector));
    client.put("identityStretching", true);
    client.set("ke2", out.get("KE2"));
    JsonNode finished = oracle.result("opaque.ke3", client);
    assertThat(finished.get("ke3")).isEqualTo(out.get("KE3"));
    assertThat(finished.get("exportKey")).isEqualTo(out.get("export_key"));
    server.set("ke3", out.get("KE3"));
    assertThat(oracle.result("opaque.finish", server).get("sessionKey"))
        .isEqualTo(out.get("session_key"))
        .isEqualTo(finished.get("sessionKey"));
  }

  @Test
  @Verifies({"PAY-1", "ORC-3"})
  void sealedMessagesOfOthersOpenAndTheirFaultyOnesAreDamaged() throws IOException {
    JsonNode file = read("cobblestone-256-counter.json");
    for (JsonNode test : file.get("tests")) {
      if (!test.has("ciphertext") || test.get("plaintextLength").asInt() != 0) {
        continue;
      }
      ObjectNode input =
          Asking.input(
              "key", file.get("key").asText(),
              "context", test.get("context").asText(),
              "ciphertext", test.get("ciphertext").asText());
      assertThat(oracle.result("chunked.open", input)).isEqualTo(Asking.input("plaintext", ""));
      input.put("context", test.get("context").asText() + "00");
      assertThat(oracle.ask("chunked.open", input)).isEqualTo(Asking.input("rejected", "Damaged"));
    }
  }

  private static ObjectNode server(JsonNode in) {
    return Asking.input(
        "oprfSeed", in.get("oprf_seed").asText(),
        "serverPrivateKey", in.get("server_private_key").asText(),
        "credentialIdentifier", in.get("credential_identifier").asText());
  }

  private static ObjectNode identities(JsonNode vector) {
    JsonNode in = vector.get("inputs");
    JsonNode client =
        in.has("client_identity")
            ? in.get("client_identity")
            : vector.get("intermediates").get("client_public_key");
    JsonNode server =
        in.has("server_identity") ? in.get("server_identity") : in.get("server_public_key");
    return Asking.input(
        "context", vector.get("config").get("Context").asText(),
        "clientIdentity", client.asText(),
        "serverIdentity", server.asText());
  }

  private static ObjectNode inputOf(JsonNode test, String... names) {
    ObjectNode input = Asking.input();
    for (String name : names) {
      input.set(name, test.get(name));
    }
    return input;
  }

  private static JsonNode read(String name) throws IOException {
    Path file = Path.of(System.getProperty("lockstep.basedir", "."), "spec", "vectors", name);
    return new ObjectMapper().readTree(file.toFile());
  }
}
