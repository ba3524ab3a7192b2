package lockstep.conformance;

import java.util.ArrayList;
import java.util.List;
import lockstep.spec.Implements;
import lockstep.wire.Bytes;
import lockstep.wire.Refusal;
import lockstep.wire.Reply;
import lockstep.wire.Request;

/** Which locks a stage causes, meets and lifts, and which Registers are one: STG-3 to STG-8. */
@Implements("CNF-12")
final class StageLockMessages {

  private static final Refusal OTHER =
      new Refusal.Conflict(Refusal.Conflict.Reason.OTHER_REQUEST, 0);
  private static final long MINUTE = 60_000;

  private final List<MessageCase> cases = new ArrayList<>();

  private StageLockMessages() {}

  static List<MessageCase> all() {
    StageLockMessages messages = new StageLockMessages();
    messages.registering();
    messages.lockedFirst();
    messages.lifting();
    messages.standing();
    messages.expiring();
    return messages.cases;
  }

  private void add(String name, String clauses, String about, MessageCase.Scenario scenario) {
    cases.add(MessageCase.of(name, clauses, about, scenario));
  }

  private static KitStage stage(KitDevice device, long generation) {
    return new KitStage(device, generation, KitDevice.RIGHT);
  }

  private void registering() {
    add(
        "another-one-time-key-of-a-generation",
        "STG-3~2",
        "the live stage's registration request under another one-time key, and the reverse",
        device -> {
          KitStage stage = stage(device, 1);
          stage.register(device.token());
          Request.Register mine = stage.registerRequest(device.token());
          Request.Register other = stage(device, 1).registerRequest(device.token());
          device.talk.expect(OTHER, with(device, other.oneTimeKey(), mine.registrationRequest()));
          device.talk.expect(OTHER, with(device, mine.oneTimeKey(), other.registrationRequest()));
          AuthorityMessages.charged(device, 1);
          stage.stage();
        });
  }

  private static Request with(KitDevice device, Bytes oneTimeKey, Bytes request) {
    return Request.authorised(
        any -> new Request.Register(device.account, 1, oneTimeKey, request, any), device.token());
  }

  private void lockedFirst() {
    add(
        "a-lock-is-not-prolonged",
        "LIM-5~1",
        "an attempt while locked leaves the end of the lock as it was",
        device -> {
          device.enrolled().spend(0);
          long until = device.status().lockedUntil();
          device.talk.pass(device.policy().waitMillis() / 2);
          device.expectLocked(until);
          device.expectLocked(until);
        });
  }

  private void lifting() {
    add(
        "confirmation-lifts-its-own-lock",
        "STG-8~1 LIM-3~1",
        "the stage's charge was the last of a round",
        device -> {
          KitSession session = device.enrolled().unlock();
          device.spend(1);
          KitStage stage = stage(device, 2);
          stage.register(session.authority());
          device.talk.expect(Refusal.Locked.class, device.attemptRequest(device.token()));
          stage.stage();
          stage.confirm().finish();
          AuthorityMessages.charged(device, device.policy().attempts() - 1);
          device.unlock();
        });
  }

  private void standing() {
    add(
        "confirmation-lifts-no-other-lock",
        "STG-8~1 LIM-3~1",
        "an attempt after the stage was the last of the round",
        device -> {
          KitStage stage = staged(device);
          device.spend(1);
          stage.confirm().finish();
          device.talk.expect(Refusal.Locked.class, device.attemptRequest(device.token()));
        });
    add(
        "confirmation-gives-nothing-of-a-later-round",
        "STG-8~1 LIM-6~1",
        "a new round began between the stage and its confirmation",
        device -> {
          KitStage stage = staged(device);
          device.spend(1);
          device.waitOut();
          device.attempt();
          stage.confirm().finish();
          AuthorityMessages.charged(device, 1);
        });
  }

  /** A stage over an active record whose charge is the first of its round. */
  private static KitStage staged(KitDevice device) {
    KitStage stage = stage(device, 2);
    stage.register(device.enrolled().unlock().authority());
    stage.stage();
    return stage;
  }

  private void expiring() {
    add(
        "an-expired-stage-ends-its-confirmation",
        "STG-5~2",
        "the proof in a confirming session when the ten minutes are over",
        device -> {
          KitStage stage = stage(device, 1);
          stage.register(device.token());
          stage.stage();
          device.talk.pass(9 * MINUTE + MINUTE / 2);
          KitSession session = stage.confirm();
          device.talk.pass(MINUTE / 2);
          device.talk.expect(
              new Refusal.SessionUnknown(), device.finishRequest(session.id(), session.ke3()));
          Reply.StatusReport report = device.status();
          device.talk.check(
              report.charges() == 1, device.statusRequest(device.token()), report, "charges", 1);
        });
  }
}
