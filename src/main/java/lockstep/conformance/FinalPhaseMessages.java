package lockstep.conformance;

import java.util.ArrayList;
import java.util.List;
import lockstep.spec.Implements;
import lockstep.wire.Bytes;
import lockstep.wire.Policy;
import lockstep.wire.Refusal;
import lockstep.wire.Reply;
import lockstep.wire.Request;

/** The last charge of all, an attempt's or a stage's, and how it ends: LIM-7, LIM-8, STG-5. */
@Implements("CNF-12")
final class FinalPhaseMessages {

  private static final Refusal DESTROYED = new Refusal.Destroyed();
  private static final Refusal UNKNOWN = new Refusal.SessionUnknown();
  private static final long MINUTE = 60_000;
  private static final long TEN_MINUTES = 600_000;

  private final List<MessageCase> cases = new ArrayList<>();

  private FinalPhaseMessages() {}

  static List<MessageCase> all() {
    FinalPhaseMessages messages = new FinalPhaseMessages();
    messages.expiring();
    messages.besides();
    messages.leaving();
    messages.stages();
    messages.stagesThatEnd();
    messages.activating();
    messages.neverEnrolled();
    messages.disabledBefore();
    return messages.cases;
  }

  private void add(String name, String clauses, String about, MessageCase.Scenario scenario) {
    cases.add(MessageCase.of(name, clauses, about, scenario));
  }

  private static Request attempt(KitDevice device) {
    return device.attemptRequest(device.token());
  }

  private void expiring() {
    add(
        "the-last-attempt-expires",
        "LIM-8~2 LIM-9~1 SES-3~1",
        "nobody finishes the last attempt of all within its minute",
        device -> {
          device.enrolled().spendAllBut(1);
          KitSession last = device.attempt().session();
          device.talk.pass(MINUTE);
          device.talk.expect(DESTROYED, attempt(device));
          device.talk.expect(UNKNOWN, device.finishRequest(last.id(), last.ke3()));
        });
    add(
        "the-last-receipt-says-until-when",
        "RCP-1~2 LIM-7~2",
        "reply, receipt and report of the last attempt name the end of its session",
        device -> {
          device.enrolled().spendAllBut(1);
          KitDevice.Login last = device.attempt();
          Reply.Evaluated reply = last.evaluated();
          long ends = reply.receipt().orElseThrow().body().time() + MINUTE;
          device.talk.check(
              reply.receipt().orElseThrow().body().lockedUntil() == ends,
              last.request(),
              reply,
              "receipt.lockedUntil",
              ends);
          device.talk.check(
              reply.lockedUntil() == ends && reply.attemptsRemaining() == 0,
              last.request(),
              reply,
              "lockedUntil",
              ends);
          device.talk.expect(new Refusal.Locked(ends), attempt(device));
          device.talk.check(
              device.status().lockedUntil() == ends, last.request(), reply, "report", ends);
        });
  }

  private void besides() {
    add(
        "a-success-revives-nothing",
        "LIM-8~2",
        "the right proof of an earlier session after the last one failed",
        device -> {
          device.enrolled().spendAllBut(2);
          KitSession earlier = device.attempt().session();
          device.talk.check(
              device.fail().equals(DESTROYED), attempt(device), DESTROYED, "", "Destroyed");
          device.talk.expect(UNKNOWN, device.finishRequest(earlier.id(), earlier.ke3()));
          device.talk.expect(DESTROYED, attempt(device));
          device.waitOut();
          device.talk.expect(DESTROYED, attempt(device));
        });
    add(
        "a-success-beside-the-last",
        "LIM-10~1 LIM-7~2",
        "the right proof of an earlier session while the last one is open",
        device -> {
          device.enrolled().spendAllBut(2);
          KitSession earlier = device.attempt().session();
          device.attempt();
          earlier.finish();
          AuthorityMessages.charged(device, 0);
          device.unlock();
        });
  }

  private void leaving() {
    add(
        "disabling-the-last-leaves-a-tombstone",
        "LEA-1~1 LIM-8~2",
        "a Disable while the last attempt is open",
        device -> {
          device.enrolled().spendAllBut(1);
          device.attempt();
          device.talk.expect(Reply.Disabled.class, device.disableRequest(device.signature()));
          device.talk.expect(DESTROYED, attempt(device));
        });
  }

  /** A record whose last charge a stage has just taken, under a session of before. */
  private static KitStage lastStage(KitDevice device) {
    KitSession session = device.enrolled().unlock();
    device.spendAllBut(1);
    KitStage stage = new KitStage(device, 2, "another horse");
    Reply.Registered registered = stage.register(session.authority());
    device.talk.check(
        registered.receipt().body().lockedUntil() == registered.expiresAt(),
        stage.registerRequest(session.authority()),
        registered,
        "receipt.lockedUntil",
        registered.expiresAt());
    device.talk.expect(new Refusal.Locked(registered.expiresAt()), attempt(device));
    stage.stage();
    return stage;
  }

