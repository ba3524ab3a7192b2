package lockstep.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import lockstep.spec.Implements;
import lockstep.wire.Bytes;
import lockstep.wire.Policy;
import lockstep.wire.Receipt;
import lockstep.wire.Refusal;
import lockstep.wire.Reply;
import lockstep.wire.Request;
import lockstep.wire.WireWriter;

/** Logins: SES-1 to SES-8, also several at once and over a crash. */
@Implements("CNF-12")
final class SessionMessages {

  private static final Refusal UNKNOWN = new Refusal.SessionUnknown();
  private static final long MINUTE = 60_000;

  private final List<MessageCase> cases = new ArrayList<>();

  private SessionMessages() {}

  static List<MessageCase> all() {
    SessionMessages messages = new SessionMessages();
    messages.attempts();
    messages.moreAttempts();
    messages.endings();
    messages.moreEndings();
    messages.proofs();
    messages.moreProofs();
    messages.release();
    messages.several();
    messages.crashes();
    messages.moreCrashes();
    return messages.cases;
  }

  private void add(String name, String clauses, String about, MessageCase.Scenario scenario) {
    cases.add(MessageCase.of(name, clauses, about, scenario));
  }

  private void attempts() {
    add(
        "an-attempt-tells-all",
        "SES-1~1",
        "generation, suite, parameters, policy and attempts in the reply to an Attempt",
        device -> {
          Policy policy = device.enrolled().policy();
          KitDevice.Login login = device.attempt();
          Reply.Evaluated reply = login.evaluated();
          Request asked = login.request();
          device.talk.check(reply.generation() == 1, asked, reply, "generation", 1);
          device.talk.check(reply.suite() == 1, asked, reply, "suite", 1);
          device.talk.check(
              reply.stretching().equals(KitDevice.STRETCHING), asked, reply, "stretching", "");
          device.talk.check(reply.policy().equals(policy), asked, reply, "policy", policy);
          device.talk.check(
              reply.attemptsRemaining() == policy.attempts() - 1,
              asked,
              reply,
              "attemptsRemaining",
              policy.attempts() - 1);
          device.talk.check(
              reply.receipt().map(Receipt::body).map(Receipt.Body::charges).orElse(0) == 1,
              asked,
              reply,
              "receipt.charges",
              1);
          AuthorityMessages.charged(device, 1);
        });
    add(
        "nobody-is-enrolled",
        "SES-1~1 LEA-5~1",
        "an Attempt without a record is not charged",
        device -> {
          device.talk.expect(new Refusal.NotEnrolled(), device.attemptRequest(device.token()));
          AuthorityMessages.charged(device, 0);
        });
  }

  private void moreAttempts() {
    add(
        "the-active-generation-answers",
        "SES-2~1 STG-10~1",
        "after a change of the password the old record answers nobody",
        device -> {
          device.enrolled();
          device.enrol(2, device.unlock().authority());
          Reply.Evaluated reply = device.attempt().evaluated();
          device.talk.check(
              reply.generation() == 2,
              device.attemptRequest(device.token()),
              reply,
              "generation",
              2);
        });
    add(
        "a-staged-record-answers-no-attempt",
        "SES-2~1",
        "an Attempt while a stage is under way is answered under the active generation",
        device -> {
          device.enrolled();
          KitStage stage = new KitStage(device, 2, "another horse");
          stage.register(device.unlock().authority());
          stage.stage();
          Reply.Evaluated reply = device.attempt().evaluated();
          device.talk.check(
              reply.generation() == 1,
              device.attemptRequest(device.token()),
              reply,
              "generation",
              1);
        });
  }

  private void endings() {
    add(
        "a-session-ends-after-a-minute",
        "SES-3~1 LIM-9~1",
        "the right proof 60 s after the Attempt, whose charge stays",
        device -> {
          KitSession session = device.enrolled().attempt().session();
          device.talk.pass(MINUTE);
          device.talk.expect(UNKNOWN, device.finishRequest(session.id(), session.ke3()));
          AuthorityMessages.charged(device, 1);
        });
    add(
        "a-session-lasts-a-minute",
        "SES-3~1",
        "the right proof a millisecond before the minute is over",
        device -> {
          KitSession session = device.enrolled().attempt().session();
          device.talk.pass(MINUTE - 1);
          session.finish();
        });
    add(
        "a-proof-gives-no-more-time",
        "SES-3~1",
        "a verified session is over a minute after its Attempt",
        device -> {
          KitSession session = device.enrolled().attempt().session();
          device.talk.pass(MINUTE / 2);
          session.finish();
          device.talk.pass(MINUTE / 2);
          device.talk.expect(new Refusal.Refused(), device.disableRequest(session.authority()));
        });
  }

