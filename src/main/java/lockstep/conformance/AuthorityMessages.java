package lockstep.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import lockstep.spec.Implements;
import lockstep.wire.Authority;
import lockstep.wire.Bytes;
import lockstep.wire.Refusal;
import lockstep.wire.Reply;
import lockstep.wire.Request;
import lockstep.wire.VaultId;

/**
 * Who may have what done: AUT-1, AUT-4, AUT-5 and AUT-6; what a session was used for: {@link
 * UsedSessionMessages}.
 */
@Implements("CNF-12")
final class AuthorityMessages {

  private static final Refusal REFUSED = new Refusal.Refused();
  private static final long MINUTE = 60_000;

  private final List<MessageCase> cases = new ArrayList<>();

  private AuthorityMessages() {}

  static List<MessageCase> all() {
    AuthorityMessages messages = new AuthorityMessages();
    messages.table();
    messages.stageTable();
    messages.challenges();
    messages.signatures();
    messages.moreSignatures();
    messages.sessionMacs();
    messages.oneTimeKeys();
    messages.moreOneTimeKeys();
    return messages.cases;
  }

  private void add(String name, String clauses, String about, MessageCase.Scenario scenario) {
    cases.add(MessageCase.of(name, clauses, about, scenario));
  }

  /** AUT-1's table, every pair that is not in it. */
  private void table() {
    accepts("status", Set.of("token", "signature"));
    accepts("attempt", Set.of("token", "signature"));
    accepts("register", Set.of("session"));
    accepts("activate", Set.of());
    accepts("disable", Set.of("session", "signature"));
    accepts("restart", Set.of("token"));
    accepts("complete-restart", Set.of("token"));
    accepts("mark", Set.of("signature"));
    add(
        "every-authority-of-the-table-is-enough",
        "AUT-1~1",
        "status and attempt by signature, disable by session",
        device -> {
          device.enrolled();
          device.talk.expect(Reply.StatusReport.class, device.statusRequest(device.signature()));
          device.talk.expect(Reply.Evaluated.class, device.attemptRequest(device.signature()));
          KitSession session = device.unlock();
          device.talk.expect(Reply.Disabled.class, device.disableRequest(session.authority()));
        });
    add(
        "a-command-key-disables",
        "AUT-1~1 LEA-1~1",
        "disable by signature",
        device -> {
          device.enrolled();
          device.talk.expect(Reply.Disabled.class, device.disableRequest(device.signature()));
        });
  }

  private void accepts(String command, Set<String> accepted) {
    add(
        "authority-of-" + command,
        "AUT-1~1",
        command + " by what does not authorise it",
        device -> {
          device.enrolled();
          for (String kind : List.of("token", "signature", "session", "stage")) {
            if (!accepted.contains(kind)) {
              device.talk.expect(
                  REFUSED,
                  Objects.requireNonNull(requests(device).get(command))
                      .apply(authority(device, kind)));
            }
          }
          Reply.StatusReport after = device.status();
          boolean untouched =
              after.record() == Reply.RecordState.ACTIVE
                  && after.restartAt() == 0
                  && after.markNumber() == 0
                  && after.lastGeneration() == 1;
          device.talk.check(
              untouched, device.statusRequest(device.token()), after, "record", "as it was");
        });
  }

  private static Function<byte[], Authority> authority(KitDevice device, String kind) {
    return switch (kind) {
      case "token" -> device.token();
      case "signature" -> device.signature();
      case "session" -> device.unlock().authority();
      default -> KitStage.signed(device.commandKey, device.talk.id);
    };
  }

  private static Map<String, Function<Function<byte[], Authority>, Request>> requests(
      KitDevice device) {
    Map<String, Function<Function<byte[], Authority>, Request>> requests = new LinkedHashMap<>();
    requests.put("status", device::statusRequest);
    requests.put("attempt", device::attemptRequest);
    requests.put("register", new KitStage(device, 2, KitDevice.RIGHT)::registerRequest);
    requests.put("activate", authority -> device.activateRequest(2, authority));
    requests.put("disable", device::disableRequest);
    requests.put("restart", device::restartRequest);
    requests.put("complete-restart", device::completeRequest);
    requests.put("mark", authority -> device.markRequest(7, 1, authority));
    return requests;
  }

