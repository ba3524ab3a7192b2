package lockstep.device.vault;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import lockstep.device.notices.Notices;
import lockstep.device.notices.VaultNotice;
import lockstep.device.state.Device;
import lockstep.device.state.EnabledDevice;
import lockstep.device.state.VaultBinding;
import lockstep.opaque.Argon2Memory;
import lockstep.opaque.Argon2Parameters;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import lockstep.wire.AccountName;
import lockstep.wire.AccountToken;
import lockstep.wire.Authority;
import lockstep.wire.Bytes;
import lockstep.wire.Policy;
import lockstep.wire.Receipt;
import lockstep.wire.Refusal;
import lockstep.wire.Reply;
import lockstep.wire.Request;
import lockstep.wire.RequestMessage;
import lockstep.wire.SignedReply;
import lockstep.wire.StretchingParameters;
import lockstep.wire.VaultId;

/**
 * Requests and replies about one account with one vault.
 *
 * <p>A reply gets out of here only if that vault signed it for that very request, and if its
 * receipt or report follows what the device remembers; it is remembered before it is used.
 */
@Decides({"ENR-1", "ENR-2~2"})
@Implements({"WIR-4~2", "RCP-3"})
public final class VaultConversation {

  private final Device device;
  private final VaultConnection vault;
  private final AccountName account;
  private final Optional<VaultBinding> bound;
  private final Set<Acceptance> accepted;
  private KnownVault known;
  private final Notices notices;
  private boolean isLookedAt;

  private VaultConversation(
      Device device,
      VaultConnection vault,
      AccountName account,
      Optional<VaultBinding> bound,
      Set<Acceptance> accepted) {
    this.device = device;
    this.vault = vault;
    this.account = account;
    this.bound = bound;
    this.accepted = Set.copyOf(accepted);
    this.notices = new Notices(device);
    this.known = KnownVault.first(vault.publicKey());
  }

  /** Nothing is sent yet; ends at once when the device knows another vault for the account. */
  public static VaultConversation begin(Device device, VaultConnection vault, AccountName account)
      throws IOException, ConversationEnded {
    return begin(device, vault, account, Set.of());
  }

  /** The same where the user accepted something by name. */
  public static VaultConversation begin(
      Device device, VaultConnection vault, AccountName account, Set<Acceptance> accepted)
      throws IOException, ConversationEnded {
    return begin(device, vault, account, bound(device, account), accepted);
  }

  /** The same for the account of an enabled device whose state is open already. */
  public static VaultConversation begin(
      Device device, VaultConnection vault, EnabledDevice enabled, Set<Acceptance> accepted)
      throws IOException, ConversationEnded {
    return begin(device, vault, enabled.account(), enabled.vault(), accepted);
  }

  @Implements("ENR-11")
  private static VaultConversation begin(
      Device device,
      VaultConnection vault,
      AccountName account,
      Optional<VaultBinding> bound,
      Set<Acceptance> accepted)
      throws IOException, ConversationEnded {
    VaultConversation conversation = new VaultConversation(device, vault, account, bound, accepted);
    Optional<KnownVault> remembered = KnownVault.recall(device, account);
    boolean isTheOne =
        Stream.concat(
                remembered.map(KnownVault::publicKey).stream(),
                bound.map(VaultBinding::publicKey).stream())
            .allMatch(vault.publicKey()::equals);
    if (!isTheOne) {
      throw new ConversationEnded(new VaultFailure.NotTrusted());
    }
    conversation.known = remembered.orElse(conversation.known);
    return conversation;
  }

  private static Optional<VaultBinding> bound(Device device, AccountName account)
      throws IOException {
    Optional<EnabledDevice> found = device.enabled();
    if (found.isEmpty()) {
      return Optional.empty();
    }
    try (EnabledDevice enabled = found.get()) {
      return enabled.vault().filter(binding -> enabled.account().equals(account));
    }
  }

  public AccountName account() {
    return account;
  }

  public VaultId vaultId() {
    return vault.vaultId();
  }

  Bytes vaultPublicKey() {
    return vault.publicKey();
  }

  Device device() {
    return device;
  }

  /** What was known before the next reply changes it. */
  public KnownVault known() {
    return known;
  }

