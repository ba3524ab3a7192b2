package lockstep.device.password;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import lockstep.device.state.Device;
import lockstep.device.state.EnabledDevice;
import lockstep.device.state.PasswordVerifier;
import lockstep.device.state.Rehearsal;
import lockstep.device.state.RehearsalOutcome;
import lockstep.device.state.VaultBinding;
import lockstep.device.vault.ConversationEnded;
import lockstep.device.vault.Credential;
import lockstep.device.vault.OpenedAccount;
import lockstep.device.vault.OpenedRecord;
import lockstep.device.vault.RecordStaging;
import lockstep.device.vault.SigningKey;
import lockstep.device.vault.Unlock;
import lockstep.device.vault.UnlockOutcome;
import lockstep.device.vault.VaultConnection;
import lockstep.device.vault.VaultConversation;
import lockstep.device.vault.VaultFailure;
import lockstep.secret.Password;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import lockstep.wire.Reply;

/**
 * Changing the password of an enabled device; the root key stays.
 *
 * <p>The order is: a session under the previous password, Register, journal, Stage, Confirm,
 * Finish, Activate, rehearsal verifier, enabled device, journal erased. Activation at the vault is
 * the one step that decides which password is in force. Run again after a crash anywhere, it asks
 * first which generation is active, and spends an attempt only if the change did not take effect.
 */
@Decides("CHG-1")
@Implements({"CHG-2", "CHG-3", "CHG-4"})
public final class PasswordChangeProtocol {

  private final Device device;
  private final VaultConnection vault;

  /** Changes the password at that vault. */
  public PasswordChangeProtocol(Device device, VaultConnection vault) {
    this.device = device;
    this.vault = vault;
  }

  /**
   * Puts {@code next} in force in place of {@code previous}; both stay the caller's to close.
   *
   * @throws IOException when the device's own state fails; run again
   */
  public PasswordChangeOutcome change(Password previous, Password next) throws IOException {
    Optional<EnabledDevice> found = device.enabled();
    if (found.isEmpty()) {
      return new PasswordChangeOutcome.NotEnabled();
    }
    try (EnabledDevice enabled = found.get()) {
      if (enabled.vault().isEmpty()) {
        return new PasswordChangeOutcome.NotEnabled();
      }
      return new Change(enabled, enabled.vault().get()).run(previous, next);
    } catch (ConversationEnded ended) {
      return new PasswordChangeOutcome.VaultFailed(ended.failure());
    }
  }

  private final class Change {

    private final EnabledDevice enabled;
    private final VaultBinding known;
    private final VaultConversation conversation;

    Change(EnabledDevice enabled, VaultBinding known) throws IOException, ConversationEnded {
      this.enabled = enabled;
      this.known = known;
      this.conversation = VaultConversation.begin(device, vault, enabled, Set.of());
    }

    PasswordChangeOutcome run(Password previous, Password next)
        throws IOException, ConversationEnded {
      try (SigningKey commandKey = SigningKey.commandKey(enabled.rootKey())) {
        Credential signature = commandKey.forCommands(conversation.vaultId());
        Reply.StatusReport status = conversation.own(commandKey);
        if (status.record() != Reply.RecordState.ACTIVE) {
          return new PasswordChangeOutcome.Destroyed();
        }
        Optional<PasswordChangeOutcome> earlier = earlier(status, next);
        if (earlier.isPresent()) {
          return earlier.get();
        }
        if (known.generation() == status.activeGeneration() && isInForce(previous, next)) {
          return new PasswordChangeOutcome.Changed(known);
        }
        UnlockOutcome unlocked = Unlock.attempt(conversation, previous, signature);
        if (!(unlocked instanceof UnlockOutcome.Released released)) {
          return declined(unlocked);
        }
        try (OpenedAccount account = released.account()) {
          return stage(account, status.lastGeneration() + 1, next);
        }
      }
    }

    /** What an interrupted change came to, if it took effect. */
    @Implements("CHG-3")
    private Optional<PasswordChangeOutcome> earlier(Reply.StatusReport status, Password next)
        throws IOException {
      Optional<PasswordChangeJournal> journal = PasswordChangeJournal.recall(device);
      if (journal.isEmpty()) {
        return Optional.empty();
      }
      PasswordVerifier verifier = journal.get().verifier();
      return journal
          .get()
          .settle(device, enabled, status.activeGeneration(), conversation.binding(status))
          .map(
              now ->
                  verifier.matches(next)
                      ? new PasswordChangeOutcome.Changed(now)
                      : new PasswordChangeOutcome.EarlierChangeTookEffect(now));
    }

    /** A run that died when all was done left no journal; to charge its rerun would be unfair. */
    @Implements("CHG-3")
    private boolean isInForce(Password previous, Password next) throws IOException {
      Rehearsal rehearsal = new Rehearsal(device);
      return rehearsal.compare(enabled, previous) instanceof RehearsalOutcome.NotThePassword
          && rehearsal.compare(enabled, next) instanceof RehearsalOutcome.ThePassword;
    }

    private PasswordChangeOutcome stage(OpenedAccount account, long generation, Password next)
        throws IOException, ConversationEnded {
      if (!account.rootKey().isEqualTo(enabled.rootKey())) {
        throw new ConversationEnded(new VaultFailure.NotTrusted());
      }
      PasswordVerifier verifier =
          PasswordVerifier.of(next, device.stretching().parameters(), device.random());
      PasswordChangeJournal journal = new PasswordChangeJournal(generation, verifier);
      RecordStaging staging = new RecordStaging(conversation);
      RecordStaging.Result result =
          staging.stage(
              next,
              enabled.rootKey(),
              generation,
              account.opened().session().forCommand(conversation.vaultId()),
              () -> journal.remember(device, enabled.account()));
      if (result instanceof RecordStaging.Result.Locked locked) {
        return new PasswordChangeOutcome.Locked(locked.until());
      }
      if (!(result instanceof RecordStaging.Result.Confirmed confirmed)) {
        return new PasswordChangeOutcome.Destroyed();
      }
      try (confirmed) {
        return activate(staging, confirmed.record(), journal);
      }
    }

    @Decides("CHG-4")
    private PasswordChangeOutcome activate(
        RecordStaging staging, OpenedRecord confirmed, PasswordChangeJournal journal)
        throws IOException, ConversationEnded {
      RecordStaging.Activation activation = staging.activate(confirmed);
      if (activation instanceof RecordStaging.Activation.Unknown unknown) {
        return new PasswordChangeOutcome.OutcomeUnknown(unknown.why());
      }
      if (activation instanceof RecordStaging.Activation.Locked locked) {
        return new PasswordChangeOutcome.Locked(locked.until());
      }
      journal.settle(device, enabled, journal.generation(), confirmed.binding());
      return new PasswordChangeOutcome.Changed(confirmed.binding());
    }

    private PasswordChangeOutcome declined(UnlockOutcome unlocked) {
      return unlocked.match(
          released -> {
            throw new IllegalStateException("a released account is not declined");
          },
          wrong ->
              new PasswordChangeOutcome.WrongPassword(
                  wrong.attemptsRemaining(), wrong.lockedUntil()),
          locked -> new PasswordChangeOutcome.Locked(locked.until()),
          PasswordChangeOutcome.Destroyed::new,
          PasswordChangeOutcome.NotEnrolled::new,
          PasswordChangeOutcome.VaultFailed::new);
    }
  }
}
