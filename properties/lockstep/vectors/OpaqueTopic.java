package lockstep.vectors;

import com.fasterxml.jackson.databind.node.ObjectNode;
import lockstep.oracle.RejectedAs;

/** OPAQUE-3DH with Argon2id, message by message. */
final class OpaqueTopic {

  static final ObjectNode CHEAP =
      Json.object("memoryKib", 128, "passes", 1, "lanes", 1, "floor", false);
  static final ObjectNode STANDARD = Json.object("memoryKib", 65_536, "passes", 3, "lanes", 4);

  private static final String KE2 = "ke2";
  private static final String KE3 = "ke3";
  private static final int ELEMENT = 33;
  private static final int NONCE = 32;
  private static final int MASKED = ELEMENT + 64;

  private final Draft draft;
  private final Login login;

  private OpaqueTopic(Draft draft) {
    this.draft = draft;
    this.login = Login.of(draft, CHEAP);
  }

  static void opaque(Draft draft) {
    OpaqueTopic topic = new OpaqueTopic(draft);
    topic.registration();
    topic.loginMessages();
    topic.wrongKe2();
    topic.wrongKe3();
    topic.realStretching();
  }

  private void registration() {
    draft.valid("OPQ-1", "RegistrationRequest", "opaque.registrationRequest", login.registering());
    draft.negative(
        draft.valid(
            "PWD-1 OPQ-1",
            "a password is prepared before it is blinded",
            "opaque.registrationRequest",
            Json.with(login.registering(), "password", Sample.text("e\u0301cole 1"))),
        "PWD-2",
        RejectedAs.TOO_SHORT,
        Mutation.replace("password", Sample.text("horse"), "five code points"),
        "a password that is too short");
    String response =
        draft.valid(
            "OPQ-1 OPQ-3",
            "RegistrationResponse: the key belongs to account and generation",
            "opaque.registrationResponse",
            login.responding());
    String ofRecord =
        draft.valid(
            "OPQ-8",
            "RegistrationResponse under a record's secret: the key is another",
            "opaque.registrationResponse",
            Json.with(login.responding(), "recordSecret", Sample.of("record secret", 32)));
    draft.negative(
        ofRecord,
        "OPQ-8",
        RejectedAs.MALFORMED,
        Mutation.cut("recordSecret", 1),
        "a record secret of 31 bytes");
    OprfTopic.elements(draft, response, "registrationRequest");
    OprfTopic.scalars(draft, response, "serverPrivateKey");
    records();
  }

  private void records() {
    String record =
        draft.valid(
            "OPQ-1 OPQ-2 OPQ-4",
            "RegistrationRecord and exportKey",
            "opaque.registrationRecord",
            login.recording(),
            login.stretched());
    draft.negative(
        record,
        "OPR-2",
        RejectedAs.MALFORMED,
        Mutation.replacePart(
            "registrationResponse",
            login.response().substring(0, 2 * ELEMENT),
            "00".repeat(ELEMENT),
            "the identity as evaluated element"),
        "the identity from a vault");
    draft.negative(
        record,
        "OPR-2",
        RejectedAs.MALFORMED,
        Mutation.replacePart(
            "registrationResponse",
            login.response().substring(2 * ELEMENT),
            "00".repeat(ELEMENT),
            "the identity as server's key"),
        "the identity as a public key");
    draft.negative(
        record,
        "OPQ-1",
        RejectedAs.MALFORMED,
        Mutation.cut("registrationResponse", 1),
        "a response that was cut");
  }

  private void loginMessages() {
    draft.valid("OPQ-1 OPQ-7", "KE1", "opaque.ke1", login.beginning());
    String ke2 = draft.valid("OPQ-1 OPQ-2 OPQ-3", "KE2", "opaque.ke2", login.answering());
    draft.valid(
        "OPQ-8",
        "KE2 under a record's secret",
        "opaque.ke2",
        Json.with(login.answering(), "recordSecret", Sample.of("record secret", 32)));
    String blinded = login.ke1().substring(0, 2 * ELEMENT);
    String keyshare = login.ke1().substring(2 * (ELEMENT + NONCE));
    String[][] elements = {
      {"00".repeat(ELEMENT), "the identity"},
      {"02" + "00".repeat(31) + "02", "an x that no point has"},
      {"03" + "ff".repeat(32), "an x above p"}
    };
    for (String[] one : elements) {
      for (String place : new String[] {blinded, keyshare}) {
        draft.negative(
            ke2,
            "OPR-2",
            RejectedAs.MALFORMED,
            Mutation.replacePart("ke1", place, one[0], one[1]),
            "a vault evaluates what is no element: " + one[1]);
      }
    }
    draft.negative(
        ke2, "OPQ-1", RejectedAs.MALFORMED, Mutation.cut("ke1", 1), "a KE1 that was cut");
    draft.negative(
        ke2, "OPQ-1", RejectedAs.MALFORMED, Mutation.append("ke1", "00"), "a KE1 with more");
    wrongRecords(ke2);
  }

