package lockstep.vault.machine;

import java.util.Optional;
import java.util.OptionalLong;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import lockstep.vault.machine.AccountState.Stage;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;
import lockstep.wire.Refusal;

/**
 * The vault's one decision: an account's state and a command give the next state and a reply. Pure
 * and deterministic: no clock, no randomness, no I/O, and no cryptography but SHA-256. Every store
 * runs it inside its transaction.
 */
@Implements("ATR-6")
public final class VaultMachine {

  private VaultMachine() {}

  /**
   * Decides on a command.
   *
   * @param stored the account's bytes as the last decision's {@code replacement} left them; empty
   *     for an account of which nothing is stored
   * @throws VaultDamagedException if they are not exactly what a decision left for this account
   */
  @Decides("ATR-6")
  @Implements("ATR-5~2")
  public static Decision decide(AccountName account, Optional<Bytes> stored, VaultCommand command)
      throws VaultDamagedException {
    if (stored.isEmpty()) {
      return decideUnknown(AccountState.fresh(account, policyFor(command)), command);
    }
    Optional<AccountState> state = AccountStateCodec.decode(stored.get());
    if (state.isEmpty() || !state.get().account().equals(account)) {
      throw new VaultDamagedException("stored account state is damaged");
    }
    return decideKnown(state.get(), stored.get(), command);
  }

  /** The next state and the reply, whatever becomes of them. */
  static Transition apply(AccountState state, VaultCommand command) {
    AccountDraft draft = new AccountDraft(state);
    draft.settle(command.time());
    VaultReply reply = command.match(new Rules(draft));
    return new Transition(draft.toState(), reply);
  }

  /** Nothing is kept of an account until its first stage is accepted. */
  @Implements("AUT-3")
  private static Decision decideUnknown(AccountState fresh, VaultCommand command) {
    Transition transition = apply(fresh, command);
    return transition.reply() instanceof VaultReply.Reserved
        ? new Decision(
            transition.reply(),
            Optional.of(AccountStateCodec.encode(transition.state())),
            transition.state().due())
        : new Decision(transition.reply(), Optional.empty(), OptionalLong.empty());
  }

  @Implements({"AUT-3", "ATR-4~2", "LIM-16"})
  private static Decision decideKnown(AccountState before, Bytes stored, VaultCommand command) {
    Transition transition = apply(before, command);
    Bytes after = AccountStateCodec.encode(transition.state());
    if (keepsNothing(transition.reply()) || after.equals(stored)) {
      return new Decision(transition.reply(), Optional.empty(), OptionalLong.empty());
    }
    return new Decision(transition.reply(), Optional.of(after), transition.state().due());
  }

  private static boolean keepsNothing(VaultReply reply) {
    return reply instanceof VaultReply.Keys
        || reply.equals(new VaultReply.Declined(new Refusal.Refused()));
  }

  private static AttemptPolicy policyFor(VaultCommand command) {
    if (command instanceof VaultCommand.Register register) {
      return register.policy();
    }
    return command instanceof VaultCommand.Observe observe
        ? observe.policy()
        : AttemptPolicy.STANDARD;
  }

  /**
   * A state and a reply.
   *
   * @param state after the command
   * @param reply to it
   */
  record Transition(AccountState state, VaultReply reply) {}

  /** Which rule decides on which command. */
  private static final class Rules implements VaultCommandCases<VaultReply> {

    private final AccountDraft draft;
    private final SessionRules sessions;
    private final StageRules stages;
    private final AccountRules accounts;

    Rules(AccountDraft draft) {
      this.draft = draft;
      this.sessions = new SessionRules(draft);
      this.stages = new StageRules(draft);
      this.accounts = new AccountRules(draft);
    }

    @Override
    public VaultReply charge(VaultCommand.Charge charge) {
      return sessions.charge(charge);
    }

    @Override
    public VaultReply finish(VaultCommand.Finish finish) {
      return sessions.finish(finish);
    }

    @Override
    public VaultReply abandon(VaultCommand.Abandon abandon) {
      return sessions.abandon(abandon);
    }

    @Override
    public VaultReply register(VaultCommand.Register register) {
      return stages.register(register);
    }

    @Override
    public VaultReply stage(VaultCommand.Stage stage) {
      return stages.stage(stage);
    }

    @Override
    public VaultReply confirm(VaultCommand.Confirm confirm) {
      return stages.confirm(confirm);
    }

    @Override
    public VaultReply activate(VaultCommand.Activate activate) {
      return stages.activate(activate);
    }

    @Override
    public VaultReply disable(VaultCommand.Disable disable) {
      return accounts.disable(disable);
    }

    @Override
    public VaultReply restart(VaultCommand.Restart restart) {
      return accounts.restart();
    }

    @Override
    public VaultReply completeRestart(VaultCommand.CompleteRestart completeRestart) {
      return accounts.completeRestart();
    }

    @Override
    public VaultReply mark(VaultCommand.Mark mark) {
      return accounts.mark(mark);
    }

    @Override
    public VaultReply observe(VaultCommand.Observe observe) {
      return accounts.observe(observe);
    }

    @Override
    public VaultReply askKeys(VaultCommand.AskKeys askKeys) {
      return new VaultReply.Keys(
          draft.standing.commandKey(),
          draft.stage.map(Stage::oneTimeKey),
          draft.stage.map(Stage::secret));
    }

    @Override
    public VaultReply expire(VaultCommand.Expire expire) {
      return new VaultReply.Settled();
    }
  }
}
