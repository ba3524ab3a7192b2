package lockstep.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import lockstep.spec.Decides;
import lockstep.wire.Refusal.Conflict;
import lockstep.wire.Refusal.Destroyed;
import lockstep.wire.Refusal.Locked;
import lockstep.wire.Refusal.Malformed;
import lockstep.wire.Refusal.NotEnrolled;
import lockstep.wire.Refusal.Refused;
import lockstep.wire.Refusal.SessionUnknown;
import lockstep.wire.Refusal.Unavailable;
import lockstep.wire.Refusal.WrongProof;
import lockstep.wire.Reply.Activated;
import lockstep.wire.Reply.Challenged;
import lockstep.wire.Reply.Disabled;
import lockstep.wire.Reply.Ended;
import lockstep.wire.Reply.Evaluated;
import lockstep.wire.Reply.Marked;
import lockstep.wire.Reply.Registered;
import lockstep.wire.Reply.Released;
import lockstep.wire.Reply.RestartPending;
import lockstep.wire.Reply.Restarted;
import lockstep.wire.Reply.Staged;
import lockstep.wire.Reply.StatusReport;

/** Reads replies (WIR-2). */
@Decides("WIR-2~3")
final class ReplyCodec {

  private ReplyCodec() {}

  static byte[] encode(Reply reply) {
    byte[] message = reply.match(new ReplyWriter()).toByteArray();
    if (message.length > Sizes.MESSAGE - Ed25519Signature.LENGTH) {
      throw new IllegalArgumentException("message too long");
    }
    return message;
  }

  static Optional<Reply> decode(byte[] message) {
    return WireReader.decode(message, ReplyCodec::read);
  }

  private static Reply read(WireReader in) {
    in.require(in.u8() == RequestCodec.VERSION);
    int tag = in.u8();
    return tag < 0xE0 ? readAnswer(in, tag) : readRefusal(in, tag);
  }

  private static Reply readAnswer(WireReader in, int tag) {
    return switch (tag) {
      case 0x81 -> new Challenged(in.fixed(Sizes.CHALLENGE));
      case 0x82 -> readStatus(in);
      case 0x90 ->
          new Registered(
              in.fixed(Sizes.REGISTRATION_RESPONSE), Policy.read(in), in.u64(), Receipt.read(in));
      case 0x91 -> new Staged();
      case 0x93 -> new Activated(Receipt.read(in));
      case 0xA0 -> readEvaluated(in);
      case 0xA1 -> new Released(Bytes.copyOf(in.bytes16(Sizes.MESSAGE)), Receipt.read(in));
      case 0xA2 -> new Ended(in.u32(), in.u64());
      case 0xB0 -> new Disabled(Receipt.read(in));
      case 0xB1 -> new RestartPending(in.u64(), readOrBlank(in));
      case 0xB2 -> new Restarted(Receipt.read(in));
      case 0xC0 -> new Marked(Receipt.read(in));
      default -> in.orRefuse(Optional.empty());
    };
  }

  private static Reply readRefusal(WireReader in, int tag) {
    return switch (tag) {
      case 0xE0 -> new Refused();
      case 0xE1 -> new Locked(in.u64());
      case 0xE2 -> new Destroyed();
      case 0xE3 -> new NotEnrolled();
      case 0xE4 -> new WrongProof(in.u32(), in.u64());
      case 0xE5 -> new Conflict(Refusal.Reason.read(in), in.u64());
      case 0xE6 -> new Malformed();
      case 0xE7 -> new SessionUnknown();
      case 0xE8 -> new Unavailable();
      default -> in.orRefuse(Optional.empty());
    };
  }

  private static Reply readStatus(WireReader in) {
    return new StatusReport(
        Reply.RecordState.read(in),
        in.u64(),
        in.u64(),
        in.u64(),
        Policy.read(in),
        in.u32(),
        in.u32(),
        in.u64(),
        in.u64(),
        in.u64(),
        in.fixed(Sha256.LENGTH_BYTES),
        in.u64(),
        in.fixed(Sha256.LENGTH_BYTES),
        in.u64(),
        in.u64(),
        StretchingParameters.read(in),
        in.fixed(Ed25519Signature.PUBLIC_KEY_LENGTH),
        readHashes(in));
  }

  private static List<Bytes> readHashes(WireReader in) {
    int count = in.u8();
    in.require(count <= StatusReport.MAX_RECEIPT_HASHES);
    List<Bytes> hashes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      hashes.add(in.fixed(Sha256.LENGTH_BYTES));
    }
    return hashes;
  }

  private static Reply readEvaluated(WireReader in) {
    return new Evaluated(
        in.fixed(Sizes.SESSION_ID),
        in.u64(),
        in.u16(),
        StretchingParameters.read(in),
        Policy.read(in),
        in.u32(),
        in.u64(),
        in.flag(),
        in.fixed(Sizes.KE2),
        readFlagged(in));
  }

  private static Optional<Receipt> readFlagged(WireReader in) {
    return in.flag() ? Optional.of(Receipt.read(in)) : Optional.empty();
  }

  private static Optional<Receipt> readOrBlank(WireReader in) {
    byte[] rest = in.bytes(in.remaining());
    return Arrays.equals(rest, ReplyWriter.NO_RECEIPT)
        ? Optional.empty()
        : Optional.of(in.orRefuse(Receipt.decode(rest)));
  }
}
