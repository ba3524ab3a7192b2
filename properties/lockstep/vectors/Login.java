package lockstep.vectors;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A registration and a login with values of fixed names: every message, and what each step takes.
 *
 * @param draft asks the oracle
 * @param stretching its parameters
 * @param request RegistrationRequest
 * @param response RegistrationResponse
 * @param record RegistrationRecord
 * @param exportKey the registration's
 * @param ke1 KE1
 * @param ke2 KE2
 * @param ke3 KE3
 * @param sessionKey the login's
 */
record Login(
    Draft draft,
    ObjectNode stretching,
    String request,
    String response,
    String record,
    Exported exportKey,
    String ke1,
    String ke2,
    String ke3,
    Exported sessionKey) {

  private static final String PASSWORD = Sample.text("correct horse");

  /** A key of a test, in hex. */
  record Exported(String hex) {}

  static Login of(Draft draft, ObjectNode stretching) {
    Exported none = new Exported("");
    Login login = new Login(draft, stretching, "", "", "", none, "", "", "", none);
    login = login.with(draft.text("opaque.registrationRequest", login.registering(), REQUEST), "");
    login = login.with(login.request, draft.text(RESPONDING, login.responding(), RESPONSE));
    ObjectNode recorded = draft.result("opaque.registrationRecord", login.recording());
    String ke1 = draft.text("opaque.ke1", login.beginning(), "ke1");
    login =
        new Login(
            draft,
            stretching,
            login.request,
            login.response,
            recorded.get(RECORD).textValue(),
            new Exported(recorded.get("exportKey").textValue()),
            ke1,
            "",
            "",
            none);
    login = login.with(draft.text("opaque.ke2", login.answering(), "ke2"), "", none);
    ObjectNode finished = draft.result("opaque.ke3", login.finishing());
    return login.with(
        login.ke2,
        finished.get("ke3").textValue(),
        new Exported(finished.get("sessionKey").textValue()));
  }

  private static final String REQUEST = "registrationRequest";
  private static final String RESPONSE = "registrationResponse";
  private static final String RESPONDING = "opaque.registrationResponse";
  private static final String RECORD = "registrationRecord";

  private Login with(String request, String response) {
    return new Login(
        draft, stretching, request, response, record, exportKey, ke1, ke2, ke3, sessionKey);
  }

  private Login with(String ke2, String ke3, Exported sessionKey) {
    return new Login(
        draft, stretching, request, response, record, exportKey, ke1, ke2, ke3, sessionKey);
  }

  ObjectNode registering() {
    return Json.object("password", PASSWORD, "blind", Sample.of("registration blind", 32));
  }

  ObjectNode responding() {
    return Json.with(server(), REQUEST, request);
  }

  ObjectNode recording() {
    return Json.with(
        registering(),
        "envelopeNonce",
        Sample.of("envelope nonce", 32),
        RESPONSE,
        response,
        "account",
        Sample.ALICE,
        "vaultId",
        vaultId(),
        "stretching",
        stretching);
  }

  ObjectNode beginning() {
    return Json.object(
        "password", PASSWORD,
        "blind", Sample.of("login blind", 32),
        "clientNonce", Sample.of("client nonce", 32),
        "clientKeyshareSeed", Sample.of("client keyshare seed", 32));
  }

  ObjectNode answering() {
    return Json.with(
        server(),
        RECORD,
        record,
        "vaultId",
        vaultId(),
        "ke1",
        ke1,
        "maskingNonce",
        Sample.of("masking nonce", 32),
        "serverNonce",
        Sample.of("server nonce", 32),
        "serverKeyshareSeed",
        Sample.of("server keyshare seed", 32));
  }

  /** A KE2 whose MAC is right, of a record with a bit of the envelope's tag flipped. */
  String ke2OfForgedEnvelope() {
    ObjectNode forged = Mutation.flip(RECORD, -1).applyTo(answering());
    return draft.text("opaque.ke2", forged, "ke2");
  }

  ObjectNode finishing() {
    return Json.with(
        beginning(),
        "ke2",
        ke2,
        "account",
        Sample.ALICE,
        "vaultId",
        vaultId(),
        "stretching",
        stretching);
  }

  ObjectNode accepting() {
    return Json.with(answering(), "ke3", ke3);
  }

  /** What lies between RegistrationResponse and the record. */
  ObjectNode stretched() {
    return stretched(Sample.of("registration blind", 32), response);
  }

  /** What lies between KE2 and KE3. */
  ObjectNode stretchedAtLogin() {
    return stretched(Sample.of("login blind", 32), ke2);
  }

  private ObjectNode stretched(String blind, String message) {
    String output =
        draft.text(
            "oprf.finalize",
            Json.object(
                "input", PASSWORD,
                "blind", blind,
                "evaluatedElement", message.substring(0, 2 * 33)),
            "output");
    return Json.object(
        "oprfOutput",
        output,
        "stretched",
        draft.text("argon2id", Json.object("oprfOutput", output, "stretching", stretching), "tag"));
  }

  /** The public key of the vault in all vectors. */
  static String vaultPublicKey(Draft draft) {
    return draft.text(
        "ed25519.publicKey", Json.object("seed", Sample.of("vault seed", 32)), "publicKey");
  }

  private String vaultId() {
    return vaultId(draft);
  }

  static String vaultId(Draft draft) {
    return draft.text("vault.id", Json.object("vaultPublicKey", vaultPublicKey(draft)), "vaultId");
  }

  private static ObjectNode server() {
    return Json.object(
        "oprfSeed",
        Sample.of("oprf seed", 32),
        "serverPrivateKey",
        Sample.of("server private key", 32),
        "account",
        Sample.ALICE,
        "generation",
        1);
  }
}
