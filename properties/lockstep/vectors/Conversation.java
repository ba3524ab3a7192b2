package lockstep.vectors;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** The messages of a transcript as they go back and forth, each signed by who must sign it. */
class Conversation {

  static final String MESSAGE = "message";
  static final String ACCOUNT = "account";
  static final String GENERATION = "generation";
  static final String AUTHORITY = "authority";

  private final Draft draft;
  private final List<Draft.Step> steps = new ArrayList<>();
  private long sequence;
  private int sent;
  private String previousHash = "00".repeat(32);

  Conversation(Draft draft) {
    this.draft = draft;
  }

  Draft draft() {
    return draft;
  }

  List<Draft.Step> steps() {
    return steps;
  }

  ObjectNode token() {
    String token =
        ask(
            "token.sign",
            Json.object(
                "messengerSeed", Sample.of("messenger seed", 32),
                "body",
                    Json.object(
                        ACCOUNT,
                        Sample.ALICE,
                        "vaultId",
                        Login.vaultId(draft),
                        "issuedAt",
                        Sample.DAY,
                        "expiresAt",
                        Sample.DAY + 300_000,
                        "random",
                        Sample.of("token random", 16))),
            "token");
    return Json.object("type", "token", "token", token);
  }

  /** A request with its authority, encoded. */
  String request(String type, Object... namesAndValues) {
    return ask("wire.encode", sent(message(type, namesAndValues)), "encoded");
  }

  /** A request that the stage's one-time key signs, encoded. */
  String signedRequest(String type, Object... namesAndValues) {
    ObjectNode blank = Json.object("type", "stageSignature", "signature", "00".repeat(64));
    ObjectNode message = Json.with(message(type, namesAndValues), AUTHORITY, blank);
    String part = draft.text("wire.encode", unsent(message), "signedPart");
    String signature =
        ask(
            "authority.stage",
            Json.object(
                "oneTimeSeed", oneTimeSeed(),
                "vaultId", Login.vaultId(draft),
                "signedPart", part),
            "signature");
    ObjectNode signed = Json.with(blank, "signature", signature);
    return ask("wire.encode", sent(Json.with(message, AUTHORITY, signed)), "encoded");
  }

  /** A message with a nonce that no other of the conversation has. */
  private ObjectNode sent(ObjectNode message) {
    sent = sent + 1;
    return WireTopics.sending(message, Sample.of("nonce " + sent, 32));
  }

  /** The same for what only shows what is to be signed: a nonce is no part of that. */
  static ObjectNode unsent(ObjectNode message) {
    return WireTopics.sending(message, "00".repeat(32));
  }

  static ObjectNode message(String type, Object... namesAndValues) {
    return Json.with(Json.object("type", type, ACCOUNT, Sample.ALICE), namesAndValues);
  }

  /** The vault signs a reply, the device checks it. */
  void reply(String request, ObjectNode message) {
    String reply =
        ask(
            "reply.sign",
            Json.object(
                "vaultSeed", Sample.of("vault seed", 32), "request", request, MESSAGE, message),
            "reply");
    step(
        "reply.verify",
        Json.object(
            "vaultPublicKey", Login.vaultPublicKey(draft), "request", request, "reply", reply));
  }

  /** The next receipt of the vault, as a field of a reply. */
  ObjectNode receipt(String kind, long generation, int charges) {
    ObjectNode body =
        Json.with(
            Replies.receiptBody(kind, ++sequence),
            GENERATION,
            generation,
            "charges",
            charges,
            "previousHash",
            previousHash);
    String encoded =
        ask(
            "receipt.sign",
            Json.object("vaultSeed", Sample.of("vault seed", 32), "body", body),
            "receipt");
    ObjectNode decoded = draft.result("receipt.decode", Json.object("receipt", encoded));
    previousHash = decoded.get("hash").textValue();
    return Json.object("body", decoded.get("body"), "signature", decoded.get("signature"));
  }

  static String oneTimeSeed() {
    return Sample.of("one-time seed", 32);
  }

  String ask(String op, ObjectNode input, String field) {
    step(op, input);
    return draft.text(op, input, field);
  }

  void step(String op, ObjectNode input) {
    steps.add(new Draft.Step(op, input));
  }
}
