package lockstep.device.rotation;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import lockstep.backup.store.Freshness;
import lockstep.backup.store.Progress;
import lockstep.device.state.Device;
import lockstep.device.state.EnabledDevice;
import lockstep.device.state.FreshnessMark;
import lockstep.device.state.PasswordVerifier;
import lockstep.device.state.Rehearsal;
import lockstep.device.state.RehearsalOutcome;
import lockstep.device.state.RehearsalVerifier;
import lockstep.device.state.VaultBinding;
import lockstep.device.vault.ConversationEnded;
import lockstep.device.vault.Credential;
import lockstep.device.vault.OpenedAccount;
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

/** A rotation in password mode: the vault's activation puts the new key in force. */
@Implements({"ROT-1~3", "ROT-2", "ROT-3~2"})
final class VaultRotation {

  private final Device device;
  private final RotatedSets sets;
  private final EnabledDevice enabled;
  private final VaultConversation conversation;

  VaultRotation(Device device, VaultConnection vault, RotatedSets sets, EnabledDevice enabled)
      throws IOException, ConversationEnded {
    this.device = device;
    this.sets = sets;
    this.enabled = enabled;
    this.conversation = VaultConversation.begin(device, vault, enabled, Set.of());
  }

  KeyRotationOutcome run(Password password, Progress progress)
      throws IOException, ConversationEnded {
    Optional<KeyRotationOutcome> earlier = earlier(progress);
    if (earlier.isPresent()) {
      return earlier.get();
    }
    if (new Rehearsal(device).compare(enabled, password)
        instanceof RehearsalOutcome.NotThePassword) {
      return new KeyRotationOutcome.NotThePassword();
    }
    try (SigningKey commandKey = SigningKey.commandKey(enabled.rootKey())) {
      Credential signature = commandKey.forCommands(conversation.vaultId());
      // A copy takes long: first, would the vault let the new key in?
      Reply.StatusReport status = conversation.own(commandKey);
      if (status.record() != Reply.RecordState.ACTIVE) {
        return new KeyRotationOutcome.NotUnlocked(new UnlockOutcome.Destroyed());
      }
      if (status.lockedUntil() > status.time()) {
        return new KeyRotationOutcome.NotUnlocked(new UnlockOutcome.Locked(status.lockedUntil()));
      }
      try (RotationJournal journal = sets.begin(enabled)) {
        RotatedSets.Copy copy = sets.copy(enabled, journal, freshness(status), progress);
        if (copy.failure().isPresent()) {
          return copy.failure().get();
        }
        try (RotationJournal copied = journal.withCopy(copy.mark(), copy.from())) {
          return unlock(copied, password, signature);
        }
      }
    }
  }

  /** What the vault's mark and the device know; the device keeps what it hears (RST-12). */
  @Implements({"ROT-1~3", "RST-12"})
  private Freshness freshness(Reply.StatusReport status) throws IOException {
    Optional<FreshnessMark> mark =
        status.markNumber() == 0
            ? Optional.empty()
            : Optional.of(new FreshnessMark(status.markNumber(), status.markDigest()));
    if (mark.isPresent()) {
      device.update(known -> known.withHeard(mark.get()));
    }
    return Freshness.of(
        enabled.floor().map(FreshnessMark::backup),
        mark.map(FreshnessMark::backup),
        Freshness.Word.HEARD);
  }