  /** Sends a request and gives its verified reply. */
  public Reply send(Request request) throws IOException, ConversationEnded {
    byte[] message = request.encode(freshNonce());
    byte[] answer;
    try {
      answer = vault.client().exchange(message);
    } catch (IOException noReply) {
      if (!isAnsweredAlike(request)) {
        throw new ConversationEnded(new VaultFailure.Unavailable());
      }
      message = request.encode(freshNonce());
      answer = again(message);
    }
    return verified(request, message, answer);
  }

  /** What is charged or proves a password is answered alike when it comes twice, at no charge. */
  @Implements("SES-10")
  private static boolean isAnsweredAlike(Request request) {
    return request instanceof Request.Attempt
        || request instanceof Request.Confirm
        || request instanceof Request.Finish;
  }

  private byte[] again(byte[] message) throws ConversationEnded {
    try {
      return vault.client().exchange(message);
    } catch (IOException noReply) {
      throw new ConversationEnded(new VaultFailure.Unavailable());
    }
  }

  private Reply verified(Request request, byte[] message, byte[] answer)
      throws IOException, ConversationEnded {
    Reply reply = signed(message, answer);
    if (reply instanceof Refusal.Unavailable) {
      throw new ConversationEnded(new VaultFailure.Unavailable());
    }
    if (reply instanceof Reply.StatusReport report) {
      check(report);
      learn(report, isSigned(request));
    }
    Optional<Receipt> receipt = ReceiptOf.reply(reply);
    if (!ReceiptFit.fits(request, reply)) {
      throw new ConversationEnded(new VaultFailure.NotTrusted());
    }
    if (receipt.isPresent()) {
      learn(request, receipt.get());
    }
    return reply;
  }

  private Reply signed(byte[] message, byte[] answer) throws ConversationEnded {
    return SignedReply.decode(answer)
        .filter(reply -> reply.isSignedBy(vault.publicKey(), message))
        .map(SignedReply::reply)
        .orElseThrow(() -> new ConversationEnded(new VaultFailure.NotTrusted()));
  }

  /** No reply to an earlier message answers a message with it. */
  private Bytes freshNonce() {
    byte[] nonce = new byte[RequestMessage.NONCE_BYTES];
    device.random().nextBytes(nonce);
    return Bytes.copyOf(nonce);
  }

  /**
   * Sends a request under an authority. One that is refused is sent once more under a fresh one: a
   * token or a challenge may be over for reasons that say nothing of the account. An Attempt is
   * not, since it might be charged twice.
   */
  @Implements({"AUT-7", "AUT-4"})
  public <T extends Request.Authorised> Reply send(
      Function<Authority, T> shape, Credential credential) throws IOException, ConversationEnded {
    T request = Request.authorised(shape, credential.prepare(this));
    Reply reply = send(request);
    return reply instanceof Refusal.Refused && !(request instanceof Request.Attempt)
        ? send(Request.authorised(shape, credential.prepare(this)))
        : reply;
  }

  /** The account's state, under a credential that the vault accepts. */
  public Reply.StatusReport status(Credential credential) throws IOException, ConversationEnded {
    Reply reply = askStatus(credential);
    if (reply instanceof Reply.StatusReport report) {
      return report;
    }
    throw unexpected(reply);
  }

  /**
   * The account's state, for the holder of the key that its record or tombstone is of; empty when
   * the vault says that it is of another key or of none.
   *
   * <p>That is the vault's word in its report, never what a refusal seems to say: one that the
   * report contradicts is the vault's failure, and nothing is concluded from it.
   */
  @Implements("AUT-7")
  public Optional<Reply.StatusReport> ours(SigningKey key) throws IOException, ConversationEnded {
    Reply reply = askStatus(key.forCommands(vaultId()));
    if (reply instanceof Reply.StatusReport report) {
      return Optional.of(report);
    }
    if (!(reply instanceof Refusal.Refused)) {
      throw unexpected(reply);
    }
    if (status(token()).commandKey().equals(key.publicKey())) {
      throw new ConversationEnded(new VaultFailure.Unavailable());
    }
    return Optional.empty();
  }

  /** The same where the device has nothing to do for anybody else. */
  public Reply.StatusReport own(SigningKey key) throws IOException, ConversationEnded {
    return ours(key).orElseThrow(() -> new ConversationEnded(new VaultFailure.NotEntitled()));
  }

