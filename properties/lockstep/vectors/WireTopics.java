package lockstep.vectors;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import lockstep.oracle.RejectedAs;

/** Every message between device and vault. */
final class WireTopics {

  private static final String ENCODED = "encoded";
  private static final String SIGNATURE = Sample.of("signature", 64);
  private static final ObjectNode TOKEN = Json.object("type", "token", "token", "0102030405");

  private WireTopics() {}

  static void wire(Draft draft) {
    Map<String, String> decoded = new LinkedHashMap<>();
    for (ObjectNode request : requests()) {
      String type = request.get("type").textValue();
      ObjectNode sending = sending(request, Sample.of("nonce", 32));
      draft.valid("WIR-1 ENC-1", type, "wire.encode", sending);
      String encoded = draft.text("wire.encode", sending, ENCODED);
      decoded.put(
          type,
          draft.valid(
              "WIR-1 ENC-2", type + ", decoded", "wire.decode", Json.object(ENCODED, encoded)));
    }
    for (ObjectNode reply : Replies.all()) {
      String type = reply.get("type").textValue();
      ObjectNode encoding = Json.object("message", reply, "signature", SIGNATURE);
      draft.valid("WIR-2 ENC-1", type, "wire.encode", encoding);
      String encoded = draft.text("wire.encode", encoding, ENCODED);
      decoded.put(
          type,
          draft.valid(
              "WIR-2 ENC-2", type + ", decoded", "wire.decode", Json.object(ENCODED, encoded)));
    }
    for (Map.Entry<String, String> one : decoded.entrySet()) {
      malformed(draft, one.getValue(), Mutation.append(ENCODED, "00"), one.getKey());
      malformed(draft, one.getValue(), Mutation.cut(ENCODED, 1), one.getKey());
    }
    inEveryMessage(draft, valid(decoded, "disable"));
    inSome(draft, decoded);
    oneRuleAlone(draft, valid(decoded, "restartPending"));
  }

  /** What is an encoding of its fields but for the one rule. */
  private static void oneRuleAlone(Draft draft, String withoutReceipt) {
    draft.negative(
        withoutReceipt,
        "WIR-2",
        RejectedAs.MALFORMED,
        Mutation.replacePart(
            ENCODED,
            "00" + SIGNATURE,
            "01" + SIGNATURE,
            "a receipt of no length with a byte in it"),
        "only the length of a missing receipt is looked at");
    String longest =
        draft.valid(
            "WIR-3",
            "a message of 16,384 bytes",
            "wire.decode",
            Json.object(ENCODED, disable(16_384)));
    draft.negative(
        longest,
        "WIR-3",
        RejectedAs.MALFORMED,
        Mutation.replace(ENCODED, disable(16_385), "a token that is a byte longer"),
        "a message of 16,385 bytes is read");
  }

  /** A message of so many bytes, with a token that fills it. */
  private static String disable(int bytes) {
    String start = "02300005" + Sample.text(Sample.ALICE) + "01";
    String nonce = Sample.of("nonce", 32);
    int token = bytes - start.length() / 2 - 2 - nonce.length() / 2;
    return start + String.format(Locale.ROOT, "%04x", token) + "07".repeat(token) + nonce;
  }

  /** What {@code wire.encode} is given for a request. */
  static ObjectNode sending(ObjectNode request, String nonce) {
    return Json.object("message", request, "nonce", nonce);
  }

  private static void inEveryMessage(Draft draft, String disable) {
    String name = "0005" + Sample.text(Sample.ALICE);
    String start = "0230" + name;
    Object[][] changes = {
      {start, "0130" + name, "version 1"},
      {start, "0330" + name, "version 3"},
      {start, "0030" + name, "version 0"},
      {start, "023f" + name, "a tag of no message"},
      {name, "0000", "an empty account name"},
      {name, "0005" + "616c69ff65", "an account name that is no UTF-8"},
      {name, "0005" + "616c690765", "an account name with a control character"},
      {name, "0006" + "616c69c28563", "an account name with a control character above U+007F"},
      {name, "ffff" + Sample.text(Sample.ALICE), "a length beyond the message"},
      {name + "01", name + "05", "an authority of no kind"},
      {name + "010005", name + "010006", "a token longer than the message"}
    };
    for (Object[] one : changes) {
      malformed(
          draft,
          disable,
          Mutation.replacePart(ENCODED, (String) one[0], (String) one[1], (String) one[2]),
          "a message");
    }
    malformed(draft, disable, Mutation.replace(ENCODED, "", "nothing"), "a message");
    malformed(draft, disable, Mutation.replace(ENCODED, "02", "the version alone"), "a message");
  }

