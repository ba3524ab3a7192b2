package lockstep.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import lockstep.evidence.Exhaustive;
import lockstep.evidence.Points;
import lockstep.opaque.client.ClientLogin;
import lockstep.secret.Hmac;
import lockstep.secret.SecretBytes;
import lockstep.spec.Verifies;
import lockstep.vault.LiveDevice.Session;
import lockstep.vault.machine.AccountDraft;
import lockstep.vault.machine.AttemptPolicy;
import lockstep.wire.AccountName;
import lockstep.wire.Authority;
import lockstep.wire.Bytes;
import lockstep.wire.Refusal;
import lockstep.wire.Reply;
import lockstep.wire.Request;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Who may ask for what (AUT-1's table), and what makes an authority valid. */
class AuthorityProperties {

  private final MapVaultStoreForSpeed store = new MapVaultStoreForSpeed();
  private final LiveVault vault = new LiveVault(store, AttemptPolicy.STANDARD);
  private final LiveDevice device = new LiveDevice(vault, LiveVault.ALICE).enrolled();

  /** The table alone, for the machine behind it would refuse, too. */
  @Example
  @Verifies("AUT-5")
  void aSessionsMacIsForItsAccountAndForOneMessage() {
    byte[] key = vault.randomBytes(32).toArray();
    Bytes id = vault.randomBytes(16);
    byte[] first = {1};
    byte[] second = {2};
    try (SessionTable table = new SessionTable();
        SecretBytes known = SecretBytes.copyOf(key)) {
      Bytes macOfFirst = Bytes.copyOf(Hmac.sha256(known, first));
      Bytes macOfSecond = Bytes.copyOf(Hmac.sha256(known, second));
      table.putVerified(id, LiveVault.ALICE, SecretBytes.copyOf(key), 60_000);
      AccountName mallory = new AccountName("mallory");
      assertThat(table.authorises(id, mallory, first, macOfFirst, 0)).isFalse();
      assertThat(table.authorises(id, LiveVault.ALICE, first, macOfSecond, 0)).isFalse();
      assertThat(table.authorises(id, LiveVault.ALICE, first, macOfFirst, 0)).isTrue();
      assertThat(table.authorises(id, LiveVault.ALICE, second, macOfSecond, 0)).isFalse();
      assertThat(table.authorises(id, LiveVault.ALICE, first, macOfFirst, 59_999)).isTrue();
      assertThat(table.authorises(id, LiveVault.ALICE, first, macOfFirst, 60_000)).isFalse();
    }
  }

  @Example
  @Verifies("AUT-1")
  @Exhaustive("pair of a command and an authority")
  void eachRequestTakesTheAuthoritiesOfItsRowAndNoOther() {
    Map<String, Set<String>> table =
        Map.of(
            "status", Set.of("token", "signature"),
            "attempt", Set.of("token", "signature"),
            "disable", Set.of("signature", "session"),
            "restart", Set.of("token"),
            "completeRestart", Set.of("token"),
            "mark", Set.of("signature"),
            "register", Set.of("session"),
            "activate", Set.of());
    table.forEach(
        (request, accepted) -> {
          for (String authority : Set.of("token", "signature", "session", "stage")) {
            LiveVault fresh = new LiveVault(new MapVaultStoreForSpeed(), AttemptPolicy.STANDARD);
            LiveDevice owner = new LiveDevice(fresh, LiveVault.ALICE).enrolled();
            Session session = owner.unlock().orElseThrow();
            Reply reply =
                fresh.exchange(
                    Request.authorised(
                        requests(owner).get(request), authorities(owner, session).get(authority)));
            assertThat(reply instanceof Refusal.Refused)
                .as("%s by %s", request, authority)
                .isEqualTo(!accepted.contains(authority));
            Points.visited();
          }
        });
  }

  private static Map<String, Function<Authority, Request.Authorised>> requests(LiveDevice owner) {
    AccountName account = owner.account;
    Bytes ke1;
    try (ClientLogin login = owner.login(LiveDevice.RIGHT)) {
      ke1 = Bytes.copyOf(login.request().encode());
    }
    LiveDevice.Staging staging = owner.new Staging(2, LiveDevice.RIGHT);
    Bytes blinded = Bytes.copyOf(staging.registration.request().encode());
    Map<String, Function<Authority, Request.Authorised>> requests = new LinkedHashMap<>();
    requests.put("status", any -> new Request.Status(account, any));
    requests.put("attempt", any -> new Request.Attempt(account, ke1, any));
    requests.put("disable", any -> new Request.Disable(account, any));
    requests.put("restart", any -> new Request.Restart(account, any));
    requests.put("completeRestart", any -> new Request.CompleteRestart(account, any));
    requests.put("mark", any -> new Request.Mark(account, 1, Bytes.zero(32), any));
    requests.put(
        "register",
        any -> new Request.Register(account, 2, staging.oneTimeKey.publicKey, blinded, any));
    requests.put("activate", any -> new Request.Activate(account, 1, any));
    return requests;
  }

  private static Map<String, Function<byte[], Authority>> authorities(
      LiveDevice owner, Session session) {
    return Map.of(
        "token", owner.token(),
        "signature", owner.signature(),
        "session", owner.session(session),
        "stage", owner.new Staging(2, LiveDevice.RIGHT)::signed);
  }

  @Example
  @Verifies("AUT-4")
  void aChallengeServesOneSignature() {
    Bytes challenge = device.challenge();
    assertThat(signedStatus(challenge)).isInstanceOf(Reply.StatusReport.class);
    assertThat(signedStatus(challenge)).isInstanceOf(Refusal.Refused.class);
    assertThat(signedStatus(device.challenge())).isInstanceOf(Reply.StatusReport.class);
  }

  /** However many are used after it, and however late in its minute. */
  @Property(tries = 5)
  @Verifies("AUT-4")
  void aUsedChallengeStaysUsed(@ForAll @IntRange(max = 59_999) int later) {
    List<Bytes> used = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Bytes challenge = device.challenge();
      assertThat(signedStatus(challenge)).isInstanceOf(Reply.StatusReport.class);
      used.add(challenge);
    }
    vault.time += later;
    for (Bytes challenge : used) {
      assertThat(signedStatus(challenge)).isInstanceOf(Refusal.Refused.class);
    }
  }

  @Example
  @Verifies("AUT-4")
  void aChallengeLivesSixtySecondsAndDiesWithTheVault() {
    Bytes first = device.challenge();
    vault.time += 59_999;
    assertThat(signedStatus(first)).isInstanceOf(Reply.StatusReport.class);
    Bytes second = device.challenge();
    vault.time += 60_000;
    assertThat(signedStatus(second)).isInstanceOf(Refusal.Refused.class);
    Bytes third = device.challenge();
    vault.restart();
    assertThat(signedStatus(third)).isInstanceOf(Refusal.Refused.class);
  }

  @Example
  @Verifies({"AUT-4", "LIM-11"})
  void aClockSetBackRevivesNoUsedChallenge() {
    Bytes used = device.challenge();
    signedStatus(used);
    vault.time += 120_000;
    signedStatus(device.challenge());
    vault.time -= 120_000;
    assertThat(signedStatus(used)).isInstanceOf(Refusal.Refused.class);
  }

  @Example
  @Verifies("AUT-4")
  void aSignatureIsForItsAccountChallengeMessageAndKey() {
    LiveDevice bob = new LiveDevice(vault, new AccountName("bob")).enrolled();
    assertThat(signedStatus(bob.challenge())).isInstanceOf(Refusal.Refused.class);
    assertThat(signedStatus(vault.randomBytes(32))).isInstanceOf(Refusal.Refused.class);
    Bytes challenge = device.challenge();
    Authority forStatus =
        device.signature(
            challenge,
            new Request.Status(device.account, device.token().apply(new byte[0])).signedPart());
    assertThat(vault.exchange(new Request.Disable(device.account, forStatus)))
        .isInstanceOf(Refusal.Refused.class);
    Reply byBob =
        vault.exchange(
            Request.authorised(
                any -> new Request.Status(device.account, any),
                signedPart -> bob.signature(device.challenge(), signedPart)));
    assertThat(byBob).isInstanceOf(Refusal.Refused.class);
  }

  @Example
  @Verifies("AUT-5")
  void aSessionAuthorisesOneCommandAndTheSameMessageAgain() {
    Session session = device.unlock().orElseThrow();
    LiveDevice.Staging staging = device.new Staging(2, LiveDevice.RIGHT);
    Request.Register request = staging.request(device.session(session));
    Reply.Registered first = (Reply.Registered) vault.exchange(request);
    Reply.Registered again = (Reply.Registered) vault.exchange(request);
    assertThat(again.registrationResponse()).isEqualTo(first.registrationResponse());
    assertThat(device.status().charges()).isEqualTo(1);
    Reply other =
        vault.exchange(
            Request.authorised(
                any -> new Request.Disable(device.account, any), device.session(session)));
    assertThat(other).isInstanceOf(Refusal.Refused.class);
  }

  @Example
  @Verifies("AUT-5")
  void aMacIsForItsMessageSessionAndAccountAndExpires() {
    Session session = device.unlock().orElseThrow();
    byte[] disable = new Request.Disable(device.account, vault.token(device.account)).signedPart();
    Authority good = device.session(session).apply(disable);
    Authority forged = new Authority.SessionMac(session.id(), vault.randomBytes(32));
    assertThat(vault.exchange(new Request.Disable(device.account, forged)))
        .isInstanceOf(Refusal.Refused.class);
    assertThat(vault.exchange(new Request.Activate(device.account, 1, good)))
        .isInstanceOf(Refusal.Refused.class);
    LiveDevice bob = new LiveDevice(vault, new AccountName("bob")).enrolled();
    Reply forBob =
        vault.exchange(
            Request.authorised(any -> new Request.Disable(bob.account, any), bob.session(session)));
    assertThat(forBob).isInstanceOf(Refusal.Refused.class);
    vault.time += 60_000;
    assertThat(vault.exchange(new Request.Disable(device.account, good)))
        .isInstanceOf(Refusal.Refused.class);
  }

  /** A generation that is over, or a command that a login session has no right to. */
  @Property(tries = 2)
  @Verifies({"AUT-11", "AUT-5"})
  void aCommandThatIsDeclinedUsesTheSessionUpToo(@ForAll boolean conflict) {
    Session session = device.unlock().orElseThrow();
    Request declined =
        conflict
            ? device.new Staging(1, LiveDevice.RIGHT).request(device.session(session))
            : Request.authorised(
                any -> new Request.Activate(device.account, 1, any), device.session(session));
    Class<? extends Reply> answer = conflict ? Refusal.Conflict.class : Refusal.Refused.class;
    assertThat(vault.exchange(declined)).isInstanceOf(answer);
    assertThat(vault.exchange(stagingUnder(session))).isInstanceOf(Refusal.Refused.class);
    Session unused = device.unlock().orElseThrow();
    assertThat(vault.exchange(stagingUnder(unused))).isInstanceOf(Reply.Registered.class);
  }

  /** Whoever saw a session's id pass has no key to it. */
  @Example
  @Verifies({"AUT-11", "AUT-5"})
  void aForgedMacUsesNoSessionUp() {
    Session session = device.unlock().orElseThrow();
    Authority forged = new Authority.SessionMac(session.id(), vault.randomBytes(32));
    assertThat(vault.exchange(new Request.Disable(device.account, forged)))
        .isInstanceOf(Refusal.Refused.class);
    assertThat(vault.exchange(stagingUnder(session))).isInstanceOf(Reply.Registered.class);
  }

  private Request stagingUnder(Session session) {
    long next = device.status().lastGeneration() + 1;
    return device.new Staging(next, LiveDevice.RIGHT).request(device.session(session));
  }

  @Example
  @Verifies("AUT-5")
  void theMacOfAValidSessionDisables() {
    Session session = device.unlock().orElseThrow();
    Reply reply =
        vault.exchange(
            Request.authorised(
                any -> new Request.Disable(device.account, any), device.session(session)));
    assertThat(reply).isInstanceOf(Reply.Disabled.class);
  }

  @Example
  @Verifies("AUT-6")
  void onlyTheStagesOwnKeyStagesAndConfirms() {
    Session session = device.unlock().orElseThrow();
    LiveDevice.Staging staging = device.new Staging(2, LiveDevice.RIGHT);
    Reply.Registered registered = (Reply.Registered) staging.register(device.session(session));
    Request.Stage stage = staging.stageRequest(registered);
    LiveDevice.Staging stranger = device.new Staging(2, LiveDevice.RIGHT);
    Request.Stage forged =
        new Request.Stage(
            stage.account(),
            stage.generation(),
            stage.registrationRecord(),
            stage.wrap(),
            stage.commandKey(),
            stage.keyProof(),
            stage.suite(),
            stage.stretching(),
            stranger.signed(stage.signedPart()));
    assertThat(vault.exchange(forged)).isInstanceOf(Refusal.Refused.class);
    assertThat(vault.exchange(stage)).isInstanceOf(Reply.Staged.class);
    try (ClientLogin login = device.login(LiveDevice.RIGHT)) {
      assertThat(vault.exchange(stranger.confirmRequest(login)))
          .isInstanceOf(Refusal.Refused.class);
      assertThat(vault.exchange(staging.confirmRequest(login))).isInstanceOf(Reply.Evaluated.class);
    }
    vault.time += AccountDraft.STAGE_MILLIS;
    assertThat(vault.exchange(stage)).isInstanceOf(Refusal.Refused.class);
  }

  private Reply signedStatus(Bytes challenge) {
    return vault.exchange(
        Request.authorised(
            any -> new Request.Status(device.account, any),
            signedPart -> device.signature(challenge, signedPart)));
  }
}
