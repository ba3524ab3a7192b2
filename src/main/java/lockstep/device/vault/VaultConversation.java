package lockstep.device.vault;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import lockstep.device.state.Device;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import lockstep.wire.AccountName;
import lockstep.wire.AccountToken;
import lockstep.wire.Authority;
import lockstep.wire.Bytes;
import lockstep.wire.Receipt;
import lockstep.wire.Refusal;
import lockstep.wire.Reply;
import lockstep.wire.Request;
import lockstep.wire.RequestMessage;
import lockstep.wire.SignedReply;
import lockstep.wire.VaultId;

/**
 * Requests and replies about one account with one vault.
 *
 * <p>A reply gets out of here only if that vault signed it for that very request, and if its
 * receipt or report follows what the device remembers; it is remembered before it is used.
 */
@Decides({"ENR-1~1", "ENR-2~1"})
@Implements({"WIR-4~2", "RCP-3~1"})
public final class VaultConversation {

  private final Device device;
  private final VaultConnection vault;
  private final AccountName account;
  private KnownVault known;

  private VaultConversation(
      Device device, VaultConnection vault, AccountName account, KnownVault known) {
    this.device = device;
    this.vault = vault;
    this.account = account;
    this.known = known;
  }

  /** Nothing is sent yet; ends at once when the device knows another vault for the account. */
  public static VaultConversation begin(Device device, VaultConnection vault, AccountName account)
      throws IOException, ConversationEnded {
    KnownVault known =
        KnownVault.recall(device, account).orElse(KnownVault.first(vault.publicKey()));
    if (!known.publicKey().equals(vault.publicKey())) {
      throw new ConversationEnded(new VaultFailure.NotTrusted());
    }
    return new VaultConversation(device, vault, account, known);
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
    return verified(message, answer);
  }

  /** What is charged or proves a password is answered alike when it comes twice, at no charge. */
  @Implements("SES-10~1")
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

  private Reply verified(byte[] message, byte[] answer) throws IOException, ConversationEnded {
    Optional<Reply> verified =
        SignedReply.decode(answer)
            .filter(reply -> reply.isSignedBy(vault.publicKey(), message))
            .map(SignedReply::reply);
    if (verified.isEmpty()) {
      throw new ConversationEnded(new VaultFailure.NotTrusted());
    }
    Reply reply = verified.get();
    if (reply instanceof Refusal.Unavailable) {
      throw new ConversationEnded(new VaultFailure.Unavailable());
    }
    if (reply instanceof Reply.StatusReport report) {
      learn(known.contradicts(report), known.with(report));
    }
    Optional<Receipt> receipt = ReceiptOf.reply(reply);
    if (receipt.isPresent()) {
      learn(receipt.get());
    }
    return reply;
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
  @Implements({"AUT-7~1", "AUT-4~1"})
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
  @Implements("AUT-7~1")
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

  /** A challenge to sign. */
  @Implements("AUT-4~1")
  Bytes challenge() throws IOException, ConversationEnded {
    Reply reply = send(new Request.Challenge(account));
    if (reply instanceof Reply.Challenged challenged) {
      return challenged.challenge();
    }
    throw unexpected(reply);
  }

  /** The messenger's word for the account, fresh for every command. */
  public Credential token() {
    return conversation -> {
      AccountToken token;
      try {
        token = vault.tokens().tokenFor(account, vault.vaultId());
      } catch (IOException messengerUnavailable) {
        throw new ConversationEnded(new VaultFailure.Unavailable());
      }
      Authority authority = new Authority.Token(Bytes.copyOf(token.encode()));
      return part -> authority;
    };
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

  private void learn(Receipt receipt) throws IOException, ConversationEnded {
    if (!receipt.body().account().equals(account) || !receipt.isSignedBy(vault.publicKey())) {
      throw new ConversationEnded(new VaultFailure.NotTrusted());
    }
    learn(known.contradicts(receipt.body()), known.with(receipt));
  }

  private void learn(boolean contradiction, KnownVault newest)
      throws IOException, ConversationEnded {
    if (contradiction) {
      throw new ConversationEnded(new VaultFailure.RolledBack());
    }
    newest.remember(device, account);
    known = newest;
  }
}