  private void moreEndings() {
    add(
        "abandoning-ends-a-session",
        "SES-7~1",
        "an abandoned session takes no proof, and its charge stays",
        device -> {
          Policy policy = device.enrolled().policy();
          KitSession session = device.attempt().session();
          Request abandon = new Request.Abandon(device.account, session.id());
          device.talk.expect(new Reply.Ended(policy.attempts() - 1, 0), abandon);
          device.talk.expect(UNKNOWN, device.finishRequest(session.id(), session.ke3()));
          device.talk.expect(UNKNOWN, abandon);
          AuthorityMessages.charged(device, 1);
        });
  }

  private void proofs() {
    add(
        "a-wrong-proof",
        "SES-6~2 LIM-9~1",
        "a wrong proof is told what is left, and the right one comes too late",
        device -> {
          Policy policy = device.enrolled().policy();
          KitSession session = device.attempt().session();
          device.talk.expect(
              new Refusal.WrongProof(policy.attempts() - 1, 0),
              device.finishRequest(session.id(), Bytes.zero(32)));
          device.talk.expect(UNKNOWN, device.finishRequest(session.id(), session.ke3()));
          AuthorityMessages.charged(device, 1);
        });
    add(
        "a-proof-that-is-nearly-right",
        "SES-6~2",
        "one bit of the proof is another",
        device -> {
          KitSession session = device.enrolled().attempt().session();
          byte[] ke3 = session.ke3().toArray();
          ke3[31] ^= 1;
          device.talk.expect(
              Refusal.WrongProof.class, device.finishRequest(session.id(), Bytes.copyOf(ke3)));
        });
    add(
        "a-second-proof",
        "SES-4~2 LIM-10~1",
        "another proof in a session that was proved",
        device -> {
          KitSession session = device.enrolled().unlock();
          device.talk.expect(UNKNOWN, device.finishRequest(session.id(), Bytes.zero(32)));
        });
  }

  private void moreProofs() {
    add(
        "a-session-belongs-to-its-account",
        "AUT-1~1 SES-6~2",
        "the proof and the end of a session under another account's name",
        device -> {
          KitSession session = device.enrolled().attempt().session();
          KitDevice other = device.another().enrolled();
          device.talk.expect(UNKNOWN, other.finishRequest(session.id(), session.ke3()));
          device.talk.expect(UNKNOWN, new Request.Abandon(other.account, session.id()));
          session.finish();
        });
    add(
        "a-session-that-never-was",
        "AUT-1~1 SES-6~2",
        "a proof and an end for a session id that nobody was given",
        device -> {
          device.enrolled();
          Bytes id = device.talk.randomBytes(16);
          device.talk.expect(UNKNOWN, device.finishRequest(id, Bytes.zero(32)));
          device.talk.expect(UNKNOWN, new Request.Abandon(device.account, id));
        });
  }

  private void release() {
    add(
        "a-release-opens-for-its-session",
        "SES-8~1 MRK-1~1",
        "wrap, generation and mark, sealed for the session and its id",
        device -> {
          device.enrolled();
          device.talk.expect(Reply.Marked.class, device.markRequest(3, 7, device.signature()));
          KitSession session = device.attempt().session();
          Reply.Released reply = session.finish();
          byte[] digest = new byte[32];
          Arrays.fill(digest, (byte) 7);
          byte[] whole =
              new WireWriter().bytes(device.wrap).u64(1).u64(3).bytes(digest).toByteArray();
          Bytes opened = session.opened(reply.release()).map(Bytes::copyOf).orElse(Bytes.zero(0));
          device.talk.check(
              opened.equals(Bytes.copyOf(whole)),
              device.finishRequest(session.id(), session.ke3()),
              reply,
              "release",
              "wrap, generation 1 and mark 3, under the session's key and id");
        });
    add(
        "no-two-releases-are-sealed-alike",
        "SES-8~1",
        "the nonces of two releases",
        device -> {
          Reply.Released first = device.enrolled().attempt().session().finish();
          KitDevice.Login login = device.attempt();
          Reply.Released second = login.session().finish();
          device.talk.check(
              !nonce(first).equals(nonce(second)), login.request(), second, "release", "its own");
        });
  }

