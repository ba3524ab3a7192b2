package lockstep.wire;

import java.util.Optional;
import lockstep.spec.Decides;
import lockstep.wire.Request.Abandon;
import lockstep.wire.Request.Activate;
import lockstep.wire.Request.Attempt;
import lockstep.wire.Request.Challenge;
import lockstep.wire.Request.CompleteRestart;
import lockstep.wire.Request.Confirm;
import lockstep.wire.Request.Disable;
import lockstep.wire.Request.Finish;
import lockstep.wire.Request.Mark;
import lockstep.wire.Request.Register;
import lockstep.wire.Request.Restart;
import lockstep.wire.Request.Stage;
import lockstep.wire.Request.Status;

/** The encoding of requests (WIR-1): head, fields, authority, nonce. */
@Decides({"WIR-1~2", "WIR-3"})
final class RequestCodec {

  static final int VERSION = 2;

  private RequestCodec() {}

  static byte[] signedPart(Request request) {
    return request.match(new FieldWriter()).toByteArray();
  }

  static byte[] encode(RequestMessage whole) {
    Request request = whole.request();
    WireWriter writer = request.match(new FieldWriter());
    if (request instanceof Request.Authorised authorised) {
      writeAuthority(writer, authorised.authority());
    }
    byte[] message = writer.bytes(whole.nonce()).toByteArray();
    if (message.length > Sizes.MESSAGE) {
      throw new IllegalArgumentException("message too long");
    }
    return message;
  }

  static Optional<RequestMessage> decode(byte[] message) {
    if (message.length > Sizes.MESSAGE) {
      return Optional.empty();
    }
    return WireReader.decode(message, in -> new RequestMessage(read(in), in.fixed(Sizes.NONCE)));
  }

  private static Request read(WireReader in) {
    in.require(in.u8() == VERSION);
    int tag = in.u8();
    AccountName account = in.account();
    return switch (tag) {
      case 0x01 -> new Challenge(account);
      case 0x02 -> new Status(account, in.u64(), in.fixed(Sha256.LENGTH_BYTES), readAuthority(in));
      case 0x20 -> new Attempt(account, in.fixed(Sizes.KE1), readAuthority(in));
      case 0x21 -> new Finish(account, in.fixed(Sizes.SESSION_ID), in.fixed(Sizes.KE3));
      case 0x22 -> new Abandon(account, in.fixed(Sizes.SESSION_ID));
      case 0x30 -> new Disable(account, readAuthority(in));
      case 0x31 -> new Restart(account, readAuthority(in));
      case 0x32 -> new CompleteRestart(account, readAuthority(in));
      case 0x40 -> new Mark(account, in.u64(), in.fixed(Sha256.LENGTH_BYTES), readAuthority(in));
      default -> readStaging(in, tag, account);
    };
  }

  private static Request readStaging(WireReader in, int tag, AccountName account) {
    in.require(tag >= 0x10 && tag <= 0x13);
    long generation = in.u64();
    return switch (tag) {
      case 0x10 ->
          new Register(
              account,
              generation,
              in.fixed(Ed25519Signature.PUBLIC_KEY_LENGTH),
              in.fixed(Sizes.REGISTRATION_REQUEST),
              readAuthority(in));
      case 0x11 ->
          new Stage(
              account,
              generation,
              in.fixed(Sizes.REGISTRATION_RECORD),
              in.fixed(Sizes.WRAP),
              in.fixed(Ed25519Signature.PUBLIC_KEY_LENGTH),
              in.fixed(Ed25519Signature.LENGTH),
              in.u16(),
              StretchingParameters.read(in),
              readAuthority(in));
      case 0x12 -> new Confirm(account, generation, in.fixed(Sizes.KE1), readAuthority(in));
      default -> new Activate(account, generation, readAuthority(in));
    };
  }

  private static Authority readAuthority(WireReader in) {
    int kind = in.u8();
    in.require(kind >= 1 && kind <= 4);
    return switch (kind) {
      case 1 -> new Authority.Token(Bytes.copyOf(in.bytes16(Sizes.MESSAGE)));
      case 2 ->
          new Authority.CommandSignature(
              in.fixed(Sizes.CHALLENGE), in.fixed(Ed25519Signature.LENGTH));
      case 3 -> new Authority.SessionMac(in.fixed(Sizes.SESSION_ID), in.fixed(Sizes.MAC));
      default -> new Authority.StageSignature(in.fixed(Ed25519Signature.LENGTH));
    };
  }

  private static WireWriter writeAuthority(WireWriter out, Authority authority) {
    return authority.match(
        token -> out.u8(1).bytes16(token.token().toArray()),
        signed -> out.u8(2).bytes(signed.challenge()).bytes(signed.signature()),
        session -> out.u8(3).bytes(session.sessionId()).bytes(session.mac()),
        stage -> out.u8(4).bytes(stage.signature()));
  }

  /** Writes a request's head and fields, without its authority. */
  private static final class FieldWriter implements RequestCases<WireWriter> {

    private static WireWriter begin(int tag, Request request) {
      return new WireWriter().u8(VERSION).u8(tag).account(request.account());
    }

    @Override
    public WireWriter challenge(Challenge challenge) {
      return begin(0x01, challenge);
    }

    @Override
    public WireWriter status(Status status) {
      return begin(0x02, status).u64(status.knownSequence()).bytes(status.knownHash());
    }

    @Override
    public WireWriter register(Register register) {
      return begin(0x10, register)
          .u64(register.generation())
          .bytes(register.oneTimeKey())
          .bytes(register.registrationRequest());
    }

    @Override
    public WireWriter stage(Stage stage) {
      return begin(0x11, stage)
          .u64(stage.generation())
          .bytes(stage.registrationRecord())
          .bytes(stage.wrap())
          .bytes(stage.commandKey())
          .bytes(stage.keyProof())
          .u16(stage.suite())
          .bytes(stage.stretching().encode());
    }

    @Override
    public WireWriter confirm(Confirm confirm) {
      return begin(0x12, confirm).u64(confirm.generation()).bytes(confirm.ke1());
    }

    @Override
    public WireWriter activate(Activate activate) {
      return begin(0x13, activate).u64(activate.generation());
    }

    @Override
    public WireWriter attempt(Attempt attempt) {
      return begin(0x20, attempt).bytes(attempt.ke1());
    }

    @Override
    public WireWriter finish(Finish finish) {
      return begin(0x21, finish).bytes(finish.sessionId()).bytes(finish.ke3());
    }

    @Override
    public WireWriter abandon(Abandon abandon) {
      return begin(0x22, abandon).bytes(abandon.sessionId());
    }

    @Override
    public WireWriter disable(Disable disable) {
      return begin(0x30, disable);
    }

    @Override
    public WireWriter restart(Restart restart) {
      return begin(0x31, restart);
    }

    @Override
    public WireWriter completeRestart(CompleteRestart completeRestart) {
      return begin(0x32, completeRestart);
    }

    @Override
    public WireWriter mark(Mark mark) {
      return begin(0x40, mark).u64(mark.backupNumber()).bytes(mark.digest());
    }
  }
}