  private static void inSome(Draft draft, Map<String, String> decoded) {
    String name = "0005" + Sample.text(Sample.ALICE);
    malformed(
        draft,
        valid(decoded, "activate"),
        Mutation.replacePart(
            ENCODED, name + "00000000", name + "80000000", "a generation above 2^63"),
        "activate");
    malformed(
        draft,
        valid(decoded, "stage"),
        Mutation.replacePart(ENCODED, "000100010000", "000180010000", "memory above 2^31"),
        "stage");
    malformed(
        draft,
        valid(decoded, "conflict"),
        Mutation.replacePart(ENCODED, "02e501", "02e507", "a reason of no kind"),
        "conflict");
    malformed(
        draft,
        valid(decoded, "conflict"),
        Mutation.replacePart(ENCODED, "02e501", "02e500", "a reason of no kind"),
        "conflict");
    malformed(
        draft,
        valid(decoded, "statusReport"),
        Mutation.replacePart(ENCODED, "028201", "028204", "a record state of no kind"),
        "statusReport");
    String ke2 = Sample.of("KE2", 259);
    malformed(
        draft,
        valid(decoded, "evaluated"),
        Mutation.replacePart(ENCODED, "01" + ke2, "02" + ke2, "a flag that is neither 0 nor 1"),
        "evaluated");
  }

  private static String valid(Map<String, String> decoded, String type) {
    String id = decoded.get(type);
    if (id == null) {
      throw new IllegalStateException("no message " + type);
    }
    return id;
  }

  private static void malformed(Draft draft, String sibling, Mutation mutation, String type) {
    draft.negative(
        sibling,
        "ENC-2",
        RejectedAs.MALFORMED,
        mutation,
        type + " is decoded all the same: " + mutation.detail());
  }

  /** One of each request, with each kind of authority. */
  static List<ObjectNode> requests() {
    List<ObjectNode> all = new ArrayList<>(List.of(registration()));
    all.addAll(List.of(others()));
    return all;
  }

  private static ObjectNode[] registration() {
    ObjectNode stage =
        Json.object("type", "stageSignature", "signature", Sample.of("stage signature", 64));
    ObjectNode signature = commandSignature();
    ObjectNode mac =
        Json.object(
            "type", "sessionMac",
            "sessionId", Sample.of("session id", 16),
            "mac", Sample.of("mac", 32));
    return new ObjectNode[] {
      request("challenge"),
      request(
          "status",
          "knownSequence",
          9,
          "knownHash",
          Sample.of("known receipt", 32),
          "authority",
          signature),
      request(
          "register",
          "generation",
          1,
          "oneTimeKey",
          Sample.of("one-time key", 32),
          "registrationRequest",
          Sample.of("request", 33),
          "authority",
          TOKEN),
      stageRequest(stage),
      request("confirm", "generation", 1, "ke1", Sample.of("KE1", 98), "authority", stage),
      request("activate", "generation", 1, "authority", mac)
    };
  }

  private static ObjectNode[] others() {
    ObjectNode signature = commandSignature();
    return new ObjectNode[] {
      request("attempt", "ke1", Sample.of("KE1", 98), "authority", TOKEN),
      request("finish", "sessionId", Sample.of("session id", 16), "ke3", Sample.of("KE3", 32)),
      request("abandon", "sessionId", Sample.of("session id", 16)),
      request("disable", "authority", TOKEN),
      request("restart", "authority", TOKEN),
      request("completeRestart", "authority", TOKEN),
      request("mark", "backupNumber", 7, "digest", Sample.of("digest", 32), "authority", signature)
    };
  }

  private static ObjectNode stageRequest(ObjectNode stage) {
    return request(
        "stage",
        "generation",
        1,
        "registrationRecord",
        Sample.of("record", 129),
        "wrap",
        Sample.of("wrap", 60),
        "commandKey",
        Sample.of("command key", 32),
        "keyProof",
        Sample.of("key proof", 64),
        "suite",
        1,
        "stretching",
        Json.object("memoryKib", 65_536, "passes", 3, "lanes", 4),
        "authority",
        stage);
  }

  private static ObjectNode commandSignature() {
    return Json.object(
        "type", "commandSignature",
        "challenge", Sample.of("challenge", 32),
        "signature", Sample.of("command signature", 64));
  }

  private static ObjectNode request(String type, Object... namesAndValues) {
    return Json.with(Json.object("type", type, "account", Sample.ALICE), namesAndValues);
  }
}
