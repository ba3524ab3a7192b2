package lockstep.conformance;

import java.util.ArrayList;
import java.util.List;
import lockstep.opaque.client.ClientLogin;
import lockstep.spec.Implements;
import lockstep.wire.Bytes;
import lockstep.wire.Refusal;
import lockstep.wire.Reply;
import lockstep.wire.Request;

/** Enrolling and changing the password: STG-1 to STG-10, MRK-2. */
@Implements("CNF-12")
final class StageMessages {

  private static final Refusal REFUSED = new Refusal.Refused();
  private static final Refusal NO_STAGE =
      new Refusal.Conflict(Refusal.Conflict.Reason.NO_SUCH_STAGE, 0);
  private static final Refusal OTHER =
      new Refusal.Conflict(Refusal.Conflict.Reason.OTHER_REQUEST, 0);
  private static final Refusal CONFIRMED =
      new Refusal.Conflict(Refusal.Conflict.Reason.ALREADY_CONFIRMED, 0);
  private static final long TEN_MINUTES = 600_000;

  private final List<MessageCase> cases = new ArrayList<>();

  private StageMessages() {}

  static List<MessageCase> all() {
    StageMessages messages = new StageMessages();
    messages.generations();
    messages.who();
    messages.registering();
    messages.moreRegistering();
    messages.expiry();
    messages.moreExpiry();
    messages.staging();
    messages.confirming();
    messages.moreConfirming();
    messages.giving();
    messages.activating();
    messages.moreActivating();
    messages.marks();
    return messages.cases;
  }

  private void add(String name, String clauses, String about, MessageCase.Scenario scenario) {
    cases.add(MessageCase.of(name, clauses, about, scenario));
  }

  private static KitStage stage(KitDevice device, long generation) {
    return new KitStage(device, generation, KitDevice.RIGHT);
  }

  private static Refusal used(long last) {
    return new Refusal.Conflict(Refusal.Conflict.Reason.GENERATION_USED, last);
  }

  private void generations() {
    add(
        "no-generation-is-left-out",
        "STG-1~1",
        "a first stage of generation 2, and of generation 0",
        device -> {
          device.talk.expect(used(0), stage(device, 2).registerRequest(device.token()));
          device.talk.expect(used(0), stage(device, 0).registerRequest(device.token()));
        });
    add(
        "a-generation-is-used-up",
        "STG-1~1",
        "the generation of a stage that was replaced, and of the active record",
        device -> {
          stage(device, 1).register(device.token());
          stage(device, 2).register(device.token());
          device.talk.expect(used(2), stage(device, 1).registerRequest(device.token()));
        });
  }

  private void who() {
    add(
        "a-token-replaces-no-record",
        "STG-2~1",
        "a Register on an active record by token and by signature",
        device -> {
          device.enrolled();
          device.talk.expect(REFUSED, stage(device, 2).registerRequest(device.token()));
          device.talk.expect(REFUSED, stage(device, 2).registerRequest(device.signature()));
        });
    add(
        "an-unproved-session-replaces-no-record",
        "STG-2~1 AUT-5~1",
        "a Register under a session whose proof never came",
        device -> {
          KitSession session = device.enrolled().attempt().session();
          device.talk.expect(REFUSED, stage(device, 2).registerRequest(session.authority()));
        });
    add(
        "a-tombstone-wants-its-command-key",
        "STG-2~1 LIM-15~2 LEA-5~1",
        "after destruction the token gets Destroyed, and the signature a new epoch",
        device -> {
          device.enrolled().destroyed();
          device.talk.expect(
              new Refusal.Destroyed(), stage(device, 2).registerRequest(device.token()));
          Request request = stage(device, 2).registerRequest(device.signature());
          Reply.Registered reply = device.talk.expect(Reply.Registered.class, request);
          device.talk.check(
              reply.receipt().body().epoch() == 2, request, reply, "receipt.epoch", 2);
        });
  }

  private void registering() {
    add(
        "the-same-registration-is-answered-alike",
        "STG-3~2 AUT-8~2",
        "a Register sent twice is one evaluation and one charge",
        device -> {
          KitStage stage = stage(device, 1);
          Request.Register request = stage.registerRequest(device.token());
          Reply.Registered first = device.talk.expect(Reply.Registered.class, request);
          Reply.Registered second = device.talk.expect(Reply.Registered.class, request);
          device.talk.check(
              first.registrationResponse().equals(second.registrationResponse()),
              request,
              second,
              "registrationResponse",
              "the same evaluation");
          device.talk.check(
              !first.receipt().equals(second.receipt()), request, second, "receipt", "its own");
          AuthorityMessages.charged(device, 1);
        });
    add(
        "another-registration-of-a-generation",
        "STG-3~2",
        "another request, and another one-time key, for the live stage's generation",
        device -> {
          stage(device, 1).register(device.token());
          device.talk.expect(OTHER, stage(device, 1).registerRequest(device.token()));
          AuthorityMessages.charged(device, 1);
        });
  }

