package lockstep.oracle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import lockstep.wire.AccountToken;
import lockstep.wire.Bytes;
import lockstep.wire.Ed25519Signature;
import lockstep.wire.Receipt;
import lockstep.wire.Reply;
import lockstep.wire.Request;
import lockstep.wire.RequestMessage;
import lockstep.wire.SignedReply;

/** The messages between device and vault, receipts and account tokens, field by field. */
final class WireOperations {

  private static final String SIGNATURE = "signature";
  private static final String NONCE = "nonce";

  private WireOperations() {}

  static Map<String, Operation> table() {
    return Map.of(
        "wire.encode", WireOperations::encode,
        "wire.decode", WireOperations::decode,
        "receipt.encode", WireOperations::encodeReceipt,
        "receipt.decode", WireOperations::decodeReceipt,
        "token.encode", WireOperations::encodeToken,
        "token.decode", WireOperations::decodeToken);
  }

  private static ObjectNode encode(Fields input) {
    Fields message = input.object("message");
    boolean request = RecordJson.isOneOf(Request.class, message.text("type"));
    try {
      return request ? encodeRequest(input, message) : encodeReply(input, message);
    } catch (IllegalArgumentException noMessage) {
      throw Unanswerable.malformed();
    }
  }

  private static ObjectNode encodeRequest(Fields input, Fields message) {
    Request request = RecordJson.readTyped(Request.class, message);
    ObjectNode result =
        Fields.empty()
            .put(
                "encoded",
                Hex.of(request.encode(input.wireBytes(NONCE, RequestMessage.NONCE_BYTES))));
    return withSignedPart(result, request);
  }

  private static ObjectNode encodeReply(Fields input, Fields message) {
    Reply reply = RecordJson.readTyped(Reply.class, message);
    byte[] encoded =
        input.has(SIGNATURE)
            ? new SignedReply(reply, input.wireBytes(SIGNATURE, Ed25519Signature.LENGTH)).encode()
            : reply.encode();
    return Fields.empty().put("encoded", Hex.of(encoded));
  }

  /** A request, or a whole reply with its signature: the second byte tells which. */
  private static ObjectNode decode(Fields input) {
    byte[] encoded = input.bytes("encoded");
    ObjectNode result = Fields.empty();
    if (encoded.length > 1 && encoded[1] < 0) {
      SignedReply reply = SignedReply.decode(encoded).orElseThrow(Unanswerable::malformed);
      result.set("message", RecordJson.writeTyped((Record) reply.reply()));
      return result.put(SIGNATURE, Hex.of(reply.signature().toArray()));
    }
    RequestMessage whole = RequestMessage.decode(encoded).orElseThrow(Unanswerable::malformed);
    result.set("message", RecordJson.writeTyped((Record) whole.request()));
    result.put(NONCE, Hex.of(whole.nonce().toArray()));
    return withSignedPart(result, whole.request());
  }

  private static ObjectNode withSignedPart(ObjectNode result, Request request) {
    return request instanceof Request.Authorised
        ? result.put("signedPart", Hex.of(request.signedPart()))
        : result;
  }

  private static ObjectNode encodeReceipt(Fields input) {
    Receipt.Body body = body(input);
    Bytes signature = input.wireBytes(SIGNATURE, Ed25519Signature.LENGTH);
    return Fields.empty()
        .put("receipt", Hex.of(new Receipt(body, signature).encode()))
        .put("hash", Hex.of(body.hash().toArray()));
  }

  private static ObjectNode decodeReceipt(Fields input) {
    return json(input.parsed("receipt", Receipt::decode));
  }

  private static ObjectNode encodeToken(Fields input) {
    AccountToken token =
        new AccountToken(tokenBody(input), input.wireBytes(SIGNATURE, Ed25519Signature.LENGTH));
    return Fields.empty().put("token", Hex.of(token.encode()));
  }

  private static ObjectNode decodeToken(Fields input) {
    AccountToken token = input.parsed("token", AccountToken::decode);
    ObjectNode result = Fields.empty();
    result.set("body", RecordJson.write(token.body()));
    return result.put(SIGNATURE, Hex.of(token.signature().toArray()));
  }

  static Receipt.Body body(Fields input) {
    return (Receipt.Body) RecordJson.readPlain(Receipt.Body.class, input.object("body"));
  }

  static AccountToken.Body tokenBody(Fields input) {
    return (AccountToken.Body) RecordJson.readPlain(AccountToken.Body.class, input.object("body"));
  }

  static ObjectNode json(Receipt receipt) {
    ObjectNode result = Fields.empty();
    result.set("body", RecordJson.write(receipt.body()));
    return result
        .put(SIGNATURE, Hex.of(receipt.signature().toArray()))
        .put("hash", Hex.of(receipt.body().hash().toArray()));
  }
}
