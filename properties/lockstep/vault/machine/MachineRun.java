package lockstep.vault.machine;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import lockstep.vault.machine.VaultCommand.Mandate;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;
import lockstep.wire.Receipt;
import lockstep.wire.Refusal;
import lockstep.wire.Reply;
import lockstep.wire.StretchingParameters;

/** One account driven through {@link VaultMachine}, its bytes kept as a store would. */
public final class MachineRun {

  public static final AccountName ALICE = new AccountName("alice");
  public static final long START = 1_700_000_000_000L;
  public static final StretchingParameters STRETCHING = new StretchingParameters(65_536, 3, 4);

  public final AttemptPolicy policy;
  public Optional<Bytes> stored = Optional.empty();
  public long time = START;

  /** Whether the last command left a record out that was stored before it. */
  public boolean erased;

  /** When the last decision that was stored wants to be asked again. */
  public OptionalLong due = OptionalLong.empty();

  private long lastId;

  public MachineRun(AttemptPolicy policy) {
    this.policy = policy;
  }

  public static MachineRun enrolled(AttemptPolicy policy) {
    MachineRun run = new MachineRun(policy);
    run.enrol(new Mandate.Token());
    return run;
  }

  public VaultReply submit(VaultCommand command) {
    try {
      Decision decision = VaultMachine.decide(ALICE, stored, command);
      Set<SealedRecord> before = records(stored);
      erased = !records(decision.replacement().or(() -> stored)).containsAll(before);
      due = decision.replacement().isPresent() ? decision.due() : due;
      if (decision.replacement().isPresent()) {
        stored = decision.replacement();
      }
      return decision.reply();
    } catch (VaultDamagedException damaged) {
      throw new AssertionError(damaged);
    }
  }

  /** The sealed records in stored bytes. */
  public static Set<SealedRecord> records(Optional<Bytes> stored) {
    Set<SealedRecord> records = new HashSet<>();
    stored
        .flatMap(AccountStateCodec::decode)
        .ifPresent(
            state -> {
              if (state.standing() instanceof AccountState.Active active) {
                records.add(active.record());
              }
              state
                  .stage()
                  .flatMap(AccountState.Stage::staged)
                  .ifPresent(staged -> records.add(staged.record()));
            });
    return records;
  }

  public AccountState state() {
    return stored.flatMap(AccountStateCodec::decode).orElseThrow();
  }

  public Reply.StatusReport status() {
    return ((VaultReply.Observed)
            submit(new VaultCommand.Observe(time, policy, new Mandate.Token())))
        .report();
  }

  /** Sixteen bytes not used before. */
  public Bytes freshId() {
    return numbered(16, ++lastId);
  }

  public static Bytes numbered(int length, long number) {
    return Bytes.copyOf(ByteBuffer.allocate(length).putLong(number).array());
  }

  /** The command key, one-time key, request digest of a generation. */
  public static Bytes commandKey(long generation) {
    return numbered(32, 1_000 + generation);
  }

  public static Bytes oneTimeKey(long generation) {
    return numbered(32, 2_000 + generation);
  }

  public static Bytes requestDigest(long generation) {
    return numbered(32, 3_000 + generation);
  }

  public static SealedRecord record(long generation) {
    return new SealedRecord(numbered(300, 4_000 + generation));
  }

  public static SealedSecret secret(long generation) {
    return new SealedSecret(numbered(60, 6_000 + generation));
  }

  public Mandate.Signature signed(long generation) {
    return new Mandate.Signature(commandKey(generation));
  }

  public VaultReply attempt(Bytes id) {
    return submit(new VaultCommand.Charge(time, id, new Mandate.Token()));
  }

  public VaultReply finish(Bytes id, boolean verified) {
    return submit(new VaultCommand.Finish(time, id, verified));
  }

  public VaultReply abandon(Bytes id) {
    return submit(new VaultCommand.Abandon(time, id));
  }

  /** One attempt with a wrong password. */
  public VaultReply fail() {
    Bytes id = freshId();
    VaultReply reply = attempt(id);
    return reply instanceof VaultReply.Permit ? finish(id, false) : reply;
  }

  public void fail(int attempts) {
    for (int i = 0; i < attempts; i++) {
      fail();
    }
  }

  /** One attempt with the right password: the verified session, or empty. */
  public Optional<Bytes> unlock() {
    Bytes id = freshId();
    return attempt(id) instanceof VaultReply.Permit
            && finish(id, true) instanceof VaultReply.Verified
        ? Optional.of(id)
        : Optional.empty();
  }

  public VaultReply register(long generation, Mandate mandate) {
    return submit(
        new VaultCommand.Register(
            time,
            freshId(),
            generation,
            oneTimeKey(generation),
            requestDigest(generation),
            secret(generation),
            policy,
            mandate));
  }

  public VaultReply stage(long generation) {
    return stage(generation, commandKey(generation));
  }

  public VaultReply stage(long generation, Bytes commandKey) {
    return submit(
        new VaultCommand.Stage(
            time,
            generation,
            oneTimeKey(generation),
            numbered(32, 5_000 + generation),
            secret(generation),
            record(generation),
            STRETCHING,
            commandKey));
  }

  public VaultReply confirm(Bytes id, long generation) {
    return submit(new VaultCommand.Confirm(time, id, generation, oneTimeKey(generation)));
  }

  public VaultReply activate(Bytes id, long generation) {
    return submit(new VaultCommand.Activate(time, generation, id));
  }

  public long nextGeneration() {
    return stored.isEmpty() ? 1 : state().lastGeneration() + 1;
  }

  /**
   * Register, Stage, Confirm, Finish, Activate; the reply to the first that is declined, or the
   * last.
   */
  public VaultReply enrol(Mandate mandate) {
    long generation = nextGeneration();
    VaultReply registered = register(generation, mandate);
    if (registered instanceof VaultReply.Declined) {
      return registered;
    }
    stage(generation);
    Bytes id = freshId();
    confirm(id, generation);
    finish(id, true);
    return activate(id, generation);
  }

  public static Optional<Refusal> refusal(VaultReply reply) {
    return reply instanceof VaultReply.Declined declined
        ? Optional.of(declined.refusal())
        : Optional.empty();
  }

  public static Optional<Receipt.Body> receipt(VaultReply reply) {
    if (reply instanceof VaultReply.Permit permit) {
      return permit.receipt();
    }
    if (reply instanceof VaultReply.Verified verified) {
      return Optional.of(verified.receipt());
    }
    if (reply instanceof VaultReply.Reserved reserved) {
      return Optional.of(reserved.receipt());
    }
    if (reply instanceof VaultReply.RestartPending pending) {
      return pending.receipt();
    }
    return reply instanceof VaultReply.Carried carried
        ? Optional.of(carried.receipt())
        : Optional.empty();
  }
}
