package lockstep.device.contact;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lockstep.device.password.PasswordChangeJournal;
import lockstep.device.state.Device;
import lockstep.device.state.DeviceSlot;
import lockstep.device.state.EnabledDevice;
import lockstep.device.state.FreshnessMark;
import lockstep.device.state.VaultBinding;
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
@Implements({"USR-5~1", "BAK-9~2", "CHG-4~1", "LEA-3~1"})
public final class VaultContact {

  private final Device device;
  private final VaultConnection vault;

  /** Contacts that vault. */
  public VaultContact(Device device, VaultConnection vault) {
    this.device = device;
    this.vault = vault;
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
  @Implements("RCP-3~1")
  public void acceptRolledBack(AccountName account) throws IOException {
    Optional<KnownVault> known = KnownVault.recall(device, account);
    if (known.isPresent()) {
      KnownVault.first(known.get().publicKey()).remember(device, account);
    }
  }

  private ContactOutcome.Report contact(EnabledDevice enabled, VaultBinding binding)
      throws IOException, ConversationEnded {
    VaultConversation conversation = VaultConversation.begin(device, vault, enabled.account());
    KnownVault before = conversation.known();
    // By token first: what the signature cancels would not be reported after it (LEA-3).
    Reply.StatusReport seen = conversation.status(conversation.token());
    List<VaultNotice> notices = new ArrayList<>(news(before, seen));
    if (isUnlockedElsewhere(before, seen, enabled, binding)) {
      notices.add(new VaultNotice.UnlockedElsewhere());
    }
    try (SigningKey commandKey = SigningKey.commandKey(enabled.rootKey())) {
      Credential signature = commandKey.forCommands(conversation.vaultId());
      Optional<Reply.StatusReport> ours = conversation.ours(commandKey);
      Optional<FreshnessMark> mark = markOf(seen);
      if (ours.isPresent() && mark.isPresent()) {
        FreshnessMark heard = mark.get();
        device.update(known -> known.withHeard(heard));
      }
      if (ours.isPresent() && seen.restartAt() != 0) {
        notices.add(new VaultNotice.RestartCancelled(seen.restartAt()));
      }
      if (ours.isEmpty()) {
        notices.add(new VaultNotice.RecordReplaced());
      } else if (ours.get().record() == Reply.RecordState.ACTIVE) {
        settle(enabled, binding, ours.get()).ifPresent(notices::add);
        mark = mark(conversation, signature, mark, notices);
      } else {
        notices.add(new VaultNotice.RecordDestroyed());
      }
      return report(ours.orElse(seen), mark, notices);
    }
  }

  /** What others did to the limiter since the device last heard. */
  private static List<VaultNotice> news(KnownVault before, Reply.StatusReport seen) {
    List<VaultNotice> news = new ArrayList<>();
    KnownVault.Budget now = KnownVault.Budget.of(seen);
    if (seen.receiptSequence() > before.sequence() && !now.equals(before.budget())) {
      if (now.charges() > 0) {
        news.add(new VaultNotice.AttemptsByOthers(now.charges()));
      }
      if (now.lockedUntil() > before.budget().lockedUntil()) {
        news.add(new VaultNotice.LockedByOthers(now.lockedUntil()));
      }
    }
    return news;
  }

  /** An attempt and its success leave two receipts and no charge. */
  private static boolean isUnlockedElsewhere(
      KnownVault before, Reply.StatusReport seen, EnabledDevice enabled, VaultBinding binding) {
    return before.sequence() > 0
        && seen.receiptSequence() >= before.sequence() + 2
        && seen.record() == Reply.RecordState.ACTIVE
        && seen.charges() == 0
        && seen.restartAt() == 0
        && seen.activeGeneration() == binding.generation()
        && seen.markNumber() <= enabled.floor().map(FreshnessMark::backupNumber).orElse(0L);
  }

  /** Which generation is active, and by whose doing? */
  @Decides("USR-5~1")
  @Implements("CHG-4~1")
  private Optional<VaultNotice> settle(
      EnabledDevice enabled, VaultBinding binding, Reply.StatusReport ours) throws IOException {
    long active = ours.activeGeneration();
    VaultBinding now =
        new VaultBinding(vault.publicKey(), active, ours.policy(), binding.stretching());
    Optional<PasswordChangeJournal> journal = PasswordChangeJournal.recall(device);
    if (journal.isPresent()) {
      VaultBinding changed =
          new VaultBinding(
              vault.publicKey(), active, ours.policy(), journal.get().verifier().stretching());
      if (journal.get().settle(device, enabled, active, changed).isPresent()) {
        return Optional.of(new VaultNotice.PasswordChangeTookEffect());
      }
    }
    if (active == binding.generation()) {
      return Optional.empty();
    }
    device.erase(DeviceSlot.REHEARSAL);
    try (EnabledDevice moved = enabled.withVault(now)) {
      device.record(moved);
    }
    return Optional.of(new VaultNotice.PasswordChangedElsewhere());
  }

  /**
   * Sets the mark that is still to be set, and says which one the vault has then. A vault that
   * knows less than the device is told, too.
   */
  @Implements({"BAK-9~2", "MRK-1~1", "RST-12~1"})
  private Optional<FreshnessMark> mark(
      VaultConversation conversation,
      Credential signature,
      Optional<FreshnessMark> held,
      List<VaultNotice> notices)
      throws IOException, ConversationEnded {
    try (EnabledDevice enabled = device.enabled().orElseThrow()) {
      long newest = number(held);
      if (enabled.floor().isEmpty() || number(enabled.floor()) <= newest) {
        if (newest > number(enabled.lastBackup()) && enabled.lastBackup().isPresent()) {
          notices.add(new VaultNotice.NewerBackup(newest));
        }
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
        notices.add(new VaultNotice.NewerBackup(conflict.detail()));
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
      Reply.StatusReport status, Optional<FreshnessMark> mark, List<VaultNotice> notices)
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
          notices);
    }
  }

  private static Optional<FreshnessMark> markOf(Reply.StatusReport report) {
    return report.markNumber() == 0
        ? Optional.empty()
        : Optional.of(new FreshnessMark(report.markNumber(), report.markDigest()));
  }
}
