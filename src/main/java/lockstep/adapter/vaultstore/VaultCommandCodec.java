package lockstep.adapter.vaultstore;

import java.util.Optional;
import lockstep.spec.Implements;
import lockstep.vault.machine.AttemptPolicy;
import lockstep.vault.machine.SealedRecord;
import lockstep.vault.machine.SealedSecret;
import lockstep.vault.machine.VaultCommand;
import lockstep.vault.machine.VaultCommand.Mandate;
import lockstep.vault.machine.VaultCommandCases;
import lockstep.wire.Bytes;
import lockstep.wire.Sha256;
import lockstep.wire.StretchingParameters;
import lockstep.wire.WireReader;
import lockstep.wire.WireWriter;

/**
 * The bytes in which a command stands in an agreed log. Its time is not among them: whoever applies
 * the entry says which time it is decided at.
 */
@Implements("REP-1~2")
final class VaultCommandCodec {

  private static final int ID_BYTES = 16;
  private static final int KEY_BYTES = 32;

  private VaultCommandCodec() {}

  /** Writes the command without its time. */
  static void write(WireWriter out, VaultCommand command) {
    command.match(new Writing(out));
  }

  /** Reads what {@link #write} wrote, as a command of {@code time}. */
  static VaultCommand read(WireReader in, long time) {
    int kind = in.u8();
    return switch (kind) {
      case 1 -> new VaultCommand.Charge(time, in.fixed(ID_BYTES), readMandate(in));
      case 2 -> new VaultCommand.Finish(time, in.fixed(ID_BYTES), in.flag());
      case 3 -> new VaultCommand.Abandon(time, in.fixed(ID_BYTES));
      case 4 -> readRegister(in, time);
      case 5 -> readStage(in, time);
      case 6 -> new VaultCommand.Confirm(time, in.fixed(ID_BYTES), in.u64(), in.fixed(KEY_BYTES));
      case 7 -> new VaultCommand.Activate(time, in.u64(), in.fixed(ID_BYTES));
      case 8 -> new VaultCommand.Disable(time, readMandate(in));
      case 9 -> new VaultCommand.Restart(time);
      case 10 -> new VaultCommand.CompleteRestart(time);
      case 11 ->
          new VaultCommand.Mark(
              time,
              in.u64(),
              in.fixed(Sha256.LENGTH_BYTES),
              new Mandate.Signature(in.fixed(KEY_BYTES)));
      case 12 -> new VaultCommand.Observe(time, readPolicy(in), in.u64(), readMandate(in));
      case 13 -> new VaultCommand.AskKeys(time);
      default -> {
        in.require(kind == 14);
        yield new VaultCommand.Expire(time);
      }
    };
  }

  private static VaultCommand readRegister(WireReader in, long time) {
    return new VaultCommand.Register(
        time,
        in.fixed(ID_BYTES),
        in.u64(),
        in.fixed(KEY_BYTES),
        in.fixed(Sha256.LENGTH_BYTES),
        readSecret(in),
        readPolicy(in),
        readMandate(in));
  }

  private static VaultCommand readStage(WireReader in, long time) {
    return new VaultCommand.Stage(
        time,
        in.u64(),
        in.fixed(KEY_BYTES),
        in.fixed(Sha256.LENGTH_BYTES),
        readSecret(in),
        new SealedRecord(Bytes.copyOf(in.bytes16(SealedRecord.MAX_BYTES))),
        StretchingParameters.read(in),
        in.fixed(KEY_BYTES));
  }

  private static SealedSecret readSecret(WireReader in) {
    return new SealedSecret(Bytes.copyOf(in.bytes16(SealedSecret.MAX_BYTES)));
  }

  private static AttemptPolicy readPolicy(WireReader in) {
    return in.orRefuse(AttemptPolicy.of(in.u16(), in.u16(), in.u64()));
  }