  private Reply askStatus(Credential credential) throws IOException, ConversationEnded {
    return send(
        authority -> new Request.Status(account, known.sequence(), known.hash(), authority),
        credential);
  }

  /**
   * A challenge to sign. The first one of a conversation is asked for when the account was looked
   * at by token: a signature cancels a restart (LEA-3), and what it cancels is to be told.
   */
  @Implements({"AUT-4", "USR-9"})
  Bytes challenge() throws IOException, ConversationEnded {
    look();
    Reply reply = send(new Request.Challenge(account));
    if (reply instanceof Reply.Challenged challenged) {
      return challenged.challenge();
    }
    throw unexpected(reply);
  }

  /** Who has lost the account has still the device: without a token the signature goes alone. */
  @Decides("USR-9")
  private void look() throws IOException, ConversationEnded {
    if (isLookedAt || bound.isEmpty()) {
      return;
    }
    isLookedAt = true;
    Optional<Authority> token = tokenIfIssued();
    if (token.isPresent()) {
      Reply reply = send(statusBy(token.get()));
      if (!(reply instanceof Reply.StatusReport) && !(reply instanceof Refusal.Refused)) {
        throw unexpected(reply);
      }
    }
  }

  private Request statusBy(Authority token) {
    return Request.authorised(
        any -> new Request.Status(account, known.sequence(), known.hash(), any), part -> token);
  }

  private Optional<Authority> tokenIfIssued() {
    try {
      AccountToken token = vault.tokens().tokenFor(account, vault.vaultId());
      return Optional.of(new Authority.Token(Bytes.copyOf(token.encode())));
    } catch (IOException messengerUnavailable) {
      return Optional.empty();
    }
  }

  /** The messenger's word for the account, fresh for every command. */
  public Credential token() {
    return conversation -> {
      Optional<Authority> token = tokenIfIssued();
      if (token.isEmpty()) {
        throw new ConversationEnded(new VaultFailure.Unavailable());
      }
      return part -> token.get();
    };
  }

  /** Ends the conversation where that policy is looser than its user accepts. */
  @Implements("ENR-8")
  public void requireFloor(Policy policy) throws ConversationEnded {
    boolean isKnown = bound.filter(record -> record.policy().equals(policy)).isPresent();
    if (!PolicyFloor.accepts(policy) && !isKnown && !accepted.contains(Acceptance.LOOSE_POLICY)) {
      throw new ConversationEnded(new VaultFailure.LoosePolicy(policy));
    }
  }

  /** Whether an attempt that is charged after that report is the last of all. */
  @Decides("USR-13")
  static boolean isLastNext(Reply.StatusReport status) {
    Policy policy = status.policy();
    boolean isLocked = status.lockedUntil() != 0;
    int round = isLocked ? status.round() + 1 : status.round();
    int charge = isLocked ? 1 : status.charges() + 1;
    return charge == policy.attempts() && round == policy.rounds();
  }

  /** Ends the conversation where the user was not told that the next attempt is the last. */
  @Implements("USR-13")
  void requireConsentToTheLast() throws ConversationEnded {
    if (!vault.lastAttempt().getAsBoolean()) {
      throw new ConversationEnded(new VaultFailure.LastAttempt());
    }
  }

  /** Ends the conversation where what is to come could not be computed here. */
  @Implements("ENR-10")
  public void requireMemory(int memoryKib) throws ConversationEnded {
    if (!Argon2Memory.isThere(memoryKib)) {
      throw new ConversationEnded(new VaultFailure.TooLittleMemory(memoryKib, false));
    }
  }

  /** What a reply means that the step at hand has no other use for. */
  public ConversationEnded unexpected(Reply reply) {
    if (reply instanceof Refusal.Refused) {
      return new ConversationEnded(new VaultFailure.NotEntitled());
    }
    boolean overtaken =
        reply instanceof Refusal.SessionUnknown
            || reply instanceof Refusal.Conflict
            || reply instanceof Refusal.Destroyed;
    return new ConversationEnded(
        overtaken ? new VaultFailure.SessionLost() : new VaultFailure.NotTrusted());
  }

