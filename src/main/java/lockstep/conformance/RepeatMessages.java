package lockstep.conformance;

import java.util.ArrayList;
import java.util.List;
import lockstep.opaque.client.ClientLogin;
import lockstep.spec.Implements;
import lockstep.wire.Bytes;
import lockstep.wire.Refusal;
import lockstep.wire.Reply;
import lockstep.wire.Request;

/** What is sent twice, and what is too much: SES-9 and SES-10. */
@Implements("CNF-12")
final class RepeatMessages {

  private static final long MINUTE = 60_000;
  private static final int MOST_SESSIONS = 64;

  private final List<MessageCase> cases = new ArrayList<>();

  private RepeatMessages() {}

  static List<MessageCase> all() {
    RepeatMessages messages = new RepeatMessages();
    messages.repeats();
    messages.otherwise();
    messages.late();
    messages.tooMany();
    return messages.cases;
  }

  private void add(String name, String clauses, String about, MessageCase.Scenario scenario) {
    cases.add(MessageCase.of(name, clauses, about, scenario));
  }

  private void repeats() {
    add(
        "the-same-attempt-again",
        "SES-10~1 LIM-9~1",
        "an Attempt sent twice is one charge and one session",
        device -> {
          device.enrolled();
          try (ClientLogin login = device.login(KitDevice.RIGHT)) {
            Request.Attempt request = device.attemptRequest(login, device.token());
            Reply first = device.talk.expect(Reply.Evaluated.class, request);
            device.talk.expect(first, request);
          }
          AuthorityMessages.charged(device, 1);
        });
    add(
        "the-same-proof-again",
        "SES-10~1 SES-4~2",
        "a Finish sent twice gets the same release and no further receipt",
        device -> {
          KitSession session = device.enrolled().attempt().session();
          Reply first = session.finish();
          device.talk.expect(first, device.finishRequest(session.id(), session.ke3()));
        });
    add(
        "the-same-wrong-proof-again",
        "SES-10~1",
        "a wrong proof sent twice is told the same",
        device -> {
          KitSession session = device.enrolled().attempt().session();
          Request wrong = device.finishRequest(session.id(), Bytes.zero(32));
          device.talk.expect(device.talk.expect(Refusal.WrongProof.class, wrong), wrong);
        });
  }

  private void otherwise() {
    add(
        "the-same-login-under-another-token",
        "SES-10~1 SES-1~1",
        "what differs in its token is another Attempt: another session, and charged",
        device -> {
          device.enrolled();
          try (ClientLogin login = device.login(KitDevice.RIGHT)) {
            Reply.Evaluated first =
                device.talk.expect(
                    Reply.Evaluated.class, device.attemptRequest(login, device.token()));
            Request.Attempt other = device.attemptRequest(login, device.token());
            Reply.Evaluated second = device.talk.expect(Reply.Evaluated.class, other);
            device.talk.check(
                !first.sessionId().equals(second.sessionId()),
                other,
                second,
                "sessionId",
                "another one");
          }
          AuthorityMessages.charged(device, 2);
        });
  }

  private void late() {
    add(
        "nothing-is-answered-again-after-a-minute",
        "SES-10~1 AUT-8~2",
        "an Attempt and a Finish that are sent again when their session is over",
        device -> {
          device.enrolled();
          try (ClientLogin login = device.login(KitDevice.RIGHT)) {
            Request.Attempt request = device.attemptRequest(login, device.token());
            Reply.Evaluated reply = device.talk.expect(Reply.Evaluated.class, request);
            KitSession session = device.session(login, reply, request);
            session.finish();
            device.talk.pass(MINUTE);
            device.talk.expect(new Refusal.Refused(), request);
            device.talk.expect(
                new Refusal.SessionUnknown(), device.finishRequest(session.id(), session.ke3()));
          }
        });
  }

  private void tooMany() {
    add(
        "sixty-four-sessions",
        "SES-9~1",
        "the sixty-fifth ends the oldest one and no other",
        device -> {
          device.enrolled();
          List<KitSession> sessions = new ArrayList<>();
          for (int i = 0; i <= MOST_SESSIONS; i++) {
            sessions.add(device.unlock());
          }
          device.talk.expect(
              new Refusal.Refused(), device.disableRequest(sessions.get(0).authority()));
          for (int still : new int[] {1, MOST_SESSIONS - 1, MOST_SESSIONS}) {
            device.talk.expect(
                Refusal.Conflict.class,
                new KitStage(device, 9, KitDevice.RIGHT)
                    .registerRequest(sessions.get(still).authority()));
          }
        });
  }
}
