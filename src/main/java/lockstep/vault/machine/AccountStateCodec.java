package lockstep.vault.machine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import lockstep.spec.Decides;
import lockstep.vault.machine.AccountState.Active;
import lockstep.vault.machine.AccountState.Confirmation;
import lockstep.vault.machine.AccountState.FinalSession;
import lockstep.vault.machine.AccountState.None;
import lockstep.vault.machine.AccountState.Session;
import lockstep.vault.machine.AccountState.Stage;
import lockstep.vault.machine.AccountState.StagedRecord;
import lockstep.vault.machine.AccountState.Standing;
import lockstep.vault.machine.AccountState.Tombstone;
import lockstep.vault.machine.AttemptLimiter.Phase;
import lockstep.vault.machine.VaultCommand.Mandate.TokenUse;
import lockstep.wire.Bytes;
import lockstep.wire.Sha256;
import lockstep.wire.StretchingParameters;
import lockstep.wire.WireReader;
import lockstep.wire.WireWriter;

/**
 * The bytes in which a store keeps an account: version, fields in the order of {@link
 * AccountState}, SHA-256 of all of it. Only bytes that this class wrote decode.
 */
@Decides("ATR-5~2")
public final class AccountStateCodec {

  private static final int VERSION = 3;
  private static final int ID_BYTES = 16;
  private static final int KEY_BYTES = 32;
  private static final int NONE = 0;
  private static final int ACTIVE = 1;
  private static final int TOMBSTONE = 2;

  private AccountStateCodec() {}

  public static Bytes encode(AccountState state) {
    WireWriter out = new WireWriter().u8(VERSION).account(state.account());
    writeStanding(out, state.standing());
    writeLimiter(out, state.limiter());
    out.u64(state.epoch());
    writeOptional(out, state.finalSession(), AccountStateCodec::writeFinalSession);
    out.u64(state.lastGeneration()).flag(state.everActive());
    writeOptional(out, state.stage(), AccountStateCodec::writeStage);
    out.u16(state.sessions().size());
    state.sessions().forEach(session -> writeSession(out, session));
    out.u64(state.restartAt());
    writeOptional(out, state.mark(), AccountStateCodec::writeMark);
    out.u64(state.clock()).u64(state.receiptSequence());
    out.u16(state.receiptHashes().size());
    state.receiptHashes().forEach(out::bytes);
    out.u64(state.successes()).u16(state.usedTokens().size());
    state.usedTokens().forEach(use -> out.bytes(use.id()).u64(use.expiresAt()));
    byte[] content = out.toByteArray();
    return Bytes.copyOf(new WireWriter().bytes(content).bytes(Sha256.of(content)).toByteArray());
  }

  /** The state, or empty if the bytes are not exactly the encoding of one. */
  public static Optional<AccountState> decode(Bytes stored) {
    byte[] bytes = stored.toArray();
    int length = bytes.length - Sha256.LENGTH_BYTES;
    if (length < 0) {
      return Optional.empty();
    }
    byte[] content = Arrays.copyOf(bytes, length);
    Bytes hash = Bytes.copyOf(Arrays.copyOfRange(bytes, length, bytes.length));
    return Sha256.of(content).equals(hash)
        ? WireReader.decode(content, AccountStateCodec::read)
        : Optional.empty();
  }

  private static AccountState read(WireReader in) {
    in.require(in.u8() == VERSION);
    AccountState state =
        new AccountState(
            in.account(),
            readStanding(in),
            readLimiter(in),
            in.u64(),
            readOptional(in, AccountStateCodec::readFinalSession),
            in.u64(),
            in.flag(),
            readOptional(in, AccountStateCodec::readStage),
            readSessions(in),
            in.u64(),
            readOptional(in, AccountStateCodec::readMark),
            in.u64(),
            in.u64(),
            readReceiptHashes(in),
            in.u64(),
            readUsedTokens(in));
    in.require(isConsistent(state));
    return state;
  }

  /** What holds between the fields of every state that the machine makes. */
  private static boolean isConsistent(AccountState state) {
    Phase phase = state.limiter().phase();
    boolean isFinal = state.finalSession().isPresent();
    boolean generations =
        (!(state.standing() instanceof Active active)
                || active.generation() <= state.lastGeneration())
            && (state.stage().isEmpty()
                || state.stage().get().generation() == state.lastGeneration());
    boolean standing =
        phase == Phase.DESTROYED
            ? state.standing() instanceof Tombstone tombstone
                ? tombstone.diedInEpoch() == state.epoch()
                : state.standing() instanceof None
            : !(state.standing() instanceof Tombstone earlier)
                || earlier.diedInEpoch() < state.epoch();
    boolean ever = state.everActive() || state.standing() instanceof None;
    long hashes = Math.min(state.receiptSequence(), AccountState.MAX_RECEIPT_HASHES);
    return isFinal == (phase == Phase.FINAL)
        && generations
        && standing
        && ever
        && state.receiptHashes().size() == hashes;
  }

  private static void writeStanding(WireWriter out, Standing standing) {
    if (standing instanceof Active active) {
      out.u8(ACTIVE).u64(active.generation());
      writeRecord(out, active.record());
      out.bytes16(active.secret().ciphertext().toArray())
          .bytes(active.stretching().encode())
          .bytes(active.key());
    } else if (standing instanceof Tombstone tombstone) {
      out.u8(TOMBSTONE);
      writeOptional(out, tombstone.commandKey(), (writer, key) -> writer.bytes(key));
      out.u64(tombstone.diedInEpoch()).flag(tombstone.restarted());
    } else {
      out.u8(NONE);
    }
  }

