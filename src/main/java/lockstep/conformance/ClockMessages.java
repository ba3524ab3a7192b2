package lockstep.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import lockstep.spec.Implements;
import lockstep.wire.Authority;
import lockstep.wire.Refusal;
import lockstep.wire.Reply;
import lockstep.wire.Request;

/** What a clock that is set back revives, which is nothing: AUT-10, LIM-11 and LIM-16. */
@Implements("CNF-12")
final class ClockMessages {

  private static final Refusal REFUSED = new Refusal.Refused();
  private static final long HOUR = 3_600_000;
  private static final long MINUTE = 60_000;

  private final List<MessageCase> cases = new ArrayList<>();

  private ClockMessages() {}

  static List<MessageCase> all() {
    ClockMessages messages = new ClockMessages();
    messages.running();
    messages.moreRunning();
    messages.locks();
    messages.seen();
    messages.notSeen();
    messages.usedTokens();
    return messages.cases;
  }

  private void add(String name, String clauses, String about, MessageCase.Scenario scenario) {
    cases.add(MessageCase.of(name, clauses, about, scenario));
  }

  private void running() {
    add(
        "a-clock-set-back-revives-no-token",
        "AUT-10~1 AUT-2~1",
        "a token of before an hour that the vault saw pass",
        device -> {
          device.enrolled();
          Function<byte[], Authority> token = device.token();
          device.talk.expect(Reply.StatusReport.class, device.statusRequest(token));
          device.talk.pass(HOUR);
          device.status();
          device.talk.pass(-HOUR);
          device.talk.expect(REFUSED, device.statusRequest(token));
        });
    add(
        "a-clock-set-back-revives-no-challenge",
        "AUT-10~1 AUT-4~1",
        "a challenge of before a minute that the vault saw pass",
        device -> {
          Function<byte[], Authority> signature = device.enrolled().signature();
          device.talk.pass(MINUTE);
          device.status();
          device.talk.pass(-MINUTE);
          device.talk.expect(REFUSED, device.statusRequest(signature));
        });
  }

  private void moreRunning() {
    add(
        "a-clock-set-back-revives-no-session",
        "AUT-10~1 SES-3~1",
        "sessions of before a minute that the vault saw pass",
        device -> {
          KitSession open = device.enrolled().attempt().session();
          KitSession verified = device.unlock();
          device.talk.pass(MINUTE);
          device.status();
          device.talk.pass(-MINUTE);
          device.talk.expect(
              new Refusal.SessionUnknown(), device.finishRequest(open.id(), open.ke3()));
          device.talk.expect(REFUSED, device.disableRequest(verified.authority()));
        });
  }

  private void locks() {
    add(
        "a-clock-set-back-moves-no-time",
        "LIM-11~1",
        "the time of an attempt after a restart of a vault whose clock goes wrong by an hour",
        device -> {
          device.enrolled();
          device.talk.pass(HOUR);
          long seen = device.attempt().evaluated().receipt().orElseThrow().body().time();
          device.talk.pass(-HOUR);
          device.talk.crash();
          KitDevice.Login login = device.attempt();
          long time = login.evaluated().receipt().orElseThrow().body().time();
          device.talk.check(
              time >= seen, login.request(), login.evaluated(), "receipt.time", seen + " or later");
        });
  }

  /** The time of what is decided is kept over a restart with an earlier clock. */
  private void seen() {
    seen("a-status", device -> device.status().time());
    seen(
        "a-locked-attempt",
        device -> {
          device.spend(0);
          long wait = device.policy().waitMillis();
          device.talk.pass(wait / 2);
          device.talk.expect(Refusal.Locked.class, device.attemptRequest(device.token()));
          return device.talk.door.now();
        });
    seen(
        "a-conflict",
        device -> {
          KitSession session = device.unlock();
          device.talk.pass(MINUTE / 2);
          device.talk.expect(
              Refusal.Conflict.class,
              new KitStage(device, 9, KitDevice.RIGHT).registerRequest(session.authority()));
          return device.talk.door.now();
        });
  }

  private void seen(String what, Function<KitDevice, Long> act) {
    add(
        "the-time-counts-of-" + what,
        "LIM-16~1 LIM-11~1",
        "the account's time after " + what.replace('-', ' ') + ", over a clock that is set back",
        device -> {
          device.enrolled();
          device.talk.pass(HOUR);
          long seen = act.apply(device);
          device.talk.pass(-HOUR);
          device.talk.crash();
          Request asked = device.statusRequest(device.token());
          Reply.StatusReport report = device.talk.expect(Reply.StatusReport.class, asked);
          device.talk.check(report.time() >= seen, asked, report, "time", seen + " or later");
        });
  }

  private void usedTokens() {
    add(
        "a-clock-set-back-revives-no-used-token",
        "AUT-8~2 LIM-11~1",
        "a token that was charged, over its expiry and a restart with an earlier clock",
        device -> {
          device.enrolled();
          Function<byte[], Authority> token = device.token();
          device.talk.expect(Reply.Evaluated.class, device.attemptRequest(token));
          device.talk.pass(HOUR);
          device.unlock();
          device.talk.pass(-HOUR);
          device.talk.crash();
          device.talk.expect(REFUSED, device.attemptRequest(token));
        });
  }

  private void notSeen() {
    add(
        "the-time-of-a-refusal-does-not-count",
        "LIM-16~1",
        "a Register that is refused, an hour ahead, and then a restart at the right time",
        device -> {
          long before = device.enrolled().status().time();
          device.talk.pass(HOUR);
          device.talk.expect(
              REFUSED, new KitStage(device, 2, KitDevice.RIGHT).registerRequest(device.token()));
          device.talk.pass(-HOUR);
          device.talk.crash();
          Request asked = device.statusRequest(device.token());
          Reply.StatusReport report = device.talk.expect(Reply.StatusReport.class, asked);
          device.talk.check(
              report.time() < before + HOUR, asked, report, "time", "that of the vault's clock");
        });
  }
}