  /** What an interrupted rotation came to, if the vault has the new key. */
  @Decides("ROT-3~2")
  private Optional<KeyRotationOutcome> earlier(Progress progress)
      throws IOException, ConversationEnded {
    Optional<RotationJournal> found = RotationJournal.recall(device);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    try (RotationJournal journal = found.get();
        SigningKey commandKey = SigningKey.commandKey(journal.newKey())) {
      Optional<Reply.StatusReport> active =
          conversation
              .ours(commandKey)
              .filter(report -> report.record() == Reply.RecordState.ACTIVE);
      if (active.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(finish(journal, conversation.binding(active.get()), progress));
    }
  }

  /**
   * Goes on where the new key took effect unheard: until then another device may have backed up
   * under the old one, or a rerun have died while it copied.
   */
  @Implements("ROT-1~3")
  private KeyRotationOutcome finish(
      RotationJournal journal, VaultBinding binding, Progress progress) throws IOException {
    Optional<KeyRotationOutcome> overtaken = sets.overtaken(enabled, journal);
    if (overtaken.isEmpty()) {
      return inForce(journal, binding);
    }
    if (!(overtaken.get() instanceof KeyRotationOutcome.Overtaken)) {
      return overtaken.get();
    }
    Freshness known =
        Freshness.of(
            enabled.floor().map(FreshnessMark::backup), Optional.empty(), Freshness.Word.HEARD);
    RotatedSets.Copy copy = sets.copy(enabled, journal, known, progress);
    if (copy.failure().isEmpty()) {
      try (RotationJournal copied = journal.withCopy(copy.mark(), copy.from())) {
        return inForce(copied, binding);
      }
    }
    if (copy.failure().get() instanceof KeyRotationOutcome.ProviderFailed failed) {
      return failed;
    }
    // The device is not kept from the key that is in force; its user is told before the set goes.
    sets.switchDevice(enabled, journal, Optional.of(binding));
    return new KeyRotationOutcome.OldSetRemains(
        "a newer backup under the old key cannot be sealed again");
  }

  private KeyRotationOutcome unlock(
      RotationJournal journal, Password password, Credential signature)
      throws IOException, ConversationEnded {
    UnlockOutcome unlocked = Unlock.attempt(conversation, password, signature);
    if (!(unlocked instanceof UnlockOutcome.Released released)) {
      return new KeyRotationOutcome.NotUnlocked(unlocked);
    }
    try (OpenedAccount account = released.account()) {
      if (!account.rootKey().isEqualTo(enabled.rootKey())) {
        throw new ConversationEnded(new VaultFailure.NotTrusted());
      }
      long generation = conversation.status(signature).lastGeneration() + 1;
      PasswordVerifier verifier =
          PasswordVerifier.of(password, device.stretching().parameters(), device.random());
      try (RotationJournal staged =
          journal.withStage(new RehearsalVerifier(generation, verifier))) {
        return stage(staged, generation, password, account);
      }
    }
  }

  private KeyRotationOutcome stage(
      RotationJournal journal, long generation, Password password, OpenedAccount account)
      throws IOException, ConversationEnded {
    RecordStaging staging = new RecordStaging(conversation);
    RecordStaging.Result result =
        staging.stage(
            password,
            journal.newKey(),
            generation,
            account.opened().session().forCommand(conversation.vaultId()),
            () -> journal.remember(device));
    if (result instanceof RecordStaging.Result.Locked locked) {
      return new KeyRotationOutcome.NotUnlocked(new UnlockOutcome.Locked(locked.until()));
    }
    if (!(result instanceof RecordStaging.Result.Confirmed confirmed)) {
      return new KeyRotationOutcome.NotUnlocked(new UnlockOutcome.Destroyed());
    }
    try (confirmed) {
      Optional<KeyRotationOutcome> overtaken = sets.overtaken(enabled, journal);
      if (overtaken.isPresent()) {
        return overtaken.get();
      }
      RecordStaging.Activation activation = staging.activate(confirmed.record());
      if (activation instanceof RecordStaging.Activation.Unknown unknown) {
        return new KeyRotationOutcome.OutcomeUnknown(unknown.why());
      }
      if (activation instanceof RecordStaging.Activation.Locked locked) {
        return new KeyRotationOutcome.NotUnlocked(new UnlockOutcome.Locked(locked.until()));
      }
      return inForce(journal, confirmed.record().binding());
    }
  }

  private KeyRotationOutcome inForce(RotationJournal journal, VaultBinding binding)
      throws IOException {
    sets.switchDevice(enabled, journal, Optional.of(binding));
    return sets.removeOld(enabled, journal);
  }
}
