package lockstep.oracle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import lockstep.device.vault.ReceiptOrder;
import lockstep.secret.Hkdf;
import lockstep.secret.Hmac;
import lockstep.secret.KeyLabel;
import lockstep.secret.SecretBytes;
import lockstep.vault.MessengerTokens;
import lockstep.vault.VaultIdentity;
import lockstep.wire.AccountName;
import lockstep.wire.AccountToken;
import lockstep.wire.Authority;
import lockstep.wire.Bytes;
import lockstep.wire.Ed25519Signature;
import lockstep.wire.Receipt;
import lockstep.wire.Reply;
import lockstep.wire.Request;
import lockstep.wire.SignedReply;
import lockstep.wire.VaultId;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** What is signed or authenticated between device, vault and messenger, and by whom. */
final class SignatureOperations {

  private static final int SEED_BYTES = 32;
  private static final int CHALLENGE_BYTES = 32;
  private static final int SESSION_ID_BYTES = 16;

  private SignatureOperations() {}

  static Map<String, Operation> table() {
    return Map.ofEntries(
        Map.entry("ed25519.publicKey", SignatureOperations::publicKey),
        Map.entry("vault.id", input -> Fields.empty().put("vaultId", Hex.of(vaultId(input)))),
        Map.entry("authority.command", SignatureOperations::command),
        Map.entry("authority.stage", SignatureOperations::stage),
        Map.entry("authority.keyProof", SignatureOperations::keyProof),
        Map.entry("authority.session", SignatureOperations::session),
        Map.entry("receipt.sign", SignatureOperations::signReceipt),
        Map.entry("receipt.verify", SignatureOperations::verifyReceipt),
        Map.entry("receipt.follow", SignatureOperations::followReceipt),
        Map.entry("reply.sign", SignatureOperations::signReply),
        Map.entry("reply.verify", SignatureOperations::verifyReply),
        Map.entry("token.sign", SignatureOperations::signToken),
        Map.entry("token.verify", SignatureOperations::verifyToken));
  }

  private static ObjectNode publicKey(Fields input) {
    try (VaultIdentity pair = identity(input, "seed")) {
      return Fields.empty().put("publicKey", Hex.of(pair.publicKey().toArray()));
    }
  }

  private static byte[] vaultId(Fields input) {
    return VaultId.of(key(input, "vaultPublicKey")).value().toArray();
  }

  private static ObjectNode command(Fields input) {
    byte[] signed =
        Authority.CommandSignature.signedInput(
            id(input), input.wireBytes("challenge", CHALLENGE_BYTES), input.bytes("signedPart"));
    try (SecretBytes rootKey = input.secret("rootKey", SEED_BYTES);
        SecretBytes seed = Hkdf.derive(rootKey, KeyLabel.COMMAND_SIGNATURE)) {
      return signature(signed, seed);
    }
  }

  private static ObjectNode stage(Fields input) {
    byte[] signed = Authority.StageSignature.signedInput(id(input), input.bytes("signedPart"));
    try (SecretBytes seed = input.secret("oneTimeSeed", SEED_BYTES)) {
      return signature(signed, seed);
    }
  }

  private static ObjectNode keyProof(Fields input) {
    byte[] signed =
        Request.Stage.keyProofInput(
            id(input), key(input, "oneTimeKey"), input.account("account"), input.u64("generation"));
    try (SecretBytes rootKey = input.secret("rootKey", SEED_BYTES);
        SecretBytes seed = Hkdf.derive(rootKey, KeyLabel.COMMAND_SIGNATURE)) {
      return signature(signed, seed);
    }
  }

  private static ObjectNode session(Fields input) {
    byte[] authenticated =
        Authority.SessionMac.macInput(
            id(input), input.wireBytes("sessionId", SESSION_ID_BYTES), input.bytes("signedPart"));
    try (SecretBytes sessionKey = input.secret("sessionKey", SEED_BYTES);
        SecretBytes key = Hkdf.derive(sessionKey, KeyLabel.SESSION_COMMAND)) {
      return Fields.empty().put("mac", Hex.of(Hmac.sha256(key, authenticated)));
    }
  }

