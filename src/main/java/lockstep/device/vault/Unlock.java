package lockstep.device.vault;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import lockstep.device.state.Device;
import lockstep.device.state.VaultBinding;
import lockstep.secret.Password;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import lockstep.wire.AccountName;
import lockstep.wire.Authority;
import lockstep.wire.Bytes;
import lockstep.wire.Refusal;
import lockstep.wire.Reply;
import lockstep.wire.Request;

/**
 * One attempt: a password, and what the vault makes of it. A restore begins with it on a device
 * that knows nothing, a password change on one that is enabled.
 */
@Decides({"AUT-7", "USR-10"})
@Implements({"SES-7", "SES-8", "USR-4", "USR-13"})
public final class Unlock {

  private final Device device;
  private final VaultConnection vault;
  private final Set<Acceptance> accepted;

  /** Unlocks at that vault. */
  public Unlock(Device device, VaultConnection vault) {
    this(device, vault, Set.of());
  }

  private Unlock(Device device, VaultConnection vault, Set<Acceptance> accepted) {
    this.device = device;
    this.vault = vault;
    this.accepted = accepted;
  }

  /** The same where the user accepts that by name. */
  public Unlock accepting(Set<Acceptance> byName) {
    return new Unlock(device, vault, byName);
  }

  /**
   * Spends one attempt of {@code account}, unless the vault says beforehand that there is none to
   * spend or cannot be trusted. The password stays the caller's to close.
   *
   * @throws IOException when the device's own state fails
   */
  public UnlockOutcome attempt(AccountName account, Password password) throws IOException {
    try {
      VaultConversation conversation = VaultConversation.begin(device, vault, account, accepted);
      return attempt(conversation, password, conversation.token());
    } catch (ConversationEnded ended) {
      return new UnlockOutcome.VaultFailed(ended.failure());
    }
  }

  /** The same within a conversation. */
  public static UnlockOutcome attempt(
      VaultConversation conversation, Password password, Credential credential)
      throws IOException, ConversationEnded {
    // Before the password is used at all: is this the vault that it was?
    Reply.StatusReport status = conversation.status(credential);
    if (status.record() == Reply.RecordState.NONE) {
      return new UnlockOutcome.NotEnrolled();
    }
    if (status.record() != Reply.RecordState.ACTIVE) {
      return new UnlockOutcome.Destroyed();
    }
    conversation.requireFloor(status.policy());
    conversation.requireMemory(status.stretching().memoryKib());
    if (VaultConversation.isLastNext(status)) {
      if (status.time() < status.lockedUntil()) {
        // The lock may end before the attempt arrives, and nobody was asked.
        return new UnlockOutcome.Locked(status.lockedUntil());
      }
      conversation.requireConsentToTheLast();
    }
    try (OpaqueLogin login = new OpaqueLogin(conversation, password)) {
      Reply reply = send(conversation, login.ke1(), credential, status.receiptSequence());
      if (!(reply instanceof Reply.Evaluated evaluated)) {
        return declined(conversation, reply);
      }
      Optional<OpenedRecord> opened = finish(login, evaluated, conversation.binding(status));
      if (opened.isEmpty()) {
        return failed(login, evaluated);
      }
      return new UnlockOutcome.Released(
          new OpenedAccount(conversation.account(), opened.get(), password.duplicate()));
    }
  }

  /** The attempt is spent by now: where no answer tells what came of it, that is said. */
  @Implements("USR-10")
  private static Optional<OpenedRecord> finish(
      OpaqueLogin login, Reply.Evaluated evaluated, VaultBinding known)
      throws IOException, ConversationEnded {
    try {
      return login.finish(evaluated, known);
    } catch (ConversationEnded ended) {
      throw isUnanswered(ended)
          ? spent(
              OptionalInt.of(evaluated.attemptsRemaining()),
              evaluated.lockedUntil(),
              evaluated.finalSession())
          : afterAnAttempt(ended);
    }
  }

  private static ConversationEnded spent(OptionalInt left, long lockedUntil, boolean last) {
    return new ConversationEnded(new VaultFailure.AttemptSpent(left, lockedUntil, last));
  }

  /** A forged answer hides whether the vault has charged the attempt. */
  @Implements("USR-10")
  private static ConversationEnded afterAnAttempt(ConversationEnded ended) {
    return new ConversationEnded(ended.failure().afterAnAttempt());
  }

  private static boolean isUnanswered(ConversationEnded ended) {
    return ended.failure() instanceof VaultFailure.Unavailable
        || ended.failure() instanceof VaultFailure.SessionLost;
  }

  /**
   * Sends the attempt, and once more if it was refused and no other receipt has come since: then it
   * was not charged. Where one has come, the attempt may be what it is for, and is said to be
   * spent. The vault accepted the same credential for a status just now, so that a second refusal
   * is its failure.
   */
  @Implements("AUT-7")
  private static Reply send(
      VaultConversation conversation, Bytes ke1, Credential credential, long sequence)
      throws IOException, ConversationEnded {
    Reply reply = sendOnce(conversation, ke1, credential);
    if (reply instanceof Refusal.Refused) {
      if (conversation.status(credential).receiptSequence() != sequence) {
        throw spent(OptionalInt.empty(), 0, false);
      }
      reply = sendOnce(conversation, ke1, credential);
    }
    if (reply instanceof Refusal.Refused) {
      throw new ConversationEnded(new VaultFailure.Unavailable());
    }
    return reply;
  }

  private static Reply sendOnce(VaultConversation conversation, Bytes ke1, Credential credential)
      throws IOException, ConversationEnded {
    Function<byte[], Authority> prepared = credential.prepare(conversation);
    Request request =
        Request.authorised(
            authority -> new Request.Attempt(conversation.account(), ke1, authority), prepared);
    try {
      return conversation.send(request);
    } catch (ConversationEnded ended) {
      throw isUnanswered(ended) ? spent(OptionalInt.empty(), 0, false) : afterAnAttempt(ended);
    }
  }

  private static UnlockOutcome declined(VaultConversation conversation, Reply reply)
      throws ConversationEnded {
    if (reply instanceof Refusal.Locked locked) {
      return new UnlockOutcome.Locked(locked.until());
    }
    if (reply instanceof Refusal.Destroyed) {
      return new UnlockOutcome.Destroyed();
    }
    if (reply instanceof Refusal.NotEnrolled) {
      return new UnlockOutcome.NotEnrolled();
    }
    throw conversation.unexpected(reply);
  }

  @Decides("USR-4")
  @Implements("SES-7")
  private static UnlockOutcome failed(OpaqueLogin login, Reply.Evaluated evaluated)
      throws IOException {
    Reply reply;
    try {
      reply = login.abandon(evaluated);
    } catch (ConversationEnded unheard) {
      // The attempt is spent all the same, and what it left was said before.
      return evaluated.finalSession()
          ? new UnlockOutcome.Destroyed()
          : new UnlockOutcome.WrongPassword(evaluated.attemptsRemaining(), evaluated.lockedUntil());
    }
    if (reply instanceof Reply.Ended ended) {
      return new UnlockOutcome.WrongPassword(ended.attemptsRemaining(), ended.lockedUntil());
    }
    return reply instanceof Refusal.Destroyed || evaluated.finalSession()
        ? new UnlockOutcome.Destroyed()
        : new UnlockOutcome.WrongPassword(evaluated.attemptsRemaining(), evaluated.lockedUntil());
  }
}
