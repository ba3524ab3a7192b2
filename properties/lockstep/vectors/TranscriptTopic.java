package lockstep.vectors;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The whole protocol, message after message, with every random value given: what each side
 * computes, sends and checks. Wrap and release were made once, since a library draws the nonce of
 * the one and the vault that of the other.
 */
final class TranscriptTopic extends Conversation {

  private static final String WRAP =
      "f159a4db061f16d9c070d0b3d53bdcc064d98beb9e7b8b5feaa048b68431b18d04ecc1e9652470e3"
          + "44e422b53dca461cb26760749eaa913fe46e0557";
  private static final String RELEASE =
      "54735923178a1fc090575d3d07a5790af51698c7cec028448d9c273623c184175a9f22f88b592a74"
          + "b9437a3d68fdd51e5e39dfb50fd53e117eb6726d3ec93ef11956ec97ccc3ce6ef1476e511f2a9a1b"
          + "fee1478534701ed9d196dab466c9f8464c679f0722be31272359fba4523646478dfb82f8f965fd82"
          + "1e4a09b7f35bbaf417e06d1dc7cf3806";
  private static final String ROOT = Sample.of("root key", 32);
  private static final String SESSION_ID = Sample.of("session id", 16);
  private static final ObjectNode STRETCHING =
      Json.object("memoryKib", 128, "passes", 1, "lanes", 1);
  private static final ObjectNode POLICY =
      Json.object("attempts", 5, "rounds", 2, "waitMillis", 86_400_000);

  private final Login login;

  private TranscriptTopic(Draft draft) {
    super(draft);
    this.login = Login.of(draft, OpaqueTopic.CHEAP);
  }

  static void transcripts(Draft draft) {
    TranscriptTopic enrolment = new TranscriptTopic(draft);
    enrolment.enrol();
    draft.story(
        "ENR-3 STG-3 STG-7 STG-9 AUT-5 AUT-6 WIR-1 WIR-2 WIR-4 RCP-1",
        "an enrolment: register, stage, confirm, finish, activate",
        enrolment.steps());
    TranscriptTopic restore = new TranscriptTopic(draft);
    restore.restore();
    draft.story(
        "SES-1 SES-6 SES-8 WRP-1 WRP-2 HED-2 RST-6",
        "a new device: attempt, finish, release, root key, head, objects",
        restore.steps());
    TranscriptTopic wrong = new TranscriptTopic(draft);
    wrong.wrongPassword();
    draft.story(
        "OPQ-6 SES-7", "a wrong password: no KE3, and the session is abandoned", wrong.steps());
  }

  private void enrol() {
    String commandKey =
        ask(
            "ed25519.publicKey",
            Json.object(
                "seed",
                ask(
                    "keys.derive",
                    Json.object("parent", ROOT, "label", "lockstep/v1/command-signature"),
                    "key")),
            "publicKey");
    String oneTimeKey = ask("ed25519.publicKey", Json.object("seed", oneTimeSeed()), "publicKey");
    register(oneTimeKey);
    stage(commandKey, oneTimeKey);
    ask("opaque.ke1", login.beginning(), "ke1");
    String confirm = signedRequest("confirm", GENERATION, 1, "ke1", login.ke1());
    evaluate(confirm, 4, Json.object());
    finish("confirmed", 1);
    activate();
  }

  private void register(String oneTimeKey) {
    ask("opaque.registrationRequest", login.registering(), "registrationRequest");
    String register =
        request(
            "register",
            GENERATION,
            1,
            "oneTimeKey",
            oneTimeKey,
            "registrationRequest",
            login.request(),
            AUTHORITY,
            token());
    ask("opaque.registrationResponse", login.responding(), "registrationResponse");
    reply(
        register,
        Json.object(
            "type",
            "registered",
            "registrationResponse",
            login.response(),
            "policy",
            POLICY,
            "expiresAt",
            Sample.DAY + 600_000,
            "receipt",
            receipt("stageReserved", 1, 1)));
  }

