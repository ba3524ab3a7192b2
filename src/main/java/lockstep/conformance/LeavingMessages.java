package lockstep.conformance;

import java.util.ArrayList;
import java.util.List;
import lockstep.spec.Implements;
import lockstep.wire.Receipt;
import lockstep.wire.Refusal;
import lockstep.wire.Reply;
import lockstep.wire.Request;

/** Tombstones, restarts and what comes after: LEA-2 to LEA-4, LIM-15, STG-1. */
@Implements("CNF-12")
final class LeavingMessages {

  private static final Refusal NO_RESTART =
      new Refusal.Conflict(Refusal.Conflict.Reason.NO_RESTART, 0);
  private static final long SECOND = 1_000;
  private static final long TEN_MINUTES = 600_000;
  private static final long SEVEN_DAYS = 604_800_000;

  private final List<MessageCase> cases = new ArrayList<>();

  private LeavingMessages() {}

  static List<MessageCase> all() {
    LeavingMessages messages = new LeavingMessages();
    messages.asking();
    messages.tombstones();
    messages.completing();
    messages.epochs();
    messages.generations();
    return messages.cases;
  }

  private void add(String name, String clauses, String about, MessageCase.Scenario scenario) {
    cases.add(MessageCase.of(name, clauses, about, scenario));
  }

  private static void pending(KitDevice device, long at) {
    Reply.StatusReport report = device.status();
    device.talk.check(
        report.restartAt() == at, device.statusRequest(device.token()), report, "restartAt", at);
  }

  private static long requested(KitDevice device) {
    return device
        .talk
        .expect(Reply.RestartPending.class, device.restartRequest(device.token()))
        .completesAt();
  }

  private void asking() {
    add(
        "a-restart-is-not-put-off",
        "LEA-2~1",
        "asked for again a second later",
        device -> {
          long at = requested(device.enrolled());
          device.talk.pass(SECOND);
          requested(device);
          pending(device, at);
        });
    add(
        "a-stranger's-signature-cancels-no-restart",
        "LEA-3~2 AUT-4~1",
        "a signature by a key that is not the record's",
        device -> {
          long at = requested(device.enrolled());
          KitDevice stranger = device.withAnotherKey();
          device.talk.expect(new Refusal.Refused(), stranger.statusRequest(stranger.signature()));
          pending(device, at);
        });
    add(
        "a-disable-cancels-a-restart",
        "LEA-3~2 LEA-1~1",
        "a restart that was requested before the Disable",
        device -> {
          requested(device.enrolled());
          device.talk.expect(Reply.Disabled.class, device.disableRequest(device.signature()));
          pending(device, 0);
        });
  }

  private void tombstones() {
    add(
        "a-tombstone-can-be-restarted",
        "LEA-2~1 LEA-3~2",
        "a restart of a destroyed record, cancelled by who holds its key",
        device -> {
          device.enrolled().destroyed();
          pending(device, requested(device));
          device.talk.expect(Reply.StatusReport.class, device.statusRequest(device.signature()));
          pending(device, 0);
          requested(device);
        });
  }

  private void completing() {
    add(
        "a-restart-is-completed-once",
        "LEA-4~1",
        "a second CompleteRestart right after the first",
        device -> {
          requested(device.enrolled());
          device.talk.pass(SEVEN_DAYS);
          device.talk.expect(Reply.Restarted.class, device.completeRequest(device.token()));
          device.talk.expect(NO_RESTART, device.completeRequest(device.token()));
          device.talk.expect(new Refusal.Destroyed(), device.attemptRequest(device.token()));
        });
    add(
        "a-restarted-name-is-not-burnt",
        "LIM-8~2",
        "stages take every charge of a name that was restarted, and the last one expires",
        device -> {
          restart(device.enrolled());
          long last = FinalPhaseMessages.registerAll(device, 2).generation;
          device.talk.pass(TEN_MINUTES);
          device.enrol(last + 1, device.token());
        });
    add(
        "a-tombstone's-mark-goes-with-another-key",
        "MRK-2~1",
        "the mark of a record that was restarted, once another key is enrolled",
        device -> {
          device.enrolled();
          device.talk.expect(Reply.Marked.class, device.markRequest(5, 1, device.signature()));
          restart(device);
          device.withAnotherKey().enrol(2, device.token());
          Reply.StatusReport report = device.status();
          Request asked = device.statusRequest(device.token());
          device.talk.check(report.markNumber() == 0, asked, report, "markNumber", 0);
        });
  }

  private static void restart(KitDevice device) {
    requested(device);
    device.talk.pass(SEVEN_DAYS);
    device.talk.expect(Reply.Restarted.class, device.completeRequest(device.token()));
  }

  private void epochs() {
    add(
        "a-new-epoch-is-whole-and-one",
        "LIM-15~2 LIM-13~1",
        "two stages after a destruction: one new epoch, whose first charge is the first stage's",
        device -> {
          var before = device.enrolled().policy();
          device.destroyed();
          epoch(device, 2, Receipt.Kind.STAGE_RESERVED_IN_NEW_EPOCH);
          AuthorityMessages.charged(device, 1);
          epoch(device, 3, Receipt.Kind.STAGE_RESERVED);
          Reply.StatusReport report = device.status();
          Request asked = device.statusRequest(device.token());
          device.talk.check(report.epoch() == 2, asked, report, "epoch", 2);
          device.talk.check(report.policy().equals(before), asked, report, "policy", before);
        });
    add(
        "a-success-keeps-the-policy",
        "LIM-13~1 LIM-10~1",
        "the policy before an unlock and after it",
        device -> {
          var before = device.enrolled().policy();
          device.unlock();
          Reply.StatusReport report = device.status();
          device.talk.check(
              report.policy().equals(before),
              device.statusRequest(device.token()),
              report,
              "policy",
              before);
        });
  }

  private static void epoch(KitDevice device, long generation, Receipt.Kind kind) {
    KitStage stage = new KitStage(device, generation, KitDevice.RIGHT);
    Request.Register request = stage.registerRequest(device.signature());
    Reply.Registered reply = device.talk.expect(Reply.Registered.class, request);
    device.talk.check(reply.receipt().body().kind() == kind, request, reply, "receipt.kind", kind);
    device.talk.check(reply.receipt().body().epoch() == 2, request, reply, "receipt.epoch", 2);
  }

  private void generations() {
    add(
        "generations-outlive-a-record",
        "STG-1~1",
        "the generation of a record that was disabled",
        device -> {
          device.enrolled();
          device.talk.expect(Reply.Disabled.class, device.disableRequest(device.signature()));
          device.talk.expect(
              new Refusal.Conflict(Refusal.Conflict.Reason.GENERATION_USED, 1),
              new KitStage(device, 1, KitDevice.RIGHT).registerRequest(device.token()));
          device.enrol(2, device.token());
        });
  }
}
