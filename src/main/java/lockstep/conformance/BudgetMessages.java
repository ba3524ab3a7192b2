package lockstep.conformance;

import java.util.ArrayList;
import java.util.List;
import lockstep.spec.Implements;
import lockstep.wire.Policy;
import lockstep.wire.Refusal;
import lockstep.wire.Reply;
import lockstep.wire.Request;

/** Counting, waiting and leaving: LIM-3 to LIM-15, LEA-1 to LEA-5, MRK-1. */
@Implements("CNF-12")
final class BudgetMessages {

  private static final Refusal NO_RESTART =
      new Refusal.Conflict(Refusal.Conflict.Reason.NO_RESTART, 0);
  private static final long SEVEN_DAYS = 604_800_000;

  private final List<MessageCase> cases = new ArrayList<>();

  private BudgetMessages() {}

  static List<MessageCase> all() {
    BudgetMessages messages = new BudgetMessages();
    messages.locks();
    messages.moreLocks();
    messages.lastRound();
    messages.moreLastRound();
    messages.budgets();
    messages.leaving();
    messages.restarts();
    messages.moreRestarts();
    messages.marks();
    return messages.cases;
  }

  private void add(String name, String clauses, String about, MessageCase.Scenario scenario) {
    cases.add(MessageCase.of(name, clauses, about, scenario));
  }

  private static Request.Attempt attempt(KitDevice device) {
    return device.attemptRequest(device.token());
  }

  private void locks() {
    add(
        "the-last-attempt-locks",
        "LIM-3~1 LIM-5~1",
        "a round of wrong passwords, then attempts that are refused and not counted",
        device -> {
          Policy policy = device.enrolled().policy();
          device.spend(0);
          device.talk.expect(Refusal.Locked.class, attempt(device));
          device.talk.expect(Refusal.Locked.class, attempt(device));
          AuthorityMessages.charged(device, policy.attempts());
        });
    add(
        "the-locking-attempt-may-finish",
        "LIM-4~1 LIM-10~1",
        "the right password as the last attempt of a round",
        device -> {
          device.enrolled().spend(1);
          KitSession session = device.attempt().session();
          device.talk.expect(Refusal.Locked.class, attempt(device));
          session.finish();
          AuthorityMessages.charged(device, 0);
          device.unlock();
        });
    add(
        "a-new-round-begins",
        "LIM-6~1",
        "the first attempt after the wait is the first charge of the next round",
        device -> {
          device.enrolled().spend(0);
          device.waitOut();
          device.attempt();
          Reply.StatusReport report = device.status();
          Request asked = device.statusRequest(device.token());
          device.talk.check(report.round() == 2, asked, report, "round", 2);
          device.talk.check(report.charges() == 1, asked, report, "charges", 1);
        });
  }

  private void moreLocks() {
    add(
        "the-wait-is-whole",
        "LIM-3~1",
        "an attempt a millisecond before the wait is over",
        device -> {
          device.enrolled().spend(0);
          Reply.StatusReport report = device.status();
          device.talk.pass(report.policy().waitMillis() - 1);
          device.expectLocked(report.lockedUntil());
        });
  }

  private void lastRound() {
    add(
        "the-last-failure-destroys",
        "LIM-8~2 LEA-5~1",
        "every attempt of every round is wrong",
        device -> {
          device.enrolled().spendAllBut(1);
          Refusal destroyed = new Refusal.Destroyed();
          device.talk.check(
              device.fail().equals(destroyed), attempt(device), destroyed, "", "Destroyed");
          device.talk.expect(destroyed, attempt(device));
          Reply.StatusReport report = device.status();
          device.talk.check(
              report.record() == Reply.RecordState.DESTROYED,
              device.statusRequest(device.token()),
              report,
              "record",
              "destroyed");
          device.talk.expect(destroyed, device.markRequest(1, 1, device.signature()));
          device.talk.expect(destroyed, device.disableRequest(device.signature()));
        });
  }

  private void moreLastRound() {
    add(
        "the-last-attempt-may-be-right",
        "LIM-7~2 LIM-10~1",
        "meanwhile nothing else is taken, and the right password opens",
        device -> {
          device.enrolled().spendAllBut(1);
          KitDevice.Login last = device.attempt();
          device.talk.check(
              last.evaluated().finalSession(),
              last.request(),
              last.evaluated(),
              "finalSession",
              true);
          device.talk.expect(Refusal.Locked.class, attempt(device));
          last.session().finish();
          AuthorityMessages.charged(device, 0);
        });
    add(
        "abandoning-the-last-destroys",
        "LIM-8~2 SES-7~1",
        "the last attempt of all is abandoned",
        device -> {
          device.enrolled().spendAllBut(1);
          KitSession last = device.attempt().session();
          device.talk.expect(
              new Refusal.Destroyed(), new Request.Abandon(device.account, last.id()));
          device.talk.expect(new Refusal.Destroyed(), attempt(device));
        });
  }