  private static Mandate readMandate(WireReader in) {
    int kind = in.u8();
    return switch (kind) {
      case 1 ->
          new Mandate.Token(
              in.flag()
                  ? Optional.of(new Mandate.TokenUse(in.fixed(Sha256.LENGTH_BYTES), in.u64()))
                  : Optional.empty());
      case 2 -> new Mandate.Signature(in.fixed(KEY_BYTES));
      default -> {
        in.require(kind == 3);
        yield new Mandate.Session(in.fixed(ID_BYTES));
      }
    };
  }

  private static void writeMandate(WireWriter out, Mandate mandate) {
    if (mandate instanceof Mandate.Token token) {
      out.u8(1).flag(token.use().isPresent());
      token.use().ifPresent(use -> out.bytes(use.id()).u64(use.expiresAt()));
    } else if (mandate instanceof Mandate.Signature signature) {
      out.u8(2).bytes(signature.commandKey());
    } else if (mandate instanceof Mandate.Session session) {
      out.u8(3).bytes(session.sessionId());
    }
  }

  /** One case a command. */
  private record Writing(WireWriter out) implements VaultCommandCases<WireWriter> {

    @Override
    public WireWriter charge(VaultCommand.Charge charge) {
      out.u8(1).bytes(charge.attemptId());
      writeMandate(out, charge.mandate());
      return out;
    }

    @Override
    public WireWriter finish(VaultCommand.Finish finish) {
      return out.u8(2).bytes(finish.attemptId()).flag(finish.verified());
    }

    @Override
    public WireWriter abandon(VaultCommand.Abandon abandon) {
      return out.u8(3).bytes(abandon.attemptId());
    }

    @Override
    public WireWriter register(VaultCommand.Register register) {
      out.u8(4)
          .bytes(register.attemptId())
          .u64(register.generation())
          .bytes(register.oneTimeKey())
          .bytes(register.requestDigest())
          .bytes16(register.secret().ciphertext().toArray())
          .bytes(register.policy().toWire().encode());
      writeMandate(out, register.mandate());
      return out;
    }

    @Override
    public WireWriter stage(VaultCommand.Stage stage) {
      return out.u8(5)
          .u64(stage.generation())
          .bytes(stage.oneTimeKey())
          .bytes(stage.requestDigest())
          .bytes16(stage.secret().ciphertext().toArray())
          .bytes16(stage.record().ciphertext().toArray())
          .bytes(stage.stretching().encode())
          .bytes(stage.commandKey());
    }

    @Override
    public WireWriter confirm(VaultCommand.Confirm confirm) {
      return out.u8(6)
          .bytes(confirm.attemptId())
          .u64(confirm.generation())
          .bytes(confirm.oneTimeKey());
    }

    @Override
    public WireWriter activate(VaultCommand.Activate activate) {
      return out.u8(7).u64(activate.generation()).bytes(activate.sessionId());
    }

    @Override
    public WireWriter disable(VaultCommand.Disable disable) {
      out.u8(8);
      writeMandate(out, disable.mandate());
      return out;
    }

    @Override
    public WireWriter restart(VaultCommand.Restart restart) {
      return out.u8(9);
    }

    @Override
    public WireWriter completeRestart(VaultCommand.CompleteRestart completeRestart) {
      return out.u8(10);
    }

    @Override
    public WireWriter mark(VaultCommand.Mark mark) {
      return out.u8(11)
          .u64(mark.backupNumber())
          .bytes(mark.digest())
          .bytes(mark.signature().commandKey());
    }

    @Override
    public WireWriter observe(VaultCommand.Observe observe) {
      out.u8(12).bytes(observe.policy().toWire().encode()).u64(observe.knownSequence());
      writeMandate(out, observe.mandate());
      return out;
    }

    @Override
    public WireWriter askKeys(VaultCommand.AskKeys askKeys) {
      return out.u8(13);
    }

    @Override
    public WireWriter expire(VaultCommand.Expire expire) {
      return out.u8(14);
    }
  }
}
