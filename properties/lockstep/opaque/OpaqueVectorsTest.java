package lockstep.opaque;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import lockstep.evidence.Vector;
import lockstep.opaque.client.ClientLogin;
import lockstep.opaque.client.ClientRegistration;
import lockstep.opaque.client.LoginResult;
import lockstep.opaque.client.Registered;
import lockstep.opaque.server.ServerLogin;
import lockstep.opaque.server.ServerRegistration;
import lockstep.opaque.server.ServerSetup;
import lockstep.secret.Password;
import lockstep.secret.PasswordResult;
import lockstep.secret.SecretBytes;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.Test;

/** RFC 9807 appendix C: the P-256 vectors, real and fake, with the identity as key stretching. */
@Verifies("OPQ-1")
@Vector
class OpaqueVectorsTest {

  @Test
  void everyRealRegistrationIsThePublishedOne() throws IOException {
    for (JsonNode vector : p256(false)) {
      JsonNode inputs = vector.required("inputs");
      JsonNode outputs = vector.required("outputs");
      try (ServerSetup setup = setup(inputs);
          Password password = password(inputs);
          ClientRegistration client =
              ClientRegistration.start(password, new FixedRandomness(inputs, "registration"))) {
        assertThat(client.request().encode()).isEqualTo(field(outputs, "registration_request"));
        RegistrationResponse response =
            ServerRegistration.evaluate(setup, identifier(inputs), client.request());
        assertThat(response.encode()).isEqualTo(field(outputs, "registration_response"));
        try (Registered registered =
            client.finish(response, identities(vector), SecretBytes::duplicate)) {
          assertThat(registered.record().encode()).isEqualTo(field(outputs, "registration_upload"));
          assertThat(plain(registered.exportKey())).isEqualTo(field(outputs, "export_key"));
        }
      }
    }
  }

  @Test
  void everyRealLoginIsThePublishedOne() throws IOException {
    for (JsonNode vector : p256(false)) {
      JsonNode inputs = vector.required("inputs");
      JsonNode outputs = vector.required("outputs");
      FixedRandomness randomness = new FixedRandomness(inputs, "login");
      try (ServerSetup setup = setup(inputs);
          RegistrationRecord record =
              RegistrationRecord.parse(field(outputs, "registration_upload")).orElseThrow();
          Password password = password(inputs);
          ClientLogin client = ClientLogin.start(password, randomness)) {
        assertThat(client.request().encode()).isEqualTo(field(outputs, "KE1"));
        try (ServerLogin server =
            ServerLogin.respond(
                setup,
                record,
                identifier(inputs),
                identities(vector),
                client.request(),
                randomness)) {
          byte[] ke2 = server.response().encode();
          assertThat(ke2).isEqualTo(field(outputs, "KE2"));
          LoginResult result = client.finish(ke2, identities(vector), SecretBytes::duplicate);
          assertThat(result).isInstanceOf(LoginResult.Authenticated.class);
          try (LoginResult.Authenticated opened = (LoginResult.Authenticated) result;
              SecretBytes serverKey = server.finish(opened.ke3()).orElseThrow()) {
            assertThat(opened.ke3().encode()).isEqualTo(field(outputs, "KE3"));
            assertThat(plain(opened.exportKey())).isEqualTo(field(outputs, "export_key"));
            assertThat(plain(opened.sessionKey())).isEqualTo(field(outputs, "session_key"));
            assertThat(plain(serverKey)).isEqualTo(field(outputs, "session_key"));
          }
        }
      }
    }
  }

  @Test
  void theFakeRecordGivesThePublishedKe2() throws IOException {
    List<JsonNode> fakes = p256(true);
    assertThat(fakes).hasSize(1);
    JsonNode vector = fakes.get(0);
    JsonNode inputs = vector.required("inputs");
    Element clientKey = Element.parse(field(inputs, "client_public_key")).orElseThrow();
    Envelope blank = Envelope.parse(new byte[Envelope.LENGTH_BYTES]).orElseThrow();
    try (ServerSetup setup = setup(inputs);
        SecretBytes maskingKey = VectorFile.secret(inputs, "masking_key");
        RegistrationRecord record = RegistrationRecord.of(clientKey, maskingKey, blank);
        ServerLogin server =
            ServerLogin.respond(
                setup,
                record,
                identifier(inputs),
                identities(vector),
                KE1.parse(field(inputs, "KE1")).orElseThrow(),
                new FixedRandomness(inputs, "login"))) {
      assertThat(server.response().encode()).isEqualTo(field(vector.required("outputs"), "KE2"));
    }
  }

  private static List<JsonNode> p256(boolean fake) throws IOException {
    List<JsonNode> matching =
        VectorFile.read("rfc9807-opaque.json").stream()
            .filter(
                entry ->
                    entry.required("config").required("OPRF").textValue().equals("P256-SHA256"))
            .filter(
                entry ->
                    entry.required("config").required("Fake").textValue().equals("True") == fake)
            .toList();
    assertThat(matching).hasSize(fake ? 1 : 2);
    return matching;
  }

  private static ServerSetup setup(JsonNode inputs) {
    byte[] seed = field(inputs, "oprf_seed");
    byte[] key = field(inputs, "server_private_key");
    byte[] joined = Arrays.copyOf(seed, ServerSetup.LENGTH_BYTES);
    System.arraycopy(key, 0, joined, seed.length, key.length);
    ServerSetup setup = ServerSetup.parse(SecretBytes.absorb(joined)).orElseThrow();
    assertThat(setup.publicKey().encode()).isEqualTo(field(inputs, "server_public_key"));
    return setup;
  }

  private static Password password(JsonNode inputs) {
    String text = new String(field(inputs, "password"), StandardCharsets.US_ASCII);
    return ((PasswordResult.Prepared) Password.prepare(text.toCharArray())).password();
  }

  private static CredentialIdentifier identifier(JsonNode inputs) {
    return CredentialIdentifier.ofBytes(field(inputs, "credential_identifier"));
  }

  /** A party without a name of its own is called by its public key (RFC 9807 section 4). */
  private static OpaqueIdentities identities(JsonNode vector) {
    JsonNode inputs = vector.required("inputs");
    byte[] client =
        inputs.has("client_identity")
            ? field(inputs, "client_identity")
            : field(vector.required("intermediates"), "client_public_key");
    byte[] server =
        inputs.has("server_identity")
            ? field(inputs, "server_identity")
            : field(inputs, "server_public_key");
    return OpaqueIdentities.withContext(
        field(vector.required("config"), "Context"), client, server);
  }

  private static byte[] field(JsonNode node, String name) {
    return VectorFile.bytes(node, name);
  }

  private static byte[] plain(SecretBytes secret) {
    return secret.expose(byte[]::clone);
  }
}