  private void stages() {
    add(
        "the-last-charge-is-a-stage's",
        "LIM-7~2 STG-4~1 STG-8~1",
        "the stage keeps everything else out, and its confirmation gives the charge back",
        device -> {
          KitStage stage = lastStage(device);
          KitSession session = stage.confirm();
          Reply.StatusReport report = device.status();
          device.talk.check(
              report.lockedUntil() > report.time()
                  && report.lockedUntil() <= report.time() + MINUTE,
              device.statusRequest(device.token()),
              report,
              "lockedUntil",
              "the end of the confirming session, within a minute");
          device.talk.expect(Refusal.Locked.class, attempt(device));
          session.finish();
          device.talk.check(
              device.status().lockedUntil() == 0,
              device.statusRequest(device.token()),
              report,
              "lockedUntil",
              0);
          device.talk.expect(Reply.Activated.class, device.activateRequest(2, session.authority()));
        });
    add(
        "the-last-stage-fails",
        "LIM-8~2 STG-5~2 SES-6~2",
        "a wrong proof of the stage whose charge was the last",
        device -> {
          KitSession session = lastStage(device).confirm();
          device.talk.expect(DESTROYED, device.finishRequest(session.id(), Bytes.zero(32)));
          device.talk.expect(DESTROYED, attempt(device));
        });
  }

  private void stagesThatEnd() {
    add(
        "the-last-stage-ends-unconfirmed",
        "STG-5~2 LIM-8~2",
        "ten minutes after the Register that took the last charge",
        device -> {
          lastStage(device);
          device.talk.pass(TEN_MINUTES);
          device.talk.expect(DESTROYED, attempt(device));
        });
    add(
        "the-last-stage's-confirmation-expires",
        "LIM-7~2 LIM-8~2",
        "a minute after the Confirm of the stage that took the last charge",
        device -> {
          lastStage(device).confirm();
          device.talk.pass(MINUTE);
          device.talk.expect(DESTROYED, attempt(device));
        });
  }

  private void activating() {
    add(
        "the-last-attempt-keeps-a-stage-waiting",
        "STG-9~1",
        "an Activate while the last attempt is open is told to wait, and the stage stays",
        device -> {
          KitSession session = device.enrolled().unlock();
          KitStage stage = new KitStage(device, 2, KitDevice.RIGHT);
          stage.register(session.authority());
          stage.stage();
          device.spendAllBut(1, 1);
          KitSession confirmed = stage.confirm();
          confirmed.finish();
          KitSession last = device.attempt().session();
          Request activate = device.activateRequest(2, confirmed.authority());
          device.talk.expect(Refusal.Locked.class, activate);
          last.finish();
          device.talk.expect(Reply.Activated.class, activate);
        });
  }

  /** Stages by the token until the last charge is taken; the stage that took it. */
  /** Stages until no charge is left, and gives the last. */
  static KitStage registerAll(KitDevice device, long first) {
    Policy policy = device.smallPolicy();
    KitStage stage = new KitStage(device, first, KitDevice.RIGHT);
    stage.register(device.token());
    for (int spent = 1; spent < policy.attempts() * policy.rounds(); spent++) {
      if (spent % policy.attempts() == 0) {
        device.waitOut();
      }
      stage = new KitStage(device, first + spent, KitDevice.RIGHT);
      stage.register(device.token());
    }
    return stage;
  }

  private void neverEnrolled() {
    add(
        "a-name-that-was-never-enrolled-leaves-no-tombstone",
        "LIM-8~2 LIM-15~2",
        "stages take every charge of a name without a record, and the last one expires",
        device -> {
          long next = registerAll(device, 1).generation + 1;
          device.talk.expect(
              Refusal.Locked.class,
              new KitStage(device, next, KitDevice.RIGHT).registerRequest(device.token()));
          device.talk.pass(TEN_MINUTES);
          Reply.StatusReport report = device.status();
          device.talk.check(
              report.record() == Reply.RecordState.NONE,
              device.statusRequest(device.token()),
              report,
              "record",
              "none");
          device.talk.expect(new Refusal.NotEnrolled(), attempt(device));
          device.enrol(next, device.token());
        });
    add(
        "a-name-that-was-never-enrolled-is-not-told-of-a-destruction",
        "SES-6~2 LIM-8~2",
        "a wrong proof of the stage that took the last charge of such a name",
        device -> {
          KitStage last = registerAll(device, 1);
          last.stage();
          device.talk.expect(
              new Refusal.NotEnrolled(), device.finishRequest(last.confirm().id(), Bytes.zero(32)));
        });
  }

  private void disabledBefore() {
    add(
        "a-disabled-name-leaves-no-tombstone",
        "LIM-8~2",
        "the same after a record that was disabled",
        device -> {
          device.enrolled();
          device.talk.expect(Reply.Disabled.class, device.disableRequest(device.signature()));
          registerAll(device, 2);
          device.talk.pass(TEN_MINUTES);
          device.talk.expect(new Refusal.NotEnrolled(), attempt(device));
        });
  }
}
