package lockstep.device.enrol;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import lockstep.device.password.PasswordChangeJournal;
import lockstep.device.state.Device;
import lockstep.device.state.DeviceSlot;
import lockstep.device.state.EnabledDevice;
import lockstep.device.state.PasswordVerifier;
import lockstep.device.state.PlainCopies;
import lockstep.device.state.RehearsalVerifier;
import lockstep.device.state.VaultBinding;
import lockstep.device.vault.Acceptance;
import lockstep.device.vault.ConversationEnded;
import lockstep.device.vault.Credential;
import lockstep.device.vault.OpenedRecord;
import lockstep.device.vault.RecordStaging;
import lockstep.device.vault.SigningKey;
import lockstep.device.vault.VaultConnection;
import lockstep.device.vault.VaultConversation;
import lockstep.device.vault.VaultFailure;
import lockstep.keys.RootKey;
import lockstep.secret.Password;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import lockstep.wire.AccountName;
import lockstep.wire.Reply;

/**
 * Enabling backups with a password: at first, after an interruption, and after destruction.
 *
 * <p>The order is: journal, Register, Stage, Confirm, Finish, Activate, rehearsal verifier, enabled
 * device, journal erased. Run again after a crash anywhere, it asks first what became of the last
 * run.
 */
@Decides("ENR-3")
@Implements({"ENR-5~2", "ENR-6", "ENR-7"})
public final class Enrolment {

  private final Device device;
  private final VaultConnection vault;
  private final Set<Acceptance> accepted;

  /** Enrols at that vault. */
  public Enrolment(Device device, VaultConnection vault) {
    this(device, vault, Set.of());
  }

  private Enrolment(Device device, VaultConnection vault, Set<Acceptance> accepted) {
    this.device = device;
    this.vault = vault;
    this.accepted = accepted;
  }

  /** The same where the user accepts that by name. */
  public Enrolment accepting(Set<Acceptance> byName) {
    return new Enrolment(device, vault, byName);
  }

  /**
   * Enables backups for {@code account}; the password, freshly typed, stays the caller's to close.
   *
   * @throws IOException when the device's own state fails; run again
   */
  public EnrolmentOutcome enrol(AccountName account, Password password, PlainCopies plainCopies)
      throws IOException {
    if (!plainCopies.undecided().isEmpty()) {
      return new EnrolmentOutcome.PlainCopiesFound(plainCopies.undecided());
    }
    try {
      Optional<EnrolmentJournal> interrupted =
          EnrolmentJournal.recall(device).filter(journal -> journal.account().equals(account));
      if (interrupted.isPresent()) {
        try (EnrolmentJournal journal = interrupted.get()) {
          return resume(journal, password);
        }
      }
      Optional<EnabledDevice> enabled = device.enabled();
      if (enabled.isPresent()) {
        try (EnabledDevice known = enabled.get()) {
          return again(known, account, password);
        }
      }
      return first(account, password);
    } catch (ConversationEnded ended) {
      return new EnrolmentOutcome.VaultFailed(ended.failure());
    }
  }

  private EnrolmentOutcome first(AccountName account, Password password)
      throws IOException, ConversationEnded {
    VaultConversation conversation = VaultConversation.begin(device, vault, account, accepted);
    Reply.StatusReport status = conversation.status(conversation.token());
    try (RootKey rootKey = RootKey.random(device.random())) {
      return withToken(conversation, status, rootKey, password);
    }
  }

  /** Has the journalled record become the active one? If not, it is staged anew. */
  @Decides("ENR-5~2")
  private EnrolmentOutcome resume(EnrolmentJournal journal, Password password)
      throws IOException, ConversationEnded {
    VaultConversation conversation =
        VaultConversation.begin(device, vault, journal.account(), accepted);
    try (SigningKey commandKey = SigningKey.commandKey(journal.rootKey())) {
      Credential signature = commandKey.forCommands(conversation.vaultId());
      Optional<Reply.StatusReport> ours = conversation.ours(commandKey);
      if (ours.isEmpty()) {
        Reply.StatusReport status = conversation.status(conversation.token());
        if (status.commandKey().equals(commandKey.publicKey())) {
          // What was under way has arrived this moment: it is asked about again.
          throw new ConversationEnded(new VaultFailure.Unavailable());
        }
        return withToken(conversation, status, journal.rootKey(), password);
      }
      if (ours.get().record() != Reply.RecordState.ACTIVE) {
        if (isDestroyedOne(ours.get(), password, standIn(journal))) {
          return new EnrolmentOutcome.SamePassword();
        }
        return stage(conversation, ours.get(), journal.rootKey(), password, signature);
      }
      VaultBinding binding = conversation.binding(ours.get());
      finish(journal, binding);
      boolean asTypedNow =
          binding.generation() == journal.generation() && journal.verifier().matches(password);
      return asTypedNow
          ? new EnrolmentOutcome.Enrolled(binding)
          : new EnrolmentOutcome.EnrolledWithEarlierPassword(binding);
    }
  }

