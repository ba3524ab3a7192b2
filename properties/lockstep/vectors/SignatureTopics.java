package lockstep.vectors;

import com.fasterxml.jackson.databind.node.ObjectNode;
import lockstep.oracle.RejectedAs;

/** Receipts, signed replies, tokens, and the authority of commands. */
final class SignatureTopics {

  private static final String SEED = Sample.of("vault seed", 32);
  private static final String MESSENGER = Sample.of("messenger seed", 32);
  private static final String[] KINDS = {
    "enrolled",
    "attempt",
    "unlocked",
    "changed",
    "disabled",
    "marked",
    "stageReserved",
    "stageReservedInNewEpoch",
    "restartRequested",
    "restarted",
    "confirmed"
  };

  private SignatureTopics() {}

  static void receipts(Draft draft) {
    for (String kind : KINDS) {
      draft.valid(
          "RCP-1",
          "a receipt of the kind " + kind,
          "receipt.sign",
          Json.object("vaultSeed", SEED, "body", Replies.receiptBody(kind, 4)));
    }
    String receipt = receipt(draft, Replies.receiptBody("attempt", 4));
    String key = Login.vaultPublicKey(draft);
    String verified =
        draft.valid(
            "RCP-1",
            "a receipt of this vault",
            "receipt.verify",
            Json.object("vaultPublicKey", key, "receipt", receipt));
    Object[][] untrusted = {
      {Mutation.flip("receipt", -1), "the signature is not checked"},
      {Mutation.flip("receipt", -65), "the previous receipt's hash is not signed"},
      {Mutation.flip("receipt", 2 + 1 + 7 + 8 + 8 + 3), "the charges are not signed"},
      {Mutation.flip("vaultPublicKey", 0), "another vault's receipt"}
    };
    for (Object[] one : untrusted) {
      draft.negative(
          verified, "RCP-1", RejectedAs.VAULT_NOT_TRUSTED, (Mutation) one[0], (String) one[1]);
    }
    malformedReceipts(draft, verified, receipt);
    chain(draft, key);
  }

  private static void malformedReceipts(Draft draft, String verified, String receipt) {
    String kind = receipt.substring(0, 6);
    String length = receipt.substring(0, 4);
    Mutation[] malformed = {
      Mutation.cut("receipt", 1),
      Mutation.append("receipt", "00"),
      Mutation.replacePart("receipt", kind, length + "00", "kind 0"),
      Mutation.replacePart("receipt", kind, length + "0c", "kind 12"),
      Mutation.replace("receipt", "", "nothing")
    };
    for (Mutation one : malformed) {
      draft.negative(
          verified, "ENC-2", RejectedAs.MALFORMED, one, "decoded all the same: " + one.detail());
    }
  }

  private static void chain(Draft draft, String key) {
    ObjectNode first = Replies.receiptBody("unlocked", 4);
    String known = receipt(draft, first);
    String hash = draft.text("receipt.decode", Json.object("receipt", known), "hash");
    ObjectNode second = Json.with(Replies.receiptBody("attempt", 5), "previousHash", hash);
    ObjectNode input =
        Json.object("vaultPublicKey", key, "known", known, "next", receipt(draft, second));
    String follows = draft.valid("RCP-3", "the next receipt", "receipt.follow", input);
    draft.valid("RCP-3", "the same receipt", "receipt.follow", Json.with(input, "next", known));
    draft.valid(
        "RCP-3",
        "a later receipt, with some in between that this device has not seen",
        "receipt.follow",
        Json.with(input, "next", receipt(draft, Replies.receiptBody("attempt", 9))));
    Object[][] rolledBack = {
      {Json.with(second, "sequence", 3), "an older receipt"},
      {Json.with(second, "sequence", 4), "another receipt of the same number"},
      {Json.with(second, "previousHash", "00".repeat(32)), "a fork: another one before it"}
    };
    for (Object[] one : rolledBack) {
      draft.negative(
          follows,
          "RCP-3",
          RejectedAs.VAULT_ROLLED_BACK,
          Mutation.replace("next", receipt(draft, (ObjectNode) one[0]), (String) one[1]),
          "a vault that was set back is not noticed: " + one[1]);
    }
  }

  private static String receipt(Draft draft, ObjectNode body) {
    return draft.text("receipt.sign", Json.object("vaultSeed", SEED, "body", body), "receipt");
  }

  static void signatures(Draft draft) {
    draft.valid(
        "ATR-8",
        "the vault's id",
        "vault.id",
        Json.object("vaultPublicKey", Login.vaultPublicKey(draft)));
    authority(draft);
    replies(draft);
    tokens(draft);
  }