  private void stage(String commandKey, String oneTimeKey) {
    ask("opaque.registrationRecord", login.recording(), "registrationRecord");
    String keyProof =
        ask(
            "authority.keyProof",
            Json.object(
                "rootKey",
                ROOT,
                "vaultId",
                Login.vaultId(draft()),
                "oneTimeKey",
                oneTimeKey,
                ACCOUNT,
                Sample.ALICE,
                GENERATION,
                1),
            "signature");
    String stage =
        signedRequest(
            "stage",
            GENERATION,
            1,
            "registrationRecord",
            login.record(),
            "wrap",
            WRAP,
            "commandKey",
            commandKey,
            "keyProof",
            keyProof,
            "suite",
            1,
            "stretching",
            STRETCHING);
    reply(stage, Json.object("type", "staged"));
  }

  private void activate() {
    ObjectNode blank =
        Json.object("type", "sessionMac", "sessionId", SESSION_ID, "mac", "00".repeat(32));
    String part =
        draft()
            .text(
                "wire.encode",
                unsent(message("activate", GENERATION, 1, AUTHORITY, blank)),
                "signedPart");
    String mac =
        ask(
            "authority.session",
            Json.object(
                "sessionKey",
                login.sessionKey().hex(),
                "vaultId",
                Login.vaultId(draft()),
                "sessionId",
                SESSION_ID,
                "signedPart",
                part),
            "mac");
    String activate = request("activate", GENERATION, 1, AUTHORITY, Json.with(blank, "mac", mac));
    reply(activate, Json.object("type", "activated", "receipt", receipt("enrolled", 1, 0)));
  }

  private void restore() {
    ask("opaque.ke1", login.beginning(), "ke1");
    String attempt = request("attempt", "ke1", login.ke1(), AUTHORITY, token());
    evaluate(attempt, 4, Json.object("receipt", receipt("attempt", 1, 1)));
    finish("unlocked", 1);
    ask(
        "release.open",
        Json.object(
            "sessionKey", login.sessionKey().hex(), "sessionId", SESSION_ID, "release", RELEASE),
        "wrap");
    ask(
        "rootkey.unwrap",
        Json.with(
            WrapTopic.binding(draft()),
            "stretching",
            STRETCHING,
            "exportKey",
            login.exportKey().hex(),
            "wrap",
            WRAP),
        "rootKey");
    RestoreTopics.Chain chain = RestoreTopics.Chain.of(draft());
    ask("backup.names", Json.object("rootKey", ROOT, ACCOUNT, Sample.ALICE), "setName");
    step("head.open", Json.object("rootKey", ROOT, ACCOUNT, Sample.ALICE, "head", chain.head(3)));
    step("restore.verify", Json.with(chain.offered(), "mark", chain.mark(3)));
  }

  private void wrongPassword() {
    ObjectNode typed = Json.with(login.finishing(), "password", Sample.text("wrong horse"));
    step("opaque.ke3", typed);
    request("abandon", "sessionId", SESSION_ID);
  }

  /** KE2, the reply with it, and what the device makes of it. */
  private void evaluate(String request, int remaining, ObjectNode receipt) {
    ask("opaque.ke2", login.answering(), "ke2");
    ObjectNode evaluated =
        Json.object(
            "type",
            "evaluated",
            "sessionId",
            SESSION_ID,
            GENERATION,
            1,
            "suite",
            1,
            "stretching",
            STRETCHING,
            "policy",
            POLICY,
            "attemptsRemaining",
            remaining,
            "lockedUntil",
            0,
            "finalSession",
            false,
            "ke2",
            login.ke2());
    evaluated.setAll(receipt);
    reply(request, evaluated);
    step("opaque.ke3", login.finishing());
  }

  private void finish(String kind, long generation) {
    String finish = request("finish", "sessionId", SESSION_ID, "ke3", login.ke3());
    step("opaque.finish", login.accepting());
    reply(
        finish,
        Json.object(
            "type", "released", "release", RELEASE, "receipt", receipt(kind, generation, 0)));
  }
}
