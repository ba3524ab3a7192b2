package lockstep.device.contact;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import lockstep.device.notices.Notices;
import lockstep.device.notices.VaultNotice;
import lockstep.device.password.PasswordChangeJournal;
import lockstep.device.state.Device;
import lockstep.device.state.DeviceSlot;
import lockstep.device.state.EnabledDevice;
import lockstep.device.state.FreshnessMark;
import lockstep.device.state.VaultBinding;
import lockstep.device.vault.Acceptance;
import lockstep.device.vault.ConversationEnded;
import lockstep.device.vault.Credential;
import lockstep.device.vault.KnownVault;
import lockstep.device.vault.SigningKey;
import lockstep.device.vault.VaultConnection;
import lockstep.device.vault.VaultConversation;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import lockstep.wire.AccountName;
import lockstep.wire.Refusal;
import lockstep.wire.Reply;
import lockstep.wire.Request;

/**
 * An enabled device asks how things stand: it learns what others did, what became of an interrupted
 * password change, and sets a mark that is still to be set.
 */
@Implements({"USR-5~2", "BAK-9~2", "CHG-4", "LEA-3~2"})
public final class VaultContact {

  private final Device device;
  private final VaultConnection vault;
  private final Set<Acceptance> accepted;

  /** Contacts that vault. */
  public VaultContact(Device device, VaultConnection vault) {
    this(device, vault, Set.of());
  }

  private VaultContact(Device device, VaultConnection vault, Set<Acceptance> accepted) {
    this.device = device;
    this.vault = vault;
    this.accepted = accepted;
  }

  /** The same where the user accepts that by name. */
  public VaultContact accepting(Set<Acceptance> byName) {
    return new VaultContact(device, vault, byName);
  }

  /**
   * Contacts the vault. No attempt is spent.
   *
   * @throws IOException when the device's own state fails
   */
  public ContactOutcome contact() throws IOException {
    Optional<EnabledDevice> found = device.enabled();
    if (found.isEmpty()) {
      return new ContactOutcome.NotEnabled();
    }
    try (EnabledDevice enabled = found.get()) {
      if (enabled.vault().isEmpty()) {
        return new ContactOutcome.WithoutVault();
      }
      return new ContactOutcome.InContact(contact(enabled, enabled.vault().get()));
    } catch (ConversationEnded ended) {
      return new ContactOutcome.VaultFailed(ended.failure());
    }
  }

  /**
   * Goes on with a vault that was found rolled back, because the user said so: what is known of its
   * receipts is forgotten, its identity is not.
   */
  @Implements("RCP-3")
  public void acceptRolledBack(AccountName account) throws IOException {
    Optional<KnownVault> known = KnownVault.recall(device, account);
    if (known.isPresent()) {
      KnownVault.first(known.get().publicKey()).remember(device, account);
    }
  }

  private ContactOutcome.Report contact(EnabledDevice enabled, VaultBinding binding)
      throws IOException, ConversationEnded {
    VaultConversation conversation = VaultConversation.begin(device, vault, enabled, accepted);
    Reply.StatusReport seen = conversation.status(conversation.token());
    try (SigningKey commandKey = SigningKey.commandKey(enabled.rootKey())) {
      Credential signature = commandKey.forCommands(conversation.vaultId());
      Optional<Reply.StatusReport> ours = conversation.ours(commandKey);
      Optional<FreshnessMark> mark = markOf(seen);
      if (ours.isPresent() && mark.isPresent()) {
        FreshnessMark heard = mark.get();
        device.update(known -> known.withHeard(heard));
      }
      if (ours.isEmpty()) {
        conversation.keep(new VaultNotice.RecordReplaced());
      } else if (ours.get().record() == Reply.RecordState.ACTIVE) {
        settle(conversation, enabled, binding, ours.get());
        mark = mark(conversation, signature, mark);
      }
      return report(ours.orElse(seen), ours.isEmpty(), mark);
    }
  }

  /** Which generation is active, and by whose doing? */
  @Decides("USR-5~2")
  @Implements("CHG-4")
  private void settle(
      VaultConversation conversation,
      EnabledDevice enabled,
      VaultBinding binding,
      Reply.StatusReport ours)
      throws IOException, ConversationEnded {
    long active = ours.activeGeneration();
    conversation.requireFloor(ours.policy());
    VaultBinding now = conversation.binding(ours);
    Optional<PasswordChangeJournal> journal = PasswordChangeJournal.recall(device);
    if (journal.isPresent() && active == journal.get().generation()) {
      conversation.keep(new VaultNotice.PasswordChangeTookEffect());
      journal.get().settle(device, enabled, active, now);
      return;
    }
    if (active == binding.generation()) {
      return;
    }
    device.erase(DeviceSlot.REHEARSAL);
    try (EnabledDevice moved = enabled.withVault(now)) {
      device.record(moved);
    }
  }

  /**
   * Sets the mark that is still to be set, and says which one the vault has then. A vault that
   * knows less than the device is told, too.
   */
  @Implements({"BAK-9~2", "MRK-1", "RST-12"})
  private Optional<FreshnessMark> mark(
      VaultConversation conversation, Credential signature, Optional<FreshnessMark> held)
      throws IOException, ConversationEnded {
    try (EnabledDevice enabled = device.enabled().orElseThrow()) {
      if (enabled.floor().isEmpty() || number(enabled.floor()) <= number(held)) {
        return held;
      }
      FreshnessMark wanted = enabled.floor().get();
      Reply reply =
          conversation.send(
              authority ->
                  new Request.Mark(
                      enabled.account(), wanted.backupNumber(), wanted.manifestDigest(), authority),
              signature);
      if (reply instanceof Refusal.Conflict conflict && conflict.reason() == Refusal.Reason.MARK) {
        conversation.keep(new VaultNotice.NewerBackup(conflict.detail()));
        return held;
      }
      if (!(reply instanceof Reply.Marked)) {
        throw conversation.unexpected(reply);
      }
      device.update(known -> known.withHeard(wanted));
      return Optional.of(wanted);
    }
  }

  private static long number(Optional<FreshnessMark> mark) {
    return mark.map(FreshnessMark::backupNumber).orElse(0L);
  }

  private ContactOutcome.Report report(
      Reply.StatusReport status, boolean isReplaced, Optional<FreshnessMark> mark)
      throws IOException {
    try (EnabledDevice enabled = device.enabled().orElseThrow()) {
      return new ContactOutcome.Report(
          status.record(),
          status.policy(),
          status.charges(),
          status.round(),
          status.lockedUntil(),
          mark,
          enabled.markPending(),
          isReplaced,
          new Notices(device).untold());
    }
  }

  private static Optional<FreshnessMark> markOf(Reply.StatusReport report) {
    return report.markNumber() == 0
        ? Optional.empty()
        : Optional.of(new FreshnessMark(report.markNumber(), report.markDigest()));
  }
}