  private void moreRegistering() {
    add(
        "a-stage-is-charged",
        "STG-4~1",
        "a Register counts as an attempt, before and after it is staged",
        device -> {
          KitStage stage = stage(device, 1);
          stage.register(device.token());
          AuthorityMessages.charged(device, 1);
          stage.stage();
          AuthorityMessages.charged(device, 1);
        });
    add(
        "a-locked-account-takes-no-stage",
        "STG-4~1 LIM-5~1",
        "a Register under a verified session while the account is locked",
        device -> {
          KitSession session = device.enrolled().unlock();
          device.spend(0);
          device.talk.expect(
              Refusal.Locked.class, stage(device, 2).registerRequest(session.authority()));
        });
  }

  private void expiry() {
    add(
        "a-stage-ends-after-ten-minutes",
        "STG-5~2 AUT-6~1",
        "Stage and Confirm ten minutes after their Register; the charge stays",
        device -> {
          KitStage stage = stage(device, 1);
          stage.register(device.token());
          stage.stage();
          device.talk.pass(TEN_MINUTES);
          device.talk.expect(REFUSED, stage.stageRequest());
          device.talk.expect(REFUSED, stage.confirmRequest(1, stage.signed()));
          AuthorityMessages.charged(device, 1);
        });
    add(
        "a-stage-lasts-ten-minutes",
        "STG-5~2",
        "a confirmation just before the ten minutes are over",
        device -> {
          KitStage stage = stage(device, 1);
          stage.register(device.token());
          stage.stage();
          device.talk.pass(TEN_MINUTES - 1_000);
          stage.confirm();
        });
  }

  private void moreExpiry() {
    add(
        "a-replaced-stage-ends-its-confirmation",
        "STG-5~2",
        "the proof in a confirming session whose stage was replaced",
        device -> {
          KitStage stage = stage(device, 1);
          stage.register(device.token());
          stage.stage();
          KitSession session = stage.confirm();
          stage(device, 2).register(device.token());
          device.talk.expect(
              new Refusal.SessionUnknown(), device.finishRequest(session.id(), session.ke3()));
        });
    add(
        "a-verified-confirmation-outlives-its-stage",
        "STG-5~2 STG-9~1",
        "Activate in a verified confirming session whose stage was replaced",
        device -> {
          KitStage stage = stage(device, 1);
          stage.register(device.token());
          stage.stage();
          KitSession session = stage.confirm();
          session.finish();
          stage(device, 2).register(device.token());
          device.talk.expect(NO_STAGE, device.activateRequest(1, session.authority()));
        });
  }

  private void staging() {
    add(
        "a-record-is-staged-once",
        "STG-6~1",
        "the same record again, and then another one",
        device -> {
          KitStage stage = stage(device, 1);
          stage.register(device.token());
          stage.stage();
          stage.stage();
          byte[] record = stage.made().toArray();
          record[record.length - 1] ^= 1;
          device.talk.expect(OTHER, stage.stageRequest(1, Bytes.copyOf(record), stage.signed()));
        });
    add(
        "a-record-of-another-generation",
        "STG-6~1 STG-7~2",
        "a record that names another generation than its stage has",
        device -> {
          KitStage stage = stage(device, 1);
          stage.register(device.token());
          device.talk.expect(NO_STAGE, stage.stageRequest(2, stage.made(), stage.signed()));
          stage.stage();
        });
  }

  private void confirming() {
    add(
        "a-stage-confirms-once",
        "STG-7~2",
        "a second Confirm with another KE1, after a proof and without one",
        device -> {
          KitStage stage = stage(device, 1);
          stage.register(device.token());
          stage.stage();
          stage.confirm();
          device.talk.expect(CONFIRMED, stage.confirmRequest(1, stage.signed()));
          AuthorityMessages.charged(device, 1);
        });
    add(
        "nothing-is-confirmed-before-its-record",
        "STG-7~2 SES-2~1",
        "a Confirm before the record is staged, and for another generation",
        device -> {
          KitStage stage = stage(device, 1);
          stage.register(device.token());
          device.talk.expect(NO_STAGE, stage.confirmRequest(1, stage.signed()));
          stage.stage();
          device.talk.expect(NO_STAGE, stage.confirmRequest(2, stage.signed()));
          stage.confirm();
        });
  }