  private static Bytes nonce(Reply.Released reply) {
    return Bytes.copyOf(Arrays.copyOf(reply.release().toArray(), 12));
  }

  private void several() {
    add(
        "two-sessions-side-by-side",
        "LIM-9~1 LIM-10~1 SES-1~1",
        "two open attempts, the newer one proved first",
        device -> {
          device.enrolled();
          KitSession first = device.attempt().session();
          KitSession second = device.attempt().session();
          AuthorityMessages.charged(device, 2);
          second.finish();
          AuthorityMessages.charged(device, 0);
          device.attempt();
          first.finish();
          AuthorityMessages.charged(device, 0);
        });
    add(
        "a-proof-fits-its-own-session",
        "SES-6~2",
        "one session's proof in another session of the same account",
        device -> {
          device.enrolled();
          KitSession first = device.attempt().session();
          KitSession second = device.attempt().session();
          device.talk.expect(
              Refusal.WrongProof.class, device.finishRequest(second.id(), first.ke3()));
        });
    add(
        "attempts-at-the-same-time",
        "LIM-9~1 LIM-12~1",
        "eight attempts at once: one charge each, and no more than the policy has",
        SessionMessages::atOnce);
  }

  private static void atOnce(KitDevice device) {
    Policy policy = device.enrolled().policy();
    List<Request> requests = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      requests.add(device.attemptRequest(device.token()));
    }
    device.talk.forgetReceipts(device.account);
    long evaluated = 0;
    ExecutorService threads = Executors.newFixedThreadPool(requests.size());
    try {
      List<Future<Reply>> replies =
          requests.stream().map(one -> threads.submit(() -> device.talk.sendAlone(one))).toList();
      for (Future<Reply> reply : replies) {
        evaluated += reply.get() instanceof Reply.Evaluated ? 1 : 0;
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof Mismatch mismatch) {
        throw mismatch;
      }
      throw new IllegalStateException(failed.getCause());
    } finally {
      threads.shutdownNow();
    }
    int most = Math.min(policy.attempts(), requests.size());
    Reply.StatusReport report = device.status();
    device.talk.check(
        evaluated == most && report.charges() == most, requests.get(0), report, "charges", most);
  }

  private void crashes() {
    add(
        "a-crash-ends-sessions-and-keeps-charges",
        "SES-5~1 LIM-14~1",
        "the right proof after a restart of the vault",
        device -> {
          KitSession session = device.enrolled().attempt().session();
          KitSession verified = device.unlock();
          device.attempt();
          device.talk.crash();
          device.talk.expect(UNKNOWN, device.finishRequest(session.id(), session.ke3()));
          device.talk.expect(new Refusal.Refused(), device.disableRequest(verified.authority()));
          AuthorityMessages.charged(device, 1);
          device.unlock();
        });
    add(
        "a-crash-keeps-the-lock",
        "LIM-14~1 LIM-5~1",
        "an account that is locked before a restart of the vault",
        device -> {
          Policy policy = device.enrolled().smallPolicy();
          device.spend(0);
          Reply.StatusReport before = device.status();
          device.talk.crash();
          Reply.StatusReport after = device.status();
          Request asked = device.statusRequest(device.token());
          device.talk.check(
              after.lockedUntil() == before.lockedUntil(),
              asked,
              after,
              "lockedUntil",
              "as it was");
          AuthorityMessages.charged(device, policy.attempts());
          device.expectLocked(before.lockedUntil());
        });
  }

  private void moreCrashes() {
    add(
        "a-crash-keeps-record-and-mark",
        "ATR-3~1 MRK-1~1",
        "what was told as done is there after a restart of the vault",
        device -> {
          device.enrolled();
          device.talk.expect(Reply.Marked.class, device.markRequest(3, 7, device.signature()));
          device.talk.crash();
          Reply.StatusReport report = device.status();
          device.talk.check(
              report.markNumber() == 3, device.statusRequest(device.token()), report, "mark", 3);
          device.unlock();
        });
  }
}
