package lockstep.oracle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import lockstep.opaque.CredentialIdentifier;
import lockstep.opaque.KE1;
import lockstep.opaque.KE3;
import lockstep.opaque.KeyStretching;
import lockstep.opaque.OpaqueIdentities;
import lockstep.opaque.OpaqueSuite;
import lockstep.opaque.RegistrationRecord;
import lockstep.opaque.RegistrationRequest;
import lockstep.opaque.RegistrationResponse;
import lockstep.opaque.client.ClientLogin;
import lockstep.opaque.client.ClientRegistration;
import lockstep.opaque.client.LoginResult;
import lockstep.opaque.client.Registered;
import lockstep.opaque.server.ServerLogin;
import lockstep.opaque.server.ServerRegistration;
import lockstep.opaque.server.ServerSetup;
import lockstep.secret.Password;
import lockstep.secret.SecretBytes;
import lockstep.spec.Implements;

/**
 * OPAQUE-3DH (RFC 9807), message by message. A party's state between two messages is what it drew,
 * so an operation for a later message takes the earlier one's draws again, by name.
 */
final class OpaqueOperations {

  private static final int MOST_IDENTITY_BYTES = 0xffff;

  private OpaqueOperations() {}

  static Map<String, Operation> table(SecureRandom random) {
    return Map.of(
        "opaque.serverPublicKey",
        OpaqueOperations::serverPublicKey,
        "opaque.registrationRequest",
        input -> registrationRequest(input, random),
        "opaque.registrationResponse",
        OpaqueOperations::registrationResponse,
        "opaque.registrationRecord",
        input -> registrationRecord(input, random),
        "opaque.ke1",
        input -> ke1(input, random),
        "opaque.ke2",
        input -> ke2(input, random),
        "opaque.ke3",
        OpaqueOperations::ke3,
        "opaque.finish",
        OpaqueOperations::finish);
  }

  private static ObjectNode serverPublicKey(Fields input) {
    try (ServerSetup setup = setup(input)) {
      return Fields.empty().put("serverPublicKey", Hex.of(setup.publicKey().encode()));
    }
  }

  private static ObjectNode registrationRequest(Fields input, SecureRandom random) {
    ObjectNode result = Fields.empty();
    try (NamedValues values = NamedValues.of(input, result, random);
        Password password = PrimitiveOperations.password(input);
        ClientRegistration client = ClientRegistration.start(password, values)) {
      return result.put("registrationRequest", Hex.of(client.request().encode()));
    }
  }

  private static ObjectNode registrationResponse(Fields input) {
    RegistrationRequest request = input.parsed("registrationRequest", RegistrationRequest::parse);
    try (ServerSetup setup = setup(input)) {
      byte[] response = ServerRegistration.evaluate(setup, identifier(input), request).encode();
      return Fields.empty().put("registrationResponse", Hex.of(response));
    }
  }

  private static ObjectNode registrationRecord(Fields input, SecureRandom random) {
    RegistrationResponse response =
        input.parsed("registrationResponse", RegistrationResponse::parse);
    OpaqueIdentities identities = identities(input);
    KeyStretching stretching = stretching(input);
    ObjectNode result = Fields.empty();
    try (NamedValues values = NamedValues.of(input, result, random).requiring("blind");
        Password password = PrimitiveOperations.password(input);
        ClientRegistration client = ClientRegistration.start(password, values);
        Registered registered = client.finish(response, identities, stretching)) {
      return result
          .put("registrationRecord", Hex.of(registered.record().encode()))
          .put("exportKey", PrimitiveOperations.hex(registered.exportKey()));
    }
  }

  private static ObjectNode ke1(Fields input, SecureRandom random) {
    ObjectNode result = Fields.empty();
    try (NamedValues values = NamedValues.of(input, result, random);
        Password password = PrimitiveOperations.password(input);
        ClientLogin client = ClientLogin.start(password, values)) {
      return result.put("ke1", Hex.of(client.request().encode()));
    }
  }

  private static ObjectNode ke2(Fields input, SecureRandom random) {
    ObjectNode result = Fields.empty();
    try (NamedValues values = NamedValues.of(input, result, random);
        ServerLogin login = respond(input, values)) {
      return result.put("ke2", Hex.of(login.response().encode()));
    }
  }