  private void moreConfirming() {
    add(
        "the-same-confirmation-again",
        "SES-10~1 STG-7~2",
        "a Confirm whose reply was lost",
        device -> {
          KitStage stage = stage(device, 1);
          stage.register(device.token());
          stage.stage();
          try (ClientLogin login = device.login(KitDevice.RIGHT)) {
            Request.Confirm request = stage.confirmRequest(1, login, stage.signed());
            device.talk.expect(device.talk.expect(Reply.Evaluated.class, request), request);
          }
        });
    add(
        "a-wrong-confirmation",
        "STG-7~2 STG-9~1",
        "a wrong proof of the new password: nothing is activated, nothing given back",
        device -> {
          KitStage stage = stage(device, 1);
          stage.register(device.token());
          stage.stage();
          KitSession session = stage.confirm();
          device.talk.expect(
              Refusal.WrongProof.class, device.finishRequest(session.id(), Bytes.zero(32)));
          device.talk.expect(REFUSED, device.activateRequest(1, session.authority()));
          AuthorityMessages.charged(device, 1);
        });
  }

  private void giving() {
    add(
        "confirmation-gives-its-own-charge-back",
        "STG-8~1",
        "three charges beside the stage's stay after its confirmation",
        device -> {
          device.enrolled();
          KitSession session = device.unlock();
          device.fail();
          KitStage stage = stage(device, 2);
          stage.register(session.authority());
          stage.stage();
          AuthorityMessages.charged(device, 2);
          stage.confirm().finish();
          AuthorityMessages.charged(device, 1);
        });
    add(
        "confirmation-is-given-back-once",
        "STG-8~1 LIM-10~1",
        "a success between the stage and its confirmation leaves nothing to give back",
        device -> {
          KitSession session = device.enrolled().unlock();
          KitStage stage = stage(device, 2);
          stage.register(session.authority());
          stage.stage();
          device.unlock();
          device.attempt();
          stage.confirm().finish();
          AuthorityMessages.charged(device, 1);
        });
  }

  private void activating() {
    add(
        "unconfirmed-nothing-is-activated",
        "STG-9~1",
        "Activate in a confirming session without a proof, and in a login's",
        device -> {
          KitSession login = device.enrolled().unlock();
          KitStage stage = stage(device, 2);
          stage.register(device.unlock().authority());
          stage.stage();
          KitSession session = stage.confirm();
          device.talk.expect(REFUSED, device.activateRequest(2, session.authority()));
          device.talk.expect(REFUSED, device.activateRequest(2, login.authority()));
        });
    add(
        "activation-ends-all-sessions",
        "STG-9~1 LIM-14~1",
        "sessions of before are over, and charges of before stay",
        device -> {
          device.enrolled();
          KitSession open = device.unlock();
          KitStage stage = stage(device, 2);
          stage.register(device.unlock().authority());
          stage.stage();
          KitSession waiting = device.attempt().session();
          KitSession session = stage.confirm();
          session.finish();
          device.talk.expect(Reply.Activated.class, device.activateRequest(2, session.authority()));
          device.talk.expect(
              new Refusal.SessionUnknown(), device.finishRequest(waiting.id(), waiting.ke3()));
          device.talk.expect(REFUSED, device.disableRequest(open.authority()));
          AuthorityMessages.charged(device, 1);
        });
  }

  private void moreActivating() {
    add(
        "one-record-is-active",
        "STG-10~1 STG-9~1",
        "the old record until the moment of activation, then the new one",
        device -> {
          device.enrolled();
          KitStage stage = new KitStage(device, 2, "another horse");
          stage.register(device.unlock().authority());
          stage.stage();
          KitSession session = stage.confirm();
          session.finish();
          device.unlock();
          device.talk.expect(Reply.Activated.class, device.activateRequest(2, session.authority()));
          Reply.StatusReport report = device.status();
          Request asked = device.statusRequest(device.token());
          device.talk.check(report.activeGeneration() == 2, asked, report, "activeGeneration", 2);
          device.attempt("another horse").session().finish();
        });
  }

  private void marks() {
    add(
        "a-new-key-removes-the-mark",
        "MRK-2~1",
        "the mark stays with the same command key and goes with another one",
        device -> {
          device.enrolled();
          device.talk.expect(Reply.Marked.class, device.markRequest(5, 1, device.signature()));
          device.enrol(2, device.unlock().authority());
          Reply.StatusReport same = device.status();
          Request asked = device.statusRequest(device.token());
          device.talk.check(same.markNumber() == 5, asked, same, "markNumber", 5);
          KitDevice other = device.withAnotherKey();
          other.enrol(3, device.unlock().authority());
          Reply.StatusReport another = device.status();
          device.talk.check(another.markNumber() == 0, asked, another, "markNumber", 0);
        });
  }
}
