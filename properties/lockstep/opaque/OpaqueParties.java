package lockstep.opaque;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import lockstep.opaque.client.ClientLogin;
import lockstep.opaque.client.ClientRandomness;
import lockstep.opaque.client.ClientRegistration;
import lockstep.opaque.client.LoginResult;
import lockstep.opaque.client.Registered;
import lockstep.opaque.server.ServerLogin;
import lockstep.opaque.server.ServerRandomness;
import lockstep.opaque.server.ServerRegistration;
import lockstep.opaque.server.ServerSetup;
import lockstep.secret.Password;
import lockstep.secret.PasswordResult;
import lockstep.secret.SecretBytes;

/** One account at one vault, spoken to in encoded messages, with the identity as stretching. */
final class OpaqueParties {

  static final SecureRandom RANDOM = new SecureRandom();
  static final KeyStretching CHEAP = SecretBytes::duplicate;

  private final ServerSetup setup = ServerSetup.generate(RANDOM);
  private final byte[] vaultId = new byte[OpaqueSuite.VAULT_ID_BYTES];
  private final byte[] account;

  private OpaqueParties(byte[] account) {
    this.account = account;
    RANDOM.nextBytes(vaultId);
  }

  static OpaqueParties of(String account) {
    return new OpaqueParties(account.getBytes(StandardCharsets.UTF_8));
  }

  static Password password(String text) {
    return ((PasswordResult.Prepared) Password.prepare(text.toCharArray())).password();
  }

  static byte[] plain(SecretBytes secret) {
    return secret.expose(byte[]::clone);
  }

  ServerSetup setup() {
    return setup;
  }

  byte[] vaultId() {
    return vaultId.clone();
  }

  OpaqueIdentities identities() {
    return OpaqueIdentities.of(account, vaultId);
  }

  CredentialIdentifier identifier(long generation) {
    return CredentialIdentifier.of(account, generation);
  }

  Registered register(String password, long generation) {
    try (Password typed = password(password);
        ClientRegistration client =
            ClientRegistration.start(typed, ClientRandomness.from(RANDOM))) {
      RegistrationRequest request =
          RegistrationRequest.parse(client.request().encode()).orElseThrow();
      RegistrationResponse response =
          ServerRegistration.evaluate(setup, identifier(generation), request);
      return client.finish(
          RegistrationResponse.parse(response.encode()).orElseThrow(), identities(), CHEAP);
    }
  }

  ClientLogin client(String password) {
    try (Password typed = password(password)) {
      return ClientLogin.start(typed, ClientRandomness.from(RANDOM));
    }
  }

  ServerLogin respond(RegistrationRecord record, long generation, KE1 ke1) {
    return ServerLogin.respond(
        setup,
        RegistrationRecord.parse(record.encode()).orElseThrow(),
        identifier(generation),
        identities(),
        KE1.parse(ke1.encode()).orElseThrow(),
        ServerRandomness.from(RANDOM));
  }

  LoginResult login(String password, RegistrationRecord record, long generation) {
    ClientLogin client = client(password);
    ServerLogin server = respond(record, generation, client.request());
    return client.finish(server.response().encode(), identities(), CHEAP);
  }
}