  private static void authority(Draft draft) {
    String part = "02300005" + Sample.text(Sample.ALICE);
    String vaultId = Login.vaultId(draft);
    draft.valid(
        "AUT-4",
        "the signature of a command",
        "authority.command",
        Json.object(
            "rootKey",
            Sample.of("root key", 32),
            "vaultId",
            vaultId,
            "challenge",
            Sample.of("challenge", 32),
            "signedPart",
            part));
    draft.valid(
        "AUT-6",
        "the signature of a stage",
        "authority.stage",
        Json.object(
            "oneTimeSeed", Sample.of("one-time seed", 32), "vaultId", vaultId, "signedPart", part));
    draft.valid(
        "AUT-9",
        "the proof of a command key",
        "authority.keyProof",
        Json.object(
            "rootKey",
            Sample.of("root key", 32),
            "vaultId",
            vaultId,
            "oneTimeKey",
            Sample.of("one-time key", 32),
            "account",
            Sample.ALICE,
            "generation",
            7));
    sessionMac(draft, part, vaultId);
  }

  private static void sessionMac(Draft draft, String part, String vaultId) {
    String mac =
        draft.valid(
            "AUT-5",
            "the MAC of a session",
            "authority.session",
            Json.object(
                "sessionKey",
                Sample.of("session key", 32),
                "vaultId",
                vaultId,
                "sessionId",
                Sample.of("session id", 16),
                "signedPart",
                part));
    for (String field : new String[] {"sessionKey", "vaultId"}) {
      draft.negative(
          mac, "AUT-5", RejectedAs.MALFORMED, Mutation.cut(field, 1), "a " + field + " too short");
    }
  }

  private static void replies(Draft draft) {
    ObjectNode locked = Json.object("type", "locked", "until", Sample.DAY);
    String request = "02300005" + Sample.text(Sample.ALICE) + "01000100" + Sample.of("nonce", 32);
    ObjectNode signing = Json.object("vaultSeed", SEED, "request", request, "message", locked);
    draft.valid("WIR-4", "a reply is bound to its request", "reply.sign", signing);
    String verified =
        draft.valid(
            "WIR-4",
            "a reply of this vault to this request",
            "reply.verify",
            Json.object(
                "vaultPublicKey", Login.vaultPublicKey(draft),
                "request", request,
                "reply", draft.text("reply.sign", signing, "reply")));
    Object[][] untrusted = {
      {Mutation.flip("request", -1), "a reply to another request"},
      {Mutation.flip("reply", 9), "a reply that was tampered with"},
      {Mutation.flip("reply", -1), "a signature that was tampered with"},
      {Mutation.cut("reply", 64), "a reply without its signature"},
      {Mutation.replace("reply", "", "nothing"), "no reply"},
      {Mutation.flip("vaultPublicKey", 5), "another vault's reply"}
    };
    for (Object[] one : untrusted) {
      draft.negative(
          verified, "WIR-4", RejectedAs.VAULT_NOT_TRUSTED, (Mutation) one[0], (String) one[1]);
    }
  }

  private static void tokens(Draft draft) {
    String vaultId = Login.vaultId(draft);
    ObjectNode body =
        Json.object(
            "account",
            Sample.ALICE,
            "vaultId",
            vaultId,
            "issuedAt",
            Sample.DAY,
            "expiresAt",
            Sample.DAY + 600_000,
            "random",
            Sample.of("token random", 16));
    ObjectNode signing = Json.object("messengerSeed", MESSENGER, "body", body);
    draft.valid("AUT-2", "an account token", "token.sign", signing);
    String messenger = draft.text("ed25519.publicKey", Json.object("seed", MESSENGER), "publicKey");
    ObjectNode verifying =
        Json.object(
            "messengerPublicKey",
            messenger,
            "vaultId",
            vaultId,
            "account",
            Sample.ALICE,
            "token",
            draft.text("token.sign", signing, "token"),
            "time",
            Sample.DAY + 1);
    String verified = draft.valid("AUT-2", "a token in its time", "token.verify", verifying);
    earlyToken(draft, verifying);
    String longer =
        draft.text(
            "token.sign",
            Json.with(signing, "body", Json.with(body, "expiresAt", Sample.DAY + 600_001)),
            "token");
    refusedTokens(draft, verified, longer);
  }

  private static void earlyToken(Draft draft, ObjectNode verifying) {
    draft.valid(
        "AUT-2",
        "a minute before it was issued, for clocks that differ",
        "token.verify",
        Json.with(verifying, "time", Sample.DAY - 60_000));
  }

  private static void refusedTokens(Draft draft, String verified, String longer) {
    Object[][] refused = {
      {Mutation.set("time", Sample.DAY - 60_001, "too early"), "a token from the future"},
      {Mutation.set("time", Sample.DAY + 600_000, "too late"), "a token that has expired"},
      {Mutation.set("account", "bob", "another account"), "another account's token"},
      {Mutation.flip("vaultId", 0), "another vault's token"},
      {Mutation.flip("messengerPublicKey", 0), "another messenger's token"},
      {Mutation.flip("token", -1), "a token that nobody signed"},
      {Mutation.flip("token", 2 + 5 + 32 + 8 + 7), "the expiry is not signed"},
      {Mutation.cut("token", 1), "a token that was cut"},
      {Mutation.append("token", "00"), "a token with more at its end"},
      {
        Mutation.replace("token", longer, "ten minutes and more"),
        "a token that is valid for too long"
      }
    };
    for (Object[] one : refused) {
      draft.negative(verified, "AUT-2", RejectedAs.REFUSED, (Mutation) one[0], (String) one[1]);
    }
  }
}
