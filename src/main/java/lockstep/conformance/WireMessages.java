package lockstep.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import lockstep.spec.Implements;
import lockstep.wire.Authority;
import lockstep.wire.Bytes;
import lockstep.wire.Ed25519Signature;
import lockstep.wire.Policy;
import lockstep.wire.Receipt;
import lockstep.wire.Refusal;
import lockstep.wire.Reply;
import lockstep.wire.Request;
import lockstep.wire.RequestMessage;

/** Messages as such: WIR-1 to WIR-6, and the receipts that replies carry. */
@Implements("CNF-12")
final class WireMessages {

  private static final int AUTHORITY_FROM_END = 3;
  private static final int CHALLENGE_BYTES = 32;
  private static final long SECOND = 1_000;

  private final List<MessageCase> cases = new ArrayList<>();

  private WireMessages() {}

  static List<MessageCase> all() {
    WireMessages messages = new WireMessages();
    messages.malformed();
    messages.unknownAuthority();
    messages.lengths();
    messages.replies();
    messages.reports();
    messages.policies();
    messages.receipts();
    return messages.cases;
  }

  private void add(String name, String clauses, String about, MessageCase.Scenario scenario) {
    cases.add(MessageCase.of(name, clauses, about, scenario));
  }

  private void malformed() {
    broken("of-version-1", message -> with(message, 0, 1));
    broken("of-version-3", message -> with(message, 0, 3));
    broken("with-an-unknown-tag", message -> with(message, 1, 0x7f));
    broken("that-is-cut", message -> Arrays.copyOf(message, message.length - 1));
    broken("with-a-byte-too-many", message -> Arrays.copyOf(message, message.length + 1));
    broken("with-no-byte", message -> new byte[0]);
    broken("without-a-nonce", message -> Arrays.copyOf(message, message.length - 32));
    broken("that-is-a-reply", message -> new Refusal.Refused().encode());
    broken("with-an-unknown-kind-of-authority", WireMessages::withAuthority);
  }

  private void unknownAuthority() {
    add(
        "message-with-an-unknown-kind-of-signature",
        "WIR-1~2",
        "right signatures by the command key and a stage's, under the number of no kind",
        device -> {
          unknown(device.enrolled().statusRequest(device.signature()), device, CHALLENGE_BYTES);
          KitStage stage = new KitStage(device, 2, KitDevice.RIGHT);
          stage.register(device.unlock().authority());
          unknown(stage.stageRequest(), device, 0);
        });
  }

  /** The same message with an authority of no kind, which is a signature after so many bytes. */
  private static void unknown(Request request, KitDevice device, int before) {
    byte[] message = device.talk.message(request);
    int authority = before + Ed25519Signature.LENGTH;
    int kind = message.length - RequestMessage.NONCE_BYTES - authority - 1;
    Reply reply = device.talk.sendRaw("Malformed message", with(message, kind, 9));
    device.talk.check(reply.equals(new Refusal.Malformed()), request, reply, "", "Malformed");
  }

  private void broken(String name, UnaryOperator<byte[]> change) {
    add(
        "message-" + name,
        "WIR-1~2",
        "a message " + name.replace('-', ' '),
        device -> {
          Bytes token = Bytes.zero(1);
          Request status = device.statusRequest(KitDevice.token(token));
          byte[] message = change.apply(device.talk.message(status));
          Reply reply = device.talk.sendRaw("Malformed message", message);
          device.talk.check(reply.equals(new Refusal.Malformed()), status, reply, "", "Malformed");
        });
  }

  private static byte[] with(byte[] message, int at, int value) {
    byte[] changed = message.clone();
    changed[at] = (byte) value;
    return changed;
  }

  /** The authority of a status whose token has one byte begins four bytes before the nonce. */
  private static byte[] withAuthority(byte[] message) {
    int at = message.length - RequestMessage.NONCE_BYTES - AUTHORITY_FROM_END - 1;
    return with(message, at, 9);
  }