  private void budgets() {
    add(
        "a-success-gives-all-back",
        "LIM-10~1",
        "wrong attempts, then the right password",
        device -> {
          device.enrolled().spend(1);
          device.unlock();
          AuthorityMessages.charged(device, 0);
        });
    add(
        "a-success-begins-with-the-first-round",
        "LIM-10~1",
        "the right password in the second round",
        device -> {
          device.enrolled().spend(0);
          device.waitOut();
          device.unlock();
          Reply.StatusReport report = device.status();
          device.talk.check(
              report.round() == 1, device.statusRequest(device.token()), report, "round", 1);
        });
    add(
        "enrolling-again-keeps-the-budget",
        "LIM-14~1",
        "charges of before outlive a Disable and a new record",
        device -> {
          device.enrolled();
          device.attempt();
          device.talk.expect(Reply.Disabled.class, device.disableRequest(device.signature()));
          AuthorityMessages.charged(device, 1);
          device.enrol(2, device.token());
          AuthorityMessages.charged(device, 1);
        });
  }

  private void leaving() {
    add(
        "disabling-erases",
        "LEA-1~1",
        "record, mark, stage and sessions are gone, also while locked",
        device -> {
          device.enrolled();
          device.talk.expect(Reply.Marked.class, device.markRequest(4, 1, device.signature()));
          KitStage stage = new KitStage(device, 2, KitDevice.RIGHT);
          stage.register(device.unlock().authority());
          KitSession open = device.attempt().session();
          device.talk.expect(Reply.Disabled.class, device.disableRequest(device.signature()));
          device.talk.expect(new Refusal.NotEnrolled(), attempt(device));
          device.talk.expect(new Refusal.Refused(), stage.stageRequest());
          device.talk.expect(
              new Refusal.SessionUnknown(), device.finishRequest(open.id(), open.ke3()));
          Reply.StatusReport report = device.status();
          Request asked = device.statusRequest(device.token());
          device.talk.check(
              report.record() == Reply.RecordState.NONE, asked, report, "record", "none");
          device.talk.check(report.markNumber() == 0, asked, report, "markNumber", 0);
        });
  }

  private void restarts() {
    add(
        "a-restart-is-pending",
        "LEA-2~1 LEA-4~1",
        "asked for twice and completed too early",
        device -> {
          device.talk.expect(new Refusal.NotEnrolled(), device.restartRequest(device.token()));
          device.enrolled();
          device.talk.expect(NO_RESTART, device.completeRequest(device.token()));
          Request request = device.restartRequest(device.token());
          Reply.RestartPending first = device.talk.expect(Reply.RestartPending.class, request);
          long after = first.completesAt() - first.receipt().orElseThrow().body().time();
          device.talk.check(after == SEVEN_DAYS, request, first, "completesAt", SEVEN_DAYS);
          Request early = device.completeRequest(device.token());
          Reply.RestartPending pending = device.talk.expect(Reply.RestartPending.class, early);
          device.talk.check(
              pending.receipt().isEmpty() && pending.completesAt() == first.completesAt(),
              early,
              pending,
              "completesAt",
              first.completesAt());
        });
    cancelled("a-signature", device -> device.talk.send(device.statusRequest(device.signature())));
    cancelled("an-unlock", KitDevice::unlock);
    cancelled("an-activation", device -> device.enrol(2, device.unlock().authority()));
  }

  private void moreRestarts() {
    add(
        "a-restart-is-completed",
        "LEA-4~1 STG-2~1",
        "after seven days a tombstone is left, on which the token stages",
        device -> {
          device.enrolled();
          device.talk.expect(Reply.RestartPending.class, device.restartRequest(device.token()));
          device.talk.pass(SEVEN_DAYS - 1);
          device.talk.expect(Reply.RestartPending.class, device.completeRequest(device.token()));
          device.talk.pass(1);
          device.talk.expect(Reply.Restarted.class, device.completeRequest(device.token()));
          Reply.StatusReport report = device.status();
          device.talk.check(
              report.record() == Reply.RecordState.RESTARTED,
              device.statusRequest(device.token()),
              report,
              "record",
              "restarted");
          device.enrol(2, device.token());
          device.talk.expect(NO_RESTART, device.completeRequest(device.token()));
        });
  }

  private void cancelled(String by, MessageCase.Scenario act) {
    add(
        "a-restart-is-cancelled-by-" + by,
        "LEA-3~2",
        by.replace('-', ' ') + " says that somebody is still there",
        device -> {
          device.enrolled();
          device.talk.expect(Reply.RestartPending.class, device.restartRequest(device.token()));
          act.play(device);
          Reply.StatusReport report = device.status();
          device.talk.check(
              report.restartAt() == 0,
              device.statusRequest(device.token()),
              report,
              "restartAt",
              0);
        });
  }

  private void marks() {
    add(
        "a-mark-goes-forward-only",
        "MRK-1~1",
        "the same mark again, another digest, a lower and a higher number",
        device -> {
          device.enrolled();
          Refusal held = new Refusal.Conflict(Refusal.Conflict.Reason.MARK, 5);
          device.talk.expect(Reply.Marked.class, device.markRequest(5, 1, device.signature()));
          device.talk.expect(Reply.Marked.class, device.markRequest(5, 1, device.signature()));
          device.talk.expect(held, device.markRequest(5, 2, device.signature()));
          device.talk.expect(held, device.markRequest(4, 1, device.signature()));
          device.talk.expect(Reply.Marked.class, device.markRequest(6, 1, device.signature()));
        });
  }
}
