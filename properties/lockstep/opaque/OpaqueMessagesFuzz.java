package lockstep.opaque;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Optional;
import java.util.function.Function;
import lockstep.opaque.client.ClientLogin;
import lockstep.opaque.client.LoginResult;
import lockstep.opaque.client.Registered;
import lockstep.opaque.server.ServerLogin;
import lockstep.spec.Verifies;

/** Whatever the other side sends is refused or is the one encoding of what was read. */
@Verifies({"OPR-2", "ENC-2"})
class OpaqueMessagesFuzz {

  private static final OpaqueParties PARTIES = OpaqueParties.of("alice");
  private static final Registered REGISTERED = PARTIES.register("correct horse", 1);

  @FuzzTest
  void registrationRequest(byte[] bytes) {
    readBackOrRefused(
        bytes,
        RegistrationRequest.LENGTH_BYTES,
        input -> RegistrationRequest.parse(input).map(Message::encode));
  }

  @FuzzTest
  void registrationResponse(byte[] bytes) {
    readBackOrRefused(
        bytes,
        RegistrationResponse.LENGTH_BYTES,
        input -> RegistrationResponse.parse(input).map(Message::encode));
  }

  @FuzzTest
  void registrationRecord(byte[] bytes) {
    readBackOrRefused(
        bytes,
        RegistrationRecord.LENGTH_BYTES,
        input -> RegistrationRecord.parse(input).map(RegistrationRecord::encode));
  }

  /** A record that the client made up is answered like any other. */
  @FuzzTest
  void recordUnderLogin(byte[] bytes) {
    RegistrationRecord.parse(bytes)
        .ifPresent(
            record ->
                assertThat(PARTIES.login("correct horse", record, 1))
                    .isEqualTo(new LoginResult.Failed()));
  }

  @FuzzTest
  void ke1(byte[] bytes) {
    readBackOrRefused(bytes, KE1.LENGTH_BYTES, input -> KE1.parse(input).map(Message::encode));
    KE1.parse(bytes)
        .ifPresent(
            ke1 -> {
              try (ServerLogin server = PARTIES.respond(REGISTERED.record(), 1, ke1)) {
                assertThat(server.response().encode()).hasSize(KE2.LENGTH_BYTES);
              }
            });
  }

  @FuzzTest
  void ke2(byte[] bytes) {
    readBackOrRefused(bytes, KE2.LENGTH_BYTES, input -> KE2.parse(input).map(Message::encode));
    try (ClientLogin client = PARTIES.client("correct horse")) {
      assertThat(client.finish(bytes, PARTIES.identities(), OpaqueParties.CHEAP))
          .isEqualTo(new LoginResult.Failed());
    }
  }

  @FuzzTest
  void ke3(byte[] bytes) {
    readBackOrRefused(bytes, KE3.LENGTH_BYTES, input -> KE3.parse(input).map(Message::encode));
  }

  private static void readBackOrRefused(
      byte[] bytes, int lengthBytes, Function<byte[], Optional<byte[]>> reencode) {
    Optional<byte[]> again = reencode.apply(bytes);
    if (bytes.length != lengthBytes) {
      assertThat(again).isEmpty();
    }
    again.ifPresent(encoded -> assertThat(encoded).isEqualTo(bytes));
  }
}
