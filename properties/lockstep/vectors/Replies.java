package lockstep.vectors;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** One of each reply. */
final class Replies {

  private static final long LOCK = Sample.DAY + 86_400_000L;
  private static final ObjectNode POLICY =
      Json.object("attempts", 5, "rounds", 2, "waitMillis", 86_400_000);

  private Replies() {}

  static List<ObjectNode> all() {
    List<ObjectNode> all = new ArrayList<>(List.of(answers()));
    all.addAll(List.of(refusals()));
    return all;
  }

  private static ObjectNode[] answers() {
    ObjectNode receipt =
        Json.object("body", receiptBody("attempt", 4), "signature", Sample.of("receipt", 64));
    return new ObjectNode[] {
      Json.object("type", "challenged", "challenge", Sample.of("challenge", 32)),
      status(),
      Json.object(
          "type",
          "registered",
          "registrationResponse",
          Sample.of("response", 66),
          "policy",
          POLICY,
          "expiresAt",
          Sample.DAY + 600_000,
          "receipt",
          receipt),
      Json.object("type", "staged"),
      Json.object("type", "activated", "receipt", receipt),
      Json.with(evaluated(), "receipt", receipt),
      evaluated(),
      Json.object("type", "released", "release", Sample.of("release", 136), "receipt", receipt),
      Json.object("type", "ended", "attemptsRemaining", 3, "lockedUntil", 0),
      Json.object("type", "disabled", "receipt", receipt),
      Json.object("type", "restartPending", "completesAt", LOCK, "receipt", receipt),
      Json.object("type", "restartPending", "completesAt", LOCK),
      Json.object("type", "restarted", "receipt", receipt),
      Json.object("type", "marked", "receipt", receipt)
    };
  }

  private static ObjectNode[] refusals() {
    return new ObjectNode[] {
      Json.object("type", "refused"),
      Json.object("type", "locked", "until", LOCK),
      Json.object("type", "destroyed"),
      Json.object("type", "notEnrolled"),
      Json.object("type", "wrongProof", "attemptsRemaining", 4, "lockedUntil", 0),
      Json.object("type", "conflict", "reason", "generationUsed", "detail", 6),
      Json.object("type", "malformed"),
      Json.object("type", "sessionUnknown"),
      Json.object("type", "unavailable")
    };
  }

  private static ObjectNode status() {
    ObjectNode report =
        Json.object(
            "type",
            "statusReport",
            "record",
            "active",
            "activeGeneration",
            2,
            "lastGeneration",
            3,
            "epoch",
            1,
            "policy",
            POLICY,
            "charges",
            5,
            "round",
            1,
            "lockedUntil",
            LOCK,
            "restartAt",
            0,
            "markNumber",
            7,
            "markDigest",
            Sample.of("mark", 32));
    report.setAll(receipts());
    return report;
  }

  private static ObjectNode receipts() {
    ArrayNode hashes = JsonNodeFactory.instance.arrayNode();
    hashes.add(Sample.of("known receipt", 32)).add(Sample.of("receipt hash", 32));
    return Json.object(
        "receiptSequence",
        9,
        "receiptHash",
        Sample.of("receipt hash", 32),
        "time",
        Sample.DAY,
        "successes",
        6,
        "stretching",
        Json.object("memoryKib", 65_536, "passes", 3, "lanes", 4),
        "commandKey",
        Sample.of("command key", 32),
        "receiptHashes",
        hashes);
  }

  private static ObjectNode evaluated() {
    return Json.object(
        "type",
        "evaluated",
        "sessionId",
        Sample.of("session id", 16),
        "generation",
        2,
        "suite",
        1,
        "stretching",
        Json.object("memoryKib", 65_536, "passes", 3, "lanes", 4),
        "policy",
        POLICY,
        "attemptsRemaining",
        0,
        "lockedUntil",
        LOCK,
        "finalSession",
        true,
        "ke2",
        Sample.of("KE2", 259));
  }

  /** A receipt's body. */
  static ObjectNode receiptBody(String kind, long sequence) {
    return Json.object(
        "kind",
        kind,
        "account",
        Sample.ALICE,
        "generation",
        2,
        "epoch",
        1,
        "charges",
        1,
        "round",
        1,
        "lockedUntil",
        0,
        "time",
        Sample.DAY,
        "sequence",
        sequence,
        "previousHash",
        Sample.of("previous receipt", 32));
  }
}
