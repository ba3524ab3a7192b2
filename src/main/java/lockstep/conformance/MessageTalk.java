package lockstep.conformance;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lockstep.secret.SecretBytes;
import lockstep.spec.Decides;
import lockstep.wire.AccountName;
import lockstep.wire.AccountToken;
import lockstep.wire.Bytes;
import lockstep.wire.Receipt;
import lockstep.wire.Refusal;
import lockstep.wire.Reply;
import lockstep.wire.Request;
import lockstep.wire.RequestMessage;
import lockstep.wire.SignedReply;
import lockstep.wire.VaultId;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages to a vault under examination and holds every reply against what all replies have
 * in common: the vault's signature over the message that it answers, a signed receipt of the
 * account, and its place in the chain of receipts.
 */
@Decides("CNF-12")
final class MessageTalk {

  private static final String CLOCK = "the vault's clock";
  private static final long TOKEN_MILLIS = 300_000;

  final VaultDoor door;
  final SecureRandom random;
  final VaultId id;
  private final SigningKey messenger;
  private final Map<AccountName, List<Receipt>> receipts = new HashMap<>();

  MessageTalk(VaultDoor door, SecureRandom random) {
    this.door = door;
    this.random = random;
    this.id = VaultId.of(door.publicKey());
    try (SecretBytes seed = door.messengerSeed()) {
      this.messenger = SigningKey.of(seed);
    }
  }

  /** An account that nobody has used. */
  KitDevice newDevice() {
    String name = HexFormat.of().formatHex(randomBytes(8).toArray());
    return new KitDevice(this, new AccountName("kit-" + name + "@example.org"));
  }