  private void stageTable() {
    add(
        "authority-of-stage-and-confirm",
        "AUT-1~1 AUT-6~1",
        "a stage takes its one-time key's signature and nothing else",
        device -> {
          device.enrolled();
          KitStage stage = new KitStage(device, 2, KitDevice.RIGHT);
          stage.register(device.unlock().authority());
          for (String kind : List.of("token", "signature", "session")) {
            device.talk.expect(
                REFUSED, stage.stageRequest(2, stage.made(), authority(device, kind)));
          }
          stage.stage();
          for (String kind : List.of("token", "signature", "session")) {
            device.talk.expect(REFUSED, stage.confirmRequest(2, authority(device, kind)));
          }
        });
  }

  private void challenges() {
    challenge("used-before", KitDevice::challenge, true);
    challenge("never-issued", device -> device.talk.randomBytes(32), false);
    challenge("of-another-account", device -> device.another().challenge(), false);
    challenge(
        "a-minute-old",
        device -> {
          Bytes old = device.challenge();
          device.talk.pass(MINUTE);
          return old;
        },
        false);
    challenge(
        "from-before-a-restart",
        device -> {
          Bytes old = device.challenge();
          device.talk.crash();
          return old;
        },
        false);
  }

  private void challenge(String name, Function<KitDevice, Bytes> made, boolean once) {
    add(
        "challenge-" + name,
        "AUT-4~1",
        "a signature over a challenge " + name.replace('-', ' '),
        device -> {
          device.enrolled();
          Function<byte[], Authority> authority = device.signature(made.apply(device));
          if (once) {
            device.talk.expect(Reply.StatusReport.class, device.statusRequest(authority));
            device.talk.expect(Reply.StatusReport.class, device.statusRequest(device.signature()));
          }
          device.talk.expect(REFUSED, device.statusRequest(authority));
          device.talk.expect(REFUSED, device.disableRequest(authority));
        });
  }

  private void signatures() {
    add(
        "signature-by-another-key",
        "AUT-4~1",
        "a signature by a key that is not the record's",
        device -> {
          device.enrolled();
          KitDevice other = device.withAnotherKey();
          device.talk.expect(REFUSED, other.disableRequest(other.signature()));
          device.talk.expect(REFUSED, other.markRequest(3, 1, other.signature()));
        });
    add(
        "signature-without-a-record",
        "AUT-4~1 AUT-3~1",
        "a signature where there is no key to check it with",
        device -> device.talk.expect(REFUSED, device.statusRequest(device.signature())));
    add(
        "signature-of-another-message",
        "AUT-4~1",
        "a signature for a mark stands under another one",
        device -> {
          device.enrolled();
          Function<byte[], Authority> signature = device.signature();
          Authority signed =
              signature.apply(device.markRequest(3, 1, any -> STANDING).signedPart());
          device.talk.expect(REFUSED, device.markRequest(4, 1, any -> signed));
        });
  }

  private void moreSignatures() {
    add(
        "signature-for-another-vault",
        "AUT-4~1",
        "a signature that names another vault",
        device -> {
          device.enrolled();
          Bytes challenge = device.challenge();
          VaultId other = new VaultId(device.talk.randomBytes(VaultId.LENGTH));
          device.talk.expect(
              REFUSED,
              device.disableRequest(
                  part ->
                      new Authority.CommandSignature(
                          challenge,
                          device.commandKey.sign(
                              Authority.CommandSignature.signedInput(other, challenge, part)))));
        });
  }

  /** An authority of any kind, for a message of which only the rest is wanted. */
  private static final Authority STANDING = new Authority.Token(Bytes.zero(1));

  private void sessionMacs() {
    mac("flipped", session -> part -> flipped(session.authority().apply(part)));
    mac(
        "of-another-message",
        session ->
            part ->
                session
                    .authority()
                    .apply(session.device().markRequest(1, 1, any -> STANDING).signedPart()));
    mac(
        "for-another-vault",
        session ->
            session.authority(new VaultId(session.device().talk.randomBytes(VaultId.LENGTH))));
    mac(
        "of-another-account",
        session -> {
          KitSession foreign = session.device().another().enrolled().unlock();
          return foreign.authority();
        });
    add(
        "session-that-is-not-verified",
        "AUT-5~1",
        "a session whose proof never came",
        device -> {
          device.enrolled();
          KitSession session = device.attempt().session();
          device.talk.expect(REFUSED, device.disableRequest(session.authority()));
        });
    add(
        "session-a-minute-old",
        "AUT-5~1 SES-3~1",
        "a verified session that has expired",
        device -> {
          KitSession session = device.enrolled().unlock();
          device.talk.pass(MINUTE);
          device.talk.expect(REFUSED, device.disableRequest(session.authority()));
        });
  }