  /** An enabled device enrols again only if its record is destroyed; the root key stays. */
  @Decides("ENR-6")
  private EnrolmentOutcome again(EnabledDevice known, AccountName account, Password password)
      throws IOException, ConversationEnded {
    if (known.vault().isEmpty() || !known.account().equals(account)) {
      return new EnrolmentOutcome.AlreadyEnabled();
    }
    VaultConversation conversation = VaultConversation.begin(device, vault, account, accepted);
    try (SigningKey commandKey = SigningKey.commandKey(known.rootKey())) {
      Credential signature = commandKey.forCommands(conversation.vaultId());
      Optional<Reply.StatusReport> status =
          conversation
              .ours(commandKey)
              .filter(report -> report.record() != Reply.RecordState.ACTIVE);
      if (status.isEmpty()) {
        return new EnrolmentOutcome.AlreadyEnabled();
      }
      if (isDestroyedOne(status.get(), password, Optional.empty())) {
        return new EnrolmentOutcome.SamePassword();
      }
      return stage(conversation, status.get(), known.rootKey(), password, signature);
    }
  }

  /** A first enrolment that took effect unheard did not come to a rehearsal verifier. */
  @Implements("ENR-9")
  private Optional<PasswordVerifier> standIn(EnrolmentJournal journal) throws IOException {
    return device.isPending(DeviceSlot.ENABLED_DEVICE)
        ? Optional.empty()
        : Optional.of(journal.verifier());
  }

  /** Whether the password is one that guesses may have been spent on. */
  @Decides("ENR-9")
  private boolean isDestroyedOne(
      Reply.StatusReport status, Password password, Optional<PasswordVerifier> standIn)
      throws IOException {
    if (status.record() != Reply.RecordState.DESTROYED
        || accepted.contains(Acceptance.SAME_PASSWORD)) {
      return false;
    }
    Optional<PasswordVerifier> kept =
        RehearsalVerifier.recall(device).map(RehearsalVerifier::verifier).or(() -> standIn);
    Optional<PasswordVerifier> changing =
        PasswordChangeJournal.recall(device).map(PasswordChangeJournal::verifier);
    return Stream.concat(kept.stream(), changing.stream())
        .anyMatch(verifier -> verifier.matches(password));
  }

  private EnrolmentOutcome withToken(
      VaultConversation conversation, Reply.StatusReport status, RootKey rootKey, Password password)
      throws IOException, ConversationEnded {
    if (status.record() == Reply.RecordState.ACTIVE) {
      device.erase(DeviceSlot.ENROLMENT);
      return new EnrolmentOutcome.AlreadyEnrolled();
    }
    if (status.record() == Reply.RecordState.DESTROYED) {
      return new EnrolmentOutcome.Destroyed();
    }
    return stage(conversation, status, rootKey, password, conversation.token());
  }

  private EnrolmentOutcome stage(
      VaultConversation conversation,
      Reply.StatusReport status,
      RootKey rootKey,
      Password password,
      Credential basis)
      throws IOException, ConversationEnded {
    conversation.requireFloor(status.policy());
    conversation.requireMemory(device.stretching().parameters().memoryKib());
    PasswordVerifier verifier =
        PasswordVerifier.of(password, device.stretching().parameters(), device.random());
    long generation = status.lastGeneration() + 1;
    try (EnrolmentJournal journal =
        new EnrolmentJournal(conversation.account(), rootKey.duplicate(), generation, verifier)) {
      journal.remember(device);
      RecordStaging staging = new RecordStaging(conversation);
      RecordStaging.Result result = staging.stage(password, rootKey, generation, basis);
      if (result instanceof RecordStaging.Result.Locked locked) {
        return new EnrolmentOutcome.Locked(locked.until());
      }
      if (!(result instanceof RecordStaging.Result.Confirmed confirmed)) {
        return new EnrolmentOutcome.Destroyed();
      }
      try (confirmed) {
        return activate(staging, confirmed.record(), journal);
      }
    }
  }

  private EnrolmentOutcome activate(
      RecordStaging staging, OpenedRecord confirmed, EnrolmentJournal journal)
      throws IOException, ConversationEnded {
    RecordStaging.Activation activation = staging.activate(confirmed);
    if (activation instanceof RecordStaging.Activation.Unknown unknown) {
      return new EnrolmentOutcome.OutcomeUnknown(unknown.why());
    }
    if (activation instanceof RecordStaging.Activation.Locked locked) {
      return new EnrolmentOutcome.Locked(locked.until());
    }
    finish(journal, confirmed.binding());
    return new EnrolmentOutcome.Enrolled(confirmed.binding());
  }

  /** The vault's part is done; what the device records now may be recorded again. */
  private void finish(EnrolmentJournal journal, VaultBinding binding) throws IOException {
    new RehearsalVerifier(journal.generation(), journal.verifier())
        .remember(device, journal.account());
    Optional<EnabledDevice> before = device.enabled();
    try (EnabledDevice fresh =
            EnabledDevice.withPassword(journal.account(), journal.rootKey(), binding);
        EnabledDevice now =
            before.isPresent() && before.get().rootKey().isEqualTo(journal.rootKey())
                ? before.get().withVault(binding)
                : fresh.withVault(binding)) {
      device.record(now);
    } finally {
      before.ifPresent(EnabledDevice::close);
    }
    device.erase(DeviceSlot.ENROLMENT);
  }
}