  Bytes randomBytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return Bytes.copyOf(bytes);
  }

  /** A token of the messenger for this vault, drawn a second ago, for five minutes. */
  Bytes token(AccountName account) {
    long now = door.now();
    return token(account, messenger, id, now - 1_000, now + TOKEN_MILLIS);
  }

  Bytes token(AccountName account, long issuedAt, long expiresAt) {
    return token(account, messenger, id, issuedAt, expiresAt);
  }

  Bytes token(
      AccountName account,
      @Nullable SigningKey issuer,
      VaultId vault,
      long issuedAt,
      long expires) {
    AccountToken.Body body =
        new AccountToken.Body(account, vault, issuedAt, expires, randomBytes(16));
    SigningKey signer = issuer == null ? messenger : issuer;
    return Bytes.copyOf(new AccountToken(body, signer.sign(body.signedInput())).encode());
  }

  /** The checked reply to a request, sent with a nonce of its own. */
  Reply send(Request request) {
    return exchange(nameOf(request), message(request), request.account());
  }

  /** The reply to a request that is sent beside others, whose receipts come in any order. */
  Reply sendAlone(Request request) {
    return exchange(nameOf(request), message(request), null);
  }

  byte[] message(Request request) {
    return request.encode(randomBytes(RequestMessage.NONCE_BYTES));
  }

  /** The reply to bytes that are no request, which has to be signed all the same. */
  Reply sendRaw(String name, byte[] message) {
    return exchange(name, message, null);
  }

  private Reply exchange(String name, byte[] message, @Nullable AccountName account) {
    byte[] bytes;
    try {
      bytes = door.exchange(message);
    } catch (IOException failed) {
      throw broken(name, message, Answer.Fault.HANG, "no reply came");
    }
    Optional<SignedReply> reply = SignedReply.decode(bytes);
    if (reply.isEmpty()) {
      throw broken(
          name,
          message,
          Answer.Fault.GARBAGE,
          bytes.length == 0 ? "the vault has no reply" : "no reply of WIR-2");
    }
    if (!reply.get().isSignedBy(door.publicKey(), message)) {
      throw broken(name, message, Answer.Fault.GARBAGE, "the signature is not of WIR-4");
    }
    if (account != null) {
      follow(name, message, account, reply.get().reply());
    }
    return reply.get().reply();
  }

  /** Signed, of this account, and either one that was given before or the next of the chain. */
  private void follow(String name, byte[] message, AccountName account, Reply reply) {
    Receipt receipt = receiptOf(reply).orElse(null);
    if (receipt == null) {
      return;
    }
    synchronized (receipts) {
      List<Receipt> known = receipts.computeIfAbsent(account, any -> new ArrayList<>());
      if (known.contains(receipt)) {
        return;
      }
      Receipt.Body body = receipt.body();
      if (!receipt.isSignedBy(door.publicKey()) || !body.account().equals(account)) {
        throw differs(name, message, "receipt", "a receipt of the account by the vault", reply);
      }
      Receipt last = known.isEmpty() ? null : known.get(known.size() - 1);
      boolean next =
          last == null
              || (body.sequence() == last.body().sequence() + 1
                  && body.previousHash().equals(last.body().hash()));
      if (!next) {
        throw differs(name, message, "receipt.previousHash", "the next of the chain", reply);
      }
      known.add(receipt);
    }
  }

  /** The receipts that an account was given, in order. */
  List<Receipt> receipts(AccountName account) {
    synchronized (receipts) {
      return List.copyOf(receipts.getOrDefault(account, List.of()));
    }
  }

  /** Messages whose replies nobody waited for may have left receipts that nobody saw. */
  void forgetReceipts(AccountName account) {
    synchronized (receipts) {
      receipts.remove(account);
    }
  }

  static Optional<Receipt> receiptOf(Reply reply) {
    return reply instanceof Reply.Registered registered
        ? Optional.of(registered.receipt())
        : reply instanceof Reply.Activated activated
            ? Optional.of(activated.receipt())
            : reply instanceof Reply.Evaluated evaluated
                ? evaluated.receipt()
                : reply instanceof Reply.Released released
                    ? Optional.of(released.receipt())
                    : leaving(reply);
  }

  private static Optional<Receipt> leaving(Reply reply) {
    return reply instanceof Reply.Disabled disabled
        ? Optional.of(disabled.receipt())
        : reply instanceof Reply.RestartPending pending
            ? pending.receipt()
            : reply instanceof Reply.Restarted restarted
                ? Optional.of(restarted.receipt())
                : reply instanceof Reply.Marked marked
                    ? Optional.of(marked.receipt())
                    : Optional.empty();
  }

  /** The reply, which has to be of that type. */
  <T extends Reply> T expect(Class<T> type, Request request) {
    Reply reply = send(request);
    if (!type.isInstance(reply)) {
      throw differs(nameOf(request), message(request), "", wanted(type), reply);
    }
    return type.cast(reply);
  }

  /** The reply has to be exactly this one. */
  void expect(Reply wanted, Request request) {
    Reply reply = send(request);
    if (!reply.equals(wanted)) {
      throw new Mismatch(
          new Verdict.Differs(
              0,
              new Step(nameOf(request), asked(message(request)), answer(wanted).toJson()),
              answer(reply),
              wanted.getClass() == reply.getClass() ? "detail" : "",
              Optional.empty()));
    }
  }

  /** Something in a reply that has to hold. */
  void check(boolean holds, Request request, Reply reply, String where, Object wanted) {
    if (!holds) {
      throw differs(nameOf(request), message(request), where, String.valueOf(wanted), reply);
    }
  }

  /** Lets time pass, or ends the scenario where that cannot be had. */
  void pass(long millis) {
    try {
      if (!door.advance(millis)) {
        throw new Mismatch(new Verdict.NotOffered(Set.of(CLOCK)));
      }
    } catch (IOException failed) {
      throw broken("advance", new byte[0], Answer.Fault.CRASH, "the clock could not be turned");
    }
  }

  /** Has the vault crash and start again, or ends the scenario where nobody said how. */
  void crash() {
    try {
      if (!door.crash()) {
        throw new Mismatch(new Verdict.NotOffered(Set.of("a restart of the vault")));
      }
    } catch (IOException failed) {
      throw broken("restart", new byte[0], Answer.Fault.CRASH, "the vault did not start again");
    }
  }

  private Mismatch differs(String name, byte[] message, String where, String text, Reply came) {
    ObjectNode expected = JsonNodeFactory.instance.objectNode();
    if (where.isEmpty() && Character.isUpperCase(text.charAt(0))) {
      expected.put("rejected", text);
    } else if (where.isEmpty()) {
      expected.putObject("result").put("type", text);
    } else {
      expected.putObject("result").put(where, text);
    }
    return new Mismatch(
        new Verdict.Differs(
            0, new Step(name, asked(message), expected), answer(came), where, Optional.empty()));
  }

  private static Mismatch broken(String name, byte[] message, Answer.Fault fault, String detail) {
    ObjectNode expected = JsonNodeFactory.instance.objectNode();
    expected.putObject("result").put("type", "signed reply");
    return new Mismatch(
        new Verdict.Differs(
            0,
            new Step(name, asked(message), expected),
            new Answer.Broken(fault, detail),
            "",
            Optional.empty()));
  }

  private static ObjectNode asked(byte[] message) {
    return JsonNodeFactory.instance.objectNode().put("request", HexFormat.of().formatHex(message));
  }

  /** A refusal by its name, as the operations name it; another reply by its type and fields. */
  private static Answer answer(Reply reply) {
    ObjectNode fields = JsonNodeFactory.instance.objectNode();
    if (reply instanceof Refusal) {
      return new Answer.Rejected(
          reply.getClass().getSimpleName(), fields.put("reply", reply.toString()));
    }
    fields.put("type", lower(reply.getClass()));
    return new Answer.Result(fields.put("encoded", HexFormat.of().formatHex(reply.encode())));
  }

  private static String wanted(Class<? extends Reply> type) {
    return Refusal.class.isAssignableFrom(type) ? type.getSimpleName() : lower(type);
  }

  private static String lower(Class<?> type) {
    String name = type.getSimpleName();
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  static String nameOf(Request request) {
    return request.getClass().getSimpleName();
  }
}