  private void lengths() {
    add(
        "message-of-16384-bytes",
        "WIR-3~1",
        "the longest message is read, and refused for its token",
        device -> {
          int rest = device.talk.message(device.statusRequest(part -> token(0))).length;
          Request longest = device.statusRequest(part -> token(Request.MAX_BYTES - rest));
          device.talk.expect(new Refusal.Refused(), longest);
        });
    add(
        "message-of-16385-bytes",
        "WIR-3~1",
        "a longer one, well-formed but for its length",
        device -> {
          if (!device.talk.door.carries(Request.MAX_BYTES + 1)) {
            throw new Mismatch(new Verdict.NotOffered(Set.of("a carrier of longer messages")));
          }
          Request status = device.statusRequest(part -> token(0));
          int most = Request.MAX_BYTES - device.talk.message(status).length;
          byte[] longest = device.talk.message(device.statusRequest(part -> token(most)));
          Reply reply = device.talk.sendRaw("Long message", longer(longest, most));
          device.talk.check(reply.equals(new Refusal.Malformed()), status, reply, "", "Malformed");
        });
    add(
        "elements-that-are-none",
        "WIR-1~2 OPR-2~1",
        "a KE1 and a registration request whose element is no point are malformed and not charged",
        device -> {
          device.enrolled();
          Bytes none = Bytes.zero(98);
          device.talk.expect(
              new Refusal.Malformed(),
              Request.authorised(
                  any -> new Request.Attempt(device.account, none, any), device.token()));
          AuthorityMessages.charged(device, 0);
        });
  }

  /** A message whose token has one byte more, and says so. */
  private static byte[] longer(byte[] message, int tokenLength) {
    int at = message.length - RequestMessage.NONCE_BYTES - tokenLength;
    byte[] longer = Arrays.copyOf(message, message.length + 1);
    System.arraycopy(message, at, longer, at + 1, message.length - at);
    longer[at - 2] = (byte) ((tokenLength + 1) >> 8);
    longer[at - 1] = (byte) (tokenLength + 1);
    return longer;
  }

  private static Authority token(int length) {
    return new Authority.Token(Bytes.zero(length));
  }

  private void replies() {
    add(
        "a-reply-answers-one-sending",
        "WIR-4~2",
        "the same request twice, each reply signed over its own nonce",
        device -> {
          Request request = new Request.Challenge(device.account);
          for (int i = 0; i < 2; i++) {
            device.talk.expect(Reply.Challenged.class, request);
          }
        });
    add(
        "challenges-are-for-every-name",
        "AUT-3~1 AUT-4~1",
        "a challenge is given whether or not the account is there, and never twice",
        device -> {
          Bytes first = device.challenge();
          Bytes second = device.enrolled().challenge();
          device.talk.check(
              !first.equals(second),
              new Request.Challenge(device.account),
              new Reply.Challenged(second),
              "challenge",
              "another one");
        });
  }

  private void reports() {
    add(
        "a-report-says-what-is",
        "WIR-2~3 WIR-6~1 RCP-4~1",
        "two charges, a mark and a chain of receipts in the report",
        device -> {
          device.enrolled();
          device.talk.expect(Reply.Marked.class, device.markRequest(5, 7, device.signature()));
          Receipt known = newest(device);
          device.attempt();
          device.attempt();
          Request.Status request =
              Request.authorised(
                  any ->
                      new Request.Status(
                          device.account, known.body().sequence(), known.body().hash(), any),
                  device.token());
          Reply.StatusReport report = device.talk.expect(Reply.StatusReport.class, request);
          hold(device, request, report);
        });
  }

  private void policies() {
    add(
        "a-policy-is-what-it-says",
        "WIR-5~1 LIM-3~1 SES-1~1",
        "as many attempts as the policy says, then a lock as long as it says",
        device -> {
          Reply.StatusReport report = device.enrolled().status();
          Policy policy = report.policy();
          device.talk.check(
              policy.equals(device.talk.door.policy().orElse(policy)),
              device.statusRequest(device.token()),
              report,
              "policy",
              device.talk.door.policy());
          device.spend(1);
          device.talk.pass(SECOND / 2);
          Request.Attempt last = device.attemptRequest(device.token());
          Reply.Evaluated reply = device.talk.expect(Reply.Evaluated.class, last);
          long locked = reply.lockedUntil() - reply.receipt().orElseThrow().body().time();
          device.talk.check(
              reply.attemptsRemaining() == 0 && reply.policy().equals(policy),
              last,
              reply,
              "attemptsRemaining",
              0);
          device.talk.check(
              locked == policy.waitMillis(), last, reply, "lockedUntil", policy.waitMillis());
        });
  }