  private void wrongRecords(String ke2) {
    draft.negative(
        ke2,
        "OPQ-1",
        RejectedAs.MALFORMED,
        Mutation.cut("registrationRecord", 1),
        "a record that was cut");
    draft.negative(
        ke2,
        "OPR-2",
        RejectedAs.MALFORMED,
        Mutation.replacePart(
            "registrationRecord",
            login.record().substring(0, 2 * ELEMENT),
            "00".repeat(ELEMENT),
            "the identity as client's key"),
        "a record whose key is no element");
    OprfTopic.scalars(draft, ke2, "serverPrivateKey");
  }

  private void wrongKe2() {
    String opened =
        draft.valid(
            "OPQ-1 OPQ-2 OPQ-4",
            "KE3, sessionKey and exportKey",
            "opaque.ke3",
            login.finishing(),
            login.stretchedAtLogin());
    for (Object[] one : failing()) {
      draft.negative(
          opened,
          "OPQ-6",
          RejectedAs.LOGIN_FAILED,
          (Mutation) one[0],
          "told apart, or accepted: " + one[1]);
    }
  }

  private Object[][] failing() {
    return new Object[][] {
      {Mutation.replace("password", Sample.text("wrong horse"), "another"), "a wrong password"},
      {Mutation.flip(KE2, 5), "another evaluated element, or none"},
      {
        Mutation.replacePart(
            KE2, login.ke2().substring(0, 2 * ELEMENT), "00".repeat(ELEMENT), "the identity"),
        "the identity as evaluated element"
      },
      {Mutation.flip(KE2, ELEMENT), "the masking nonce"},
      {Mutation.flip(KE2, ELEMENT + NONCE), "the server's key in the masked response"},
      {Mutation.flip(KE2, ELEMENT + NONCE + ELEMENT), "the envelope's nonce"},
      {Mutation.flip(KE2, ELEMENT + NONCE + MASKED - 1), "the envelope's tag"},
      {
        Mutation.replace(KE2, login.ke2OfForgedEnvelope(), "of an envelope with another tag"),
        "the envelope is not checked, since the server's MAC covers it"
      },
      {Mutation.flip(KE2, ELEMENT + NONCE + MASKED), "the server's nonce"},
      {Mutation.flip(KE2, ELEMENT + NONCE + MASKED + NONCE), "the server's key share"},
      {Mutation.flip(KE2, -1), "the server's MAC is not compared whole"},
      {Mutation.cut(KE2, 1), "a KE2 that was cut"},
      {Mutation.append(KE2, "00"), "a KE2 with more"},
      {Mutation.replace(KE2, "", "nothing"), "no KE2"},
      {Mutation.flip("vaultId", 0), "another vault"},
      {Mutation.set("account", "bob", "another account"), "another account"},
      {Mutation.flip("clientNonce", 0), "another login's KE1"}
    };
  }

  private void wrongKe3() {
    String accepted =
        draft.valid("OPQ-1 SES-6", "the vault accepts KE3", "opaque.finish", login.accepting());
    Object[][] wrong = {
      {Mutation.flip(KE3, 0), "KE3 is not compared"},
      {Mutation.flip(KE3, 31), "only a part of KE3 is compared"},
      {Mutation.replace(KE3, "00".repeat(32), "zero"), "zero is taken"},
      {Mutation.flip("serverNonce", 0), "another login's KE3"}
    };
    for (Object[] one : wrong) {
      draft.negative(accepted, "SES-6", RejectedAs.WRONG_PROOF, (Mutation) one[0], (String) one[1]);
    }
    draft.negative(
        accepted, "OPQ-1", RejectedAs.MALFORMED, Mutation.cut(KE3, 1), "a KE3 that was cut");
  }

  private void realStretching() {
    Login real = Login.of(draft, STANDARD);
    draft.valid(
        "OPQ-4",
        "RegistrationRecord with the parameters in force",
        "opaque.registrationRecord",
        real.recording());
    String opened =
        draft.valid(
            "OPQ-4", "a login with the parameters in force", "opaque.ke3", real.finishing());
    Object[][] bounds = {
      {"memoryKib", 65_535},
      {"memoryKib", 196_609},
      {"passes", 2},
      {"passes", 21},
      {"lanes", 0},
      {"lanes", 17},
      {"memoryKib", 0}
    };
    for (Object[] one : bounds) {
      draft.negative(
          opened,
          "OPQ-5",
          RejectedAs.VAULT_NOT_TRUSTED,
          Mutation.set("stretching." + one[0], one[1], "out of bounds"),
          "a vault that makes attempts cheap, or a phone run out: " + one[0] + " " + one[1]);
    }
  }
}