  private static ObjectNode signReceipt(Fields input) {
    Receipt.Body body = WireOperations.body(input);
    try (VaultIdentity vault = identity(input, "vaultSeed")) {
      return Fields.empty().put("receipt", Hex.of(vault.receipt(body).encode()));
    }
  }

  private static ObjectNode verifyReceipt(Fields input) {
    Receipt receipt = input.parsed("receipt", Receipt::decode);
    requireTrusted(receipt.isSignedBy(key(input, "vaultPublicKey")));
    return WireOperations.json(receipt);
  }

  /** Whether a device that knows one receipt accepts the other, both signed. */
  private static ObjectNode followReceipt(Fields input) {
    Bytes vaultKey = key(input, "vaultPublicKey");
    Receipt known = input.parsed("known", Receipt::decode);
    Receipt next = input.parsed("next", Receipt::decode);
    requireTrusted(known.isSignedBy(vaultKey) && next.isSignedBy(vaultKey));
    if (!ReceiptOrder.allows(vaultKey, known, next)) {
      throw Unanswerable.rejected(RejectedAs.VAULT_ROLLED_BACK);
    }
    return Fields.empty();
  }

  private static ObjectNode signToken(Fields input) {
    AccountToken.Body body = WireOperations.tokenBody(input);
    try (SecretBytes seed = input.secret("messengerSeed", SEED_BYTES)) {
      byte[] signature = sign(body.signedInput(), seed);
      return Fields.empty()
          .put("token", Hex.of(new AccountToken(body, Bytes.copyOf(signature)).encode()));
    }
  }

  private static ObjectNode signReply(Fields input) {
    byte[] request = input.bytes("request");
    try (VaultIdentity vault = identity(input, "vaultSeed")) {
      Reply reply = RecordJson.readTyped(Reply.class, input.object("message"));
      return Fields.empty().put("reply", Hex.of(vault.answer(request, reply)));
    } catch (IllegalArgumentException noReply) {
      throw Unanswerable.malformed();
    }
  }

  /** A reply that is no message is not the vault's either (WIR-2). */
  private static ObjectNode verifyReply(Fields input) {
    byte[] request = input.bytes("request");
    Bytes vaultKey = key(input, "vaultPublicKey");
    Optional<SignedReply> reply =
        SignedReply.decode(input.bytes("reply")).filter(one -> one.isSignedBy(vaultKey, request));
    requireTrusted(reply.isPresent());
    ObjectNode result = Fields.empty();
    result.set("message", RecordJson.writeTyped((Record) reply.orElseThrow().reply()));
    return result;
  }

  private static ObjectNode verifyToken(Fields input) {
    AccountName account = input.account("account");
    Bytes token = Bytes.copyOf(input.bytes("token"));
    MessengerTokens tokens = new MessengerTokens(key(input, "messengerPublicKey"), id(input));
    if (!tokens.isValid(account, token, input.u64("time"))) {
      throw Unanswerable.rejected(RejectedAs.REFUSED);
    }
    ObjectNode result = Fields.empty();
    result.set("body", RecordJson.write(AccountToken.decode(token.toArray()).orElseThrow().body()));
    return result;
  }

  private static void requireTrusted(boolean trusted) {
    if (!trusted) {
      throw Unanswerable.rejected(RejectedAs.VAULT_NOT_TRUSTED);
    }
  }

  private static ObjectNode signature(byte[] signed, SecretBytes seed) {
    return Fields.empty().put("signature", Hex.of(sign(signed, seed)));
  }

  private static byte[] sign(byte[] signed, SecretBytes seed) {
    byte[] signature = new byte[Ed25519Signature.LENGTH];
    seed.expose(
        key -> {
          Ed25519.sign(key, 0, signed, 0, signed.length, signature, 0);
          return key.length;
        });
    return signature;
  }

  private static VaultIdentity identity(Fields input, String name) {
    try (SecretBytes seed = input.secret(name, SEED_BYTES)) {
      return VaultIdentity.fromSeed(seed);
    }
  }

  private static Bytes key(Fields input, String name) {
    return input.wireBytes(name, Ed25519Signature.PUBLIC_KEY_LENGTH);
  }

  private static VaultId id(Fields input) {
    return new VaultId(input.wireBytes("vaultId", VaultId.LENGTH));
  }
}