  private static void hold(KitDevice device, Request request, Reply.StatusReport report) {
    List<Receipt> chain = device.talk.receipts(device.account);
    List<Bytes> hashes =
        chain.subList(chain.size() - 3, chain.size()).stream()
            .map(receipt -> receipt.body().hash())
            .toList();
    device.talk.check(report.charges() == 2, request, report, "charges", 2);
    device.talk.check(report.round() == 1, request, report, "round", 1);
    device.talk.check(report.activeGeneration() == 1, request, report, "activeGeneration", 1);
    device.talk.check(report.markNumber() == 5, request, report, "markNumber", 5);
    device.talk.check(
        report.receiptHash().equals(newest(device).body().hash()),
        request,
        report,
        "receiptHash",
        "the newest receipt's");
    device.talk.check(
        report.receiptHashes().equals(hashes), request, report, "receiptHashes", "three in a row");
    device.talk.check(
        report.commandKey().equals(device.commandKey.publicKey()),
        request,
        report,
        "commandKey",
        "the device's");
    device.talk.check(
        report.stretching().equals(KitDevice.STRETCHING),
        request,
        report,
        "stretching",
        "as it was staged");
  }

  static Receipt newest(KitDevice device) {
    List<Receipt> chain = device.talk.receipts(device.account);
    return chain.get(chain.size() - 1);
  }

  private void receipts() {
    receipt("of-enrolling", Receipt.Kind.ENROLLED, KitDevice::enrolled);
    receipt("of-an-attempt", Receipt.Kind.ATTEMPT, device -> device.enrolled().attempt());
    receipt("of-an-unlock", Receipt.Kind.UNLOCKED, device -> device.enrolled().unlock());
    receipt(
        "of-a-change",
        Receipt.Kind.CHANGED,
        device -> {
          device.enrolled();
          device.enrol(2, device.unlock().authority());
        });
    receipt(
        "of-a-mark",
        Receipt.Kind.MARKED,
        device -> {
          device.enrolled();
          device.talk.expect(Reply.Marked.class, device.markRequest(1, 1, device.signature()));
        });
    receipt(
        "of-disabling",
        Receipt.Kind.DISABLED,
        device -> {
          device.enrolled();
          device.talk.expect(Reply.Disabled.class, device.disableRequest(device.signature()));
        });
    receipt(
        "of-a-restart",
        Receipt.Kind.RESTART_REQUESTED,
        device -> {
          device.enrolled();
          device.talk.expect(Reply.RestartPending.class, device.restartRequest(device.token()));
        });
    receipt(
        "of-a-stage",
        Receipt.Kind.STAGE_RESERVED,
        device -> new KitStage(device, 1, KitDevice.RIGHT).register(device.token()));
  }

  private void receipt(String name, Receipt.Kind kind, MessageCase.Scenario scenario) {
    add(
        "receipt-" + name,
        "RCP-2~1 RCP-1~2",
        "the receipt " + name.replace('-', ' ') + ", signed and next in its chain",
        device -> {
          scenario.play(device);
          List<Receipt> chain = device.talk.receipts(device.account);
          Request asked = device.statusRequest(device.token());
          Reply.StatusReport report = device.talk.expect(Reply.StatusReport.class, asked);
          boolean given = !chain.isEmpty() && newest(device).body().kind() == kind;
          device.talk.check(given, asked, report, "receipt.kind", kind);
          device.talk.check(
              newest(device).body().charges() == report.charges(),
              asked,
              report,
              "receipt.charges",
              report.charges());
        });
  }
}
