package lockstep.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import lockstep.spec.Implements;
import lockstep.wire.Authority;
import lockstep.wire.Refusal;
import lockstep.wire.Reply;
import lockstep.wire.Request;

/** What uses a verified session up, and what does not: AUT-5 and AUT-11. */
@Implements("CNF-12")
final class UsedSessionMessages {

  private static final Refusal REFUSED = new Refusal.Refused();

  private final List<MessageCase> cases = new ArrayList<>();

  private UsedSessionMessages() {}

  static List<MessageCase> all() {
    UsedSessionMessages messages = new UsedSessionMessages();
    messages.used();
    messages.again();
    messages.usedInVain();
    messages.notUsed();
    return messages.cases;
  }

  private void add(String name, String clauses, String about, MessageCase.Scenario scenario) {
    cases.add(MessageCase.of(name, clauses, about, scenario));
  }

  private void used() {
    add(
        "session-serves-once",
        "AUT-5~1 AUT-11~1 SES-4~2",
        "one session registers a stage, and then neither disables nor registers another",
        device -> {
          KitSession session = device.enrolled().unlock();
          stage(device, 2).register(session.authority());
          device.talk.expect(REFUSED, stage(device, 3).registerRequest(session.authority()));
          device.talk.expect(REFUSED, device.disableRequest(session.authority()));
        });
    add(
        "session-activates-and-no-more",
        "AUT-5~1 AUT-11~1 STG-9~1",
        "the confirming session that activated a record disables nothing",
        device -> {
          device.enrolled();
          KitStage stage = stage(device, 2);
          stage.register(device.unlock().authority());
          stage.stage();
          KitSession session = stage.confirm();
          session.finish();
          device.talk.expect(Reply.Activated.class, device.activateRequest(2, session.authority()));
          device.talk.expect(REFUSED, device.disableRequest(session.authority()));
        });
  }

  private void again() {
    add(
        "session-decides-the-same-message-again",
        "AUT-5~1 STG-3~2",
        "a Register under a session whose reply was lost",
        device -> {
          KitSession session = device.enrolled().unlock();
          KitStage stage = stage(device, 2);
          Reply.Registered first = stage.register(session.authority());
          Request again = stage.registerRequest(session.authority());
          Reply.Registered second = device.talk.expect(Reply.Registered.class, again);
          device.talk.check(
              first.registrationResponse().equals(second.registrationResponse()),
              again,
              second,
              "registrationResponse",
              "the same evaluation");
          AuthorityMessages.charged(device, 1);
        });
  }

  /** What was declined used the session up for every other message. */
  private void usedInVain() {
    declined(
        "conflict",
        session -> stage(session.device(), 9).registerRequest(session.authority()),
        new Refusal.Conflict(Refusal.Conflict.Reason.GENERATION_USED, 1));
    declined(
        "refused", session -> session.device().activateRequest(1, session.authority()), REFUSED);
    add(
        "session-used-in-vain-while-locked",
        "AUT-11~1 STG-4~1",
        "a Register under a verified session of a locked account, and then a Disable",
        device -> {
          KitSession session = device.enrolled().unlock();
          device.spend(0);
          device.talk.expect(
              Refusal.Locked.class, stage(device, 2).registerRequest(session.authority()));
          device.talk.expect(REFUSED, device.disableRequest(session.authority()));
        });
  }

  private void declined(String name, Function<KitSession, Request> made, Refusal answer) {
    add(
        "session-used-in-vain-for-" + name,
        "AUT-11~1",
        "what is answered " + name + " uses the session up",
        device -> {
          KitSession session = device.enrolled().unlock();
          Request declined = made.apply(session);
          device.talk.expect(answer, declined);
          device.talk.expect(REFUSED, device.disableRequest(session.authority()));
        });
  }

  private void notUsed() {
    add(
        "a-forged-mac-uses-nothing-up",
        "AUT-11~1 AUT-5~1",
        "a command with a wrong MAC, then another one with the right one",
        device -> {
          KitSession session = device.enrolled().unlock();
          Function<byte[], Authority> forged =
              part -> AuthorityMessages.flipped(session.authority().apply(part));
          device.talk.expect(REFUSED, device.disableRequest(forged));
          stage(device, 2).register(session.authority());
        });
  }

  private static KitStage stage(KitDevice device, long generation) {
    return new KitStage(device, generation, KitDevice.RIGHT);
  }
}