  private static Standing readStanding(WireReader in) {
    int kind = in.u8();
    if (kind == ACTIVE) {
      return new Active(
          in.u64(),
          readRecord(in),
          readSecret(in),
          StretchingParameters.read(in),
          in.fixed(KEY_BYTES));
    }
    if (kind == TOMBSTONE) {
      return new Tombstone(
          readOptional(in, reader -> reader.fixed(KEY_BYTES)), in.u64(), in.flag());
    }
    in.require(kind == NONE);
    return new None();
  }

  private static void writeRecord(WireWriter out, SealedRecord record) {
    out.bytes16(record.ciphertext().toArray());
  }

  private static SealedRecord readRecord(WireReader in) {
    return new SealedRecord(Bytes.copyOf(in.bytes16(SealedRecord.MAX_BYTES)));
  }

  private static SealedSecret readSecret(WireReader in) {
    return new SealedSecret(Bytes.copyOf(in.bytes16(SealedSecret.MAX_BYTES)));
  }

  private static List<Bytes> readReceiptHashes(WireReader in) {
    int count = in.u16();
    in.require(count <= AccountState.MAX_RECEIPT_HASHES);
    List<Bytes> hashes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      hashes.add(in.fixed(Sha256.LENGTH_BYTES));
    }
    return hashes;
  }

  private static void writeLimiter(WireWriter out, AttemptLimiter limiter) {
    out.bytes(limiter.policy().toWire().encode())
        .u32(limiter.charges())
        .u32(limiter.round())
        .u8(limiter.phase().number())
        .u64(limiter.lockedUntil())
        .u64(limiter.serial());
  }

  private static AttemptLimiter readLimiter(WireReader in) {
    AttemptPolicy policy = in.orRefuse(AttemptPolicy.of(in.u16(), in.u16(), in.u64()));
    int charges = in.u32();
    int round = in.u32();
    Phase phase = in.orRefuse(Phase.of(in.u8()));
    long lockedUntil = in.u64();
    in.require(AttemptLimiter.isState(policy, charges, round, phase, lockedUntil));
    return new AttemptLimiter(policy, charges, round, phase, lockedUntil, in.u64());
  }

  private static void writeFinalSession(WireWriter out, FinalSession last) {
    out.bytes(last.attemptId()).u64(last.expiresAt());
  }

  private static FinalSession readFinalSession(WireReader in) {
    return new FinalSession(in.fixed(ID_BYTES), in.u64());
  }

  private static void writeStage(WireWriter out, Stage stage) {
    out.u64(stage.generation())
        .bytes(stage.oneTimeKey())
        .bytes(stage.requestDigest())
        .u64(stage.expiresAt())
        .bytes(stage.attemptId())
        .u64(stage.charge().serial())
        .flag(stage.charge().locked())
        .flag(stage.inNewEpoch())
        .bytes16(stage.secret().ciphertext().toArray());
    writeOptional(out, stage.staged(), AccountStateCodec::writeStaged);
    out.u8(stage.confirmation().number());
  }

  private static Stage readStage(WireReader in) {
    return new Stage(
        in.u64(),
        in.fixed(KEY_BYTES),
        in.fixed(Sha256.LENGTH_BYTES),
        in.u64(),
        in.fixed(ID_BYTES),
        new AttemptLimiter.Charge(in.u64(), in.flag()),
        in.flag(),
        readSecret(in),
        readOptional(in, AccountStateCodec::readStaged),
        in.orRefuse(Confirmation.of(in.u8())));
  }

  private static void writeStaged(WireWriter out, StagedRecord staged) {
    writeRecord(out, staged.record());
    out.bytes(staged.stretching().encode())
        .bytes(staged.commandKey())
        .bytes(staged.requestDigest());
  }

  private static StagedRecord readStaged(WireReader in) {
    return new StagedRecord(
        readRecord(in),
        StretchingParameters.read(in),
        in.fixed(KEY_BYTES),
        in.fixed(Sha256.LENGTH_BYTES));
  }

  private static void writeSession(WireWriter out, Session session) {
    out.bytes(session.attemptId())
        .u64(session.generation())
        .flag(session.confirming())
        .u64(session.expiresAt())
        .flag(session.verified());
  }

  private static List<Session> readSessions(WireReader in) {
    int count = in.u16();
    in.require(count <= AccountState.MAX_SESSIONS);
    List<Session> sessions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sessions.add(new Session(in.fixed(ID_BYTES), in.u64(), in.flag(), in.u64(), in.flag()));
    }
    return sessions;
  }

  private static List<TokenUse> readUsedTokens(WireReader in) {
    int count = in.u16();
    in.require(count <= AccountState.MAX_USED_TOKENS + AccountState.USES_KEPT);
    List<TokenUse> used = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      used.add(new TokenUse(in.fixed(Sha256.LENGTH_BYTES), in.u64()));
    }
    return used;
  }

  private static void writeMark(WireWriter out, FreshnessMark mark) {
    out.u64(mark.backupNumber()).bytes(mark.digest());
  }

  private static FreshnessMark readMark(WireReader in) {
    return new FreshnessMark(in.u64(), in.fixed(Sha256.LENGTH_BYTES));
  }

  private static <T> void writeOptional(
      WireWriter out, Optional<T> value, BiConsumer<WireWriter, T> body) {
    out.flag(value.isPresent());
    value.ifPresent(present -> body.accept(out, present));
  }

  private static <T> Optional<T> readOptional(WireReader in, Function<WireReader, T> body) {
    return in.flag() ? Optional.of(body.apply(in)) : Optional.empty();
  }
}