  @Implements("ORC-3")
  private static ObjectNode ke3(Fields input) {
    byte[] ke2 = input.bytes("ke2");
    OpaqueIdentities identities = identities(input);
    KeyStretching stretching = stretching(input);
    try (NamedValues values =
            NamedValues.given(input, "blind", "clientNonce", "clientKeyshareSeed");
        Password password = PrimitiveOperations.password(input);
        ClientLogin client = ClientLogin.start(password, values)) {
      return client
          .finish(ke2, identities, stretching)
          .match(
              OpaqueOperations::authenticated,
              () -> {
                throw Unanswerable.rejected(RejectedAs.LOGIN_FAILED);
              });
    }
  }

  private static ObjectNode authenticated(LoginResult.Authenticated authenticated) {
    try (authenticated) {
      return Fields.empty()
          .put("ke3", Hex.of(authenticated.ke3().encode()))
          .put("sessionKey", PrimitiveOperations.hex(authenticated.sessionKey()))
          .put("exportKey", PrimitiveOperations.hex(authenticated.exportKey()));
    }
  }

  private static ObjectNode finish(Fields input) {
    KE3 ke3 = input.parsed("ke3", KE3::parse);
    try (NamedValues values =
            NamedValues.given(input, "maskingNonce", "serverNonce", "serverKeyshareSeed");
        ServerLogin login = respond(input, values);
        SecretBytes sessionKey =
            login.finish(ke3).orElseThrow(() -> Unanswerable.rejected(RejectedAs.WRONG_PROOF))) {
      return Fields.empty().put("sessionKey", PrimitiveOperations.hex(sessionKey));
    }
  }

  private static ServerLogin respond(Fields input, NamedValues values) {
    KE1 ke1 = input.parsed("ke1", KE1::parse);
    OpaqueIdentities identities = identities(input);
    try (ServerSetup setup = setup(input);
        RegistrationRecord record = input.parsed("registrationRecord", RegistrationRecord::parse)) {
      return ServerLogin.respond(setup, record, identifier(input), identities, ke1, values);
    }
  }

  private static ServerSetup setup(Fields input) {
    byte[] seed = input.bytes("oprfSeed", OpaqueSuite.HASH_BYTES);
    byte[] key = input.bytes("serverPrivateKey", OpaqueSuite.SCALAR_BYTES);
    byte[] joined = Arrays.copyOf(seed, ServerSetup.LENGTH_BYTES);
    System.arraycopy(key, 0, joined, seed.length, key.length);
    try (SecretBytes encoded = SecretBytes.absorb(joined)) {
      ServerSetup setup = ServerSetup.parse(encoded).orElseThrow(Unanswerable::malformed);
      return input.has("recordSecret") ? ofRecord(input, setup) : setup;
    }
  }

  /** OPQ-8's; published vectors name no record. */
  private static ServerSetup ofRecord(Fields input, ServerSetup vault) {
    try (vault;
        SecretBytes secret = input.secret("recordSecret", OpaqueSuite.SEED_BYTES)) {
      return vault.forRecord(secret);
    }
  }

  /** OPQ-3's, or any, as published vectors have. */
  private static CredentialIdentifier identifier(Fields input) {
    return input.has("credentialIdentifier")
        ? CredentialIdentifier.ofBytes(input.bytes("credentialIdentifier"))
        : CredentialIdentifier.of(input.account("account").utf8(), input.u64("generation"));
  }

  /** OPQ-2's, or any, as published vectors have. */
  private static OpaqueIdentities identities(Fields input) {
    if (!input.has("context")) {
      byte[] vaultId = input.bytes("vaultId", OpaqueSuite.VAULT_ID_BYTES);
      return OpaqueIdentities.of(input.account("account").utf8(), vaultId);
    }
    byte[] context = input.bytes("context");
    byte[] client = input.bytes("clientIdentity");
    byte[] server = input.bytes("serverIdentity");
    if (Math.max(context.length, Math.max(client.length, server.length)) > MOST_IDENTITY_BYTES) {
      throw Unanswerable.malformed();
    }
    return OpaqueIdentities.withContext(context, client, server);
  }

  /** Argon2id, or nothing at all where the request has {@code identityStretching}. */
  private static KeyStretching stretching(Fields input) {
    return input.flag("identityStretching", false)
        ? SecretBytes::duplicate
        : PrimitiveOperations.stretching(input.object("stretching"));
  }
}