  /** The record that a report tells of; only where one is active. */
  @Implements("ENR-2~2")
  public VaultBinding binding(Reply.StatusReport active) {
    return new VaultBinding(
        vault.publicKey(), active.activeGeneration(), active.policy(), active.stretching());
  }

  /** Parameters that no vault has, or others for the record that the device knows. */
  @Implements({"ENR-2~2", "LIM-1", "OPQ-5~2"})
  private void check(Reply.StatusReport report) throws ConversationEnded {
    boolean isActive = report.record() == Reply.RecordState.ACTIVE;
    boolean isAnother =
        isActive
            && bound
                .filter(record -> record.generation() == report.activeGeneration())
                .filter(record -> !record.equals(binding(report)))
                .isPresent();
    boolean isPossible =
        OpaqueLogin.isWithinBounds(report.policy())
            && (!isActive || isAccepted(report.stretching()));
    if (isAnother || !isPossible) {
      throw new ConversationEnded(new VaultFailure.NotTrusted());
    }
  }

  private boolean isAccepted(StretchingParameters stretching) {
    return device
        .stretching()
        .bounds()
        .accepts(
            new Argon2Parameters(stretching.memoryKib(), stretching.passes(), stretching.lanes()));
  }

  private static boolean isSigned(Request request) {
    return request instanceof Request.Authorised authorised
        && authorised.authority() instanceof Authority.CommandSignature;
  }

  /** What others did is kept, and only then the report is known: a crash between tells it twice. */
  @Implements({"USR-5~2", "USR-8", "RCP-4"})
  private void learn(Reply.StatusReport report, boolean signed)
      throws IOException, ConversationEnded {
    refuse(known.contradicts(report));
    isLookedAt |= !signed;
    notices.learn(account, report, signed);
    keepWhatItCannotTell(report);
    remember(known.with(report));
  }

  @Implements("RCP-4")
  private void keepWhatItCannotTell(Reply.StatusReport report) throws IOException {
    if (known.cannotTell(report)) {
      keep(new VaultNotice.RollbackNotExcluded(report.receiptSequence() - known.sequence()));
    }
  }

  @Implements({"USR-5~2", "USR-8"})
  private void learn(Request request, Receipt receipt) throws IOException, ConversationEnded {
    Receipt.Body body = receipt.body();
    if (!body.account().equals(account) || !receipt.isSignedBy(vault.publicKey())) {
      throw new ConversationEnded(new VaultFailure.NotTrusted());
    }
    refuse(known.contradicts(body));
    boolean isShown = !known.leaps(body) || isInTheChain(body);
    Optional<Long> registered =
        request instanceof Request.Register register
            ? Optional.of(register.generation())
            : Optional.empty();
    notices.learn(account, body, body.sequence() - known.sequence() - 1, registered);
    if (isShown) {
      remember(known.with(receipt));
    }
  }

  /**
   * Whether the vault shows how it came from the receipt that the device knows to one that is not
   * the next. It ends the conversation where the vault shows another chain. Where nobody answers,
   * the device keeps the receipt that it knows, and the next report has to follow from that.
   */
  @Decides("RCP-6")
  private boolean isInTheChain(Receipt.Body leapt) throws IOException, ConversationEnded {
    Optional<Authority> token = tokenIfIssued();
    if (token.isEmpty()) {
      return false;
    }
    byte[] message = statusBy(token.get()).encode(freshNonce());
    byte[] answer;
    try {
      answer = vault.client().exchange(message);
    } catch (IOException noReply) {
      return false;
    }
    if (!(signed(message, answer) instanceof Reply.StatusReport report)) {
      return false;
    }
    refuse(known.contradicts(report) || !known.shows(report, leapt));
    keepWhatItCannotTell(report);
    return true;
  }

  /** Keeps what the device found out otherwise than from a report, until it is told. */
  @Implements("USR-8")
  public void keep(VaultNotice notice) throws IOException {
    notices.keep(account, notice);
  }

  private static void refuse(boolean contradiction) throws ConversationEnded {
    if (contradiction) {
      throw new ConversationEnded(new VaultFailure.RolledBack());
    }
  }

  private void remember(KnownVault newest) throws IOException {
    newest.remember(device, account);
    known = newest;
  }
}