  static Authority flipped(Authority authority) {
    Authority.SessionMac mac = (Authority.SessionMac) authority;
    byte[] bytes = mac.mac().toArray();
    bytes[bytes.length - 1] ^= 1;
    return new Authority.SessionMac(mac.sessionId(), Bytes.copyOf(bytes));
  }

  private void mac(String name, Function<KitSession, Function<byte[], Authority>> made) {
    add(
        "session-mac-" + name,
        "AUT-5~1",
        "a command under a session with a MAC " + name.replace('-', ' '),
        device -> {
          KitSession session = device.enrolled().unlock();
          device.talk.expect(REFUSED, device.disableRequest(made.apply(session)));
        });
  }

  private void oneTimeKeys() {
    stageKey("by-another-key", device -> KitStage.signed(device.commandKey, device.talk.id));
    stageKey(
        "of-another-message",
        device -> {
          KitStage other = new KitStage(device, 9, KitDevice.RIGHT);
          Authority signed =
              other.signed().apply(device.markRequest(1, 1, any -> STANDING).signedPart());
          return part -> signed;
        });
    add(
        "one-time-key-for-another-vault",
        "AUT-6~1",
        "a stage's signature that names another vault",
        device -> {
          KitStage stage = new KitStage(device, 1, KitDevice.RIGHT);
          stage.register(device.token());
          VaultId other = new VaultId(device.talk.randomBytes(VaultId.LENGTH));
          Function<byte[], Authority> signed = KitStage.signed(stage.oneTimeKey, other);
          device.talk.expect(REFUSED, stage.stageRequest(1, stage.made(), signed));
          stage.stage();
          device.talk.expect(REFUSED, stage.confirmRequest(1, signed));
        });
    add(
        "one-time-key-of-a-stage-that-was-replaced",
        "AUT-6~1 STG-5~2",
        "the key of a stage that another one has replaced",
        device -> {
          KitStage first = new KitStage(device, 1, KitDevice.RIGHT);
          first.register(device.token());
          new KitStage(device, 2, KitDevice.RIGHT).register(device.token());
          device.talk.expect(REFUSED, first.stageRequest());
          device.talk.expect(REFUSED, first.confirmRequest(1, first.signed()));
        });
  }

  private void moreOneTimeKeys() {
    add(
        "one-time-key-of-a-stage-that-became-active",
        "AUT-6~1 STG-9~1",
        "the key of a stage that is over",
        device -> {
          KitStage stage = new KitStage(device, 1, KitDevice.RIGHT);
          stage.register(device.token());
          stage.stage();
          KitSession session = stage.confirm();
          session.finish();
          device.talk.expect(Reply.Activated.class, device.activateRequest(1, session.authority()));
          device.talk.expect(REFUSED, stage.stageRequest());
          device.talk.expect(REFUSED, stage.confirmRequest(1, stage.signed()));
        });
  }

  private void stageKey(String name, Function<KitDevice, Function<byte[], Authority>> made) {
    add(
        "one-time-key-" + name,
        "AUT-6~1",
        "Stage and Confirm with a signature " + name.replace('-', ' '),
        device -> {
          KitStage stage = new KitStage(device, 1, KitDevice.RIGHT);
          stage.register(device.token());
          Function<byte[], Authority> signed = made.apply(device);
          device.talk.expect(REFUSED, stage.stageRequest(1, stage.made(), signed));
          stage.stage();
          device.talk.expect(REFUSED, stage.confirmRequest(1, signed));
        });
  }

  static void charged(KitDevice device, int charges) {
    Reply.StatusReport report = device.status();
    device.talk.check(
        report.charges() == charges,
        device.statusRequest(device.token()),
        report,
        "charges",
        charges);
  }
}
