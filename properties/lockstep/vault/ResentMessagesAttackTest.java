package lockstep.vault;

import static org.assertj.core.api.Assertions.assertThat;

import lockstep.evidence.Attack;
import lockstep.opaque.client.ClientLogin;
import lockstep.secret.SecretBytes;
import lockstep.spec.Verifies;
import lockstep.vault.LiveDevice.Answer;
import lockstep.vault.machine.AttemptPolicy;
import lockstep.wire.AccountName;
import lockstep.wire.Authority;
import lockstep.wire.Bytes;
import lockstep.wire.Refusal;
import lockstep.wire.Reply;
import lockstep.wire.Request;
import org.junit.jupiter.api.Test;

/** Messages that come again: from a device that heard no answer, or from whoever saw them pass. */
@Attack
class ResentMessagesAttackTest {

  private final MapVaultStoreForSpeed store = new MapVaultStoreForSpeed();
  private final LiveVault vault = new LiveVault(store, AttemptPolicy.STANDARD);
  private final LiveDevice device = new LiveDevice(vault, LiveVault.ALICE).enrolled();

  @Test
  @Verifies({"SES-10", "AUT-8~2", "LIM-2"})
  void anAttemptThatIsSentAgainGetsTheSameAnswerAndIsChargedOnce() {
    try (ClientLogin login = device.login(LiveDevice.RIGHT)) {
      Request attempt = device.attemptRequest(login);
      Reply first = vault.exchange(attempt);
      for (int i = 0; i < 5; i++) {
        assertThat(vault.exchange(attempt)).isEqualTo(first);
      }
      assertThat(device.status().charges()).isEqualTo(1);
      Answer answer = device.answer(login, first).orElseThrow();
      assertThat(device.finishReply(answer.sessionId(), answer.ke3()))
          .isInstanceOf(Reply.Released.class);
    }
  }

  @Test
  @Verifies({"AUT-8~2", "SES-10"})
  void aTokenThatWasChargedIsChargedNeverAgain() {
    Bytes token = ((Authority.Token) vault.token(LiveVault.ALICE)).token();
    Authority authority = new Authority.Token(token);
    assertThat(attemptUnder(authority)).isInstanceOf(Reply.Evaluated.class);
    assertThat(attemptUnder(authority)).isInstanceOf(Refusal.Refused.class);
    vault.restart();
    assertThat(attemptUnder(authority)).isInstanceOf(Refusal.Refused.class);
    vault.time += 61_000;
    assertThat(attemptUnder(authority)).isInstanceOf(Refusal.Refused.class);
    assertThat(device.status().charges()).isEqualTo(1);
    Reply status =
        vault.exchange(
            Request.authorised(any -> new Request.Status(LiveVault.ALICE, any), part -> authority));
    assertThat(status).isInstanceOf(Reply.StatusReport.class);
  }

  /** The clock was ahead for a while, and the vault was started again since. */
  @Test
  @Verifies("AUT-8~2")
  void aTokenThatWasChargedIsNotRevivedByAClockThatIsSetBack() {
    Authority attempted = vault.token(LiveVault.ALICE);
    LiveDevice bob = new LiveDevice(vault, new AccountName("bob"));
    Authority registered = vault.token(bob.account);
    assertThat(attemptUnder(attempted)).isInstanceOf(Reply.Evaluated.class);
    assertThat(registerUnder(bob, 1, registered)).isInstanceOf(Reply.Registered.class);
    vault.time += 86_400_000;
    device.fail();
    bob.status();
    registerUnder(bob, 2, vault.token(bob.account));
    vault.time -= 86_400_000;
    vault.restart();
    assertThat(attemptUnder(attempted)).isInstanceOf(Refusal.Refused.class);
    assertThat(registerUnder(bob, 3, registered)).isInstanceOf(Refusal.Refused.class);
  }

  @Test
  @Verifies({"AUT-8~2", "LIM-5"})
  void aTokenThatWasNotChargedIsNotUsedUp() {
    for (int i = 0; i < 5; i++) {
      device.fail();
    }
    Authority authority = vault.token(LiveVault.ALICE);
    assertThat(attemptUnder(authority)).isInstanceOf(Refusal.Locked.class);
    assertThat(attemptUnder(authority)).isInstanceOf(Refusal.Locked.class);
    assertThat(device.status().charges()).isEqualTo(5);
  }

  @Test
  @Verifies({"AUT-8~2", "STG-4"})
  void aTokenThatRegisteredRegistersNeverAgain() {
    LiveDevice bob = new LiveDevice(vault, new AccountName("bob"));
    Authority authority = vault.token(bob.account);
    assertThat(registerUnder(bob, 1, authority)).isInstanceOf(Reply.Registered.class);
    assertThat(registerUnder(bob, 2, authority)).isInstanceOf(Refusal.Refused.class);
    vault.restart();
    assertThat(registerUnder(bob, 2, authority)).isInstanceOf(Refusal.Refused.class);
    assertThat(bob.status().charges()).isEqualTo(1);
    assertThat(registerUnder(bob, 2, vault.token(bob.account)))
        .isInstanceOf(Reply.Registered.class);
  }

  private static Reply registerUnder(LiveDevice owner, long generation, Authority authority) {
    try (LiveDevice.Staging staging = owner.new Staging(generation, LiveDevice.RIGHT)) {
      return staging.register(part -> authority);
    }
  }

  @Test
  @Verifies("SES-10")
  void theAnswerToAnAttemptIsGivenForSixtySecondsAndNoLonger() {
    try (ClientLogin login = device.login(LiveDevice.RIGHT)) {
      Request attempt = device.attemptRequest(login);
      Reply first = vault.exchange(attempt);
      vault.time += 59_999;
      assertThat(vault.exchange(attempt)).isEqualTo(first);
      vault.time += 1;
      assertThat(vault.exchange(attempt)).isInstanceOf(Refusal.Refused.class);
    }
  }

  @Test
  @Verifies({"SES-10", "AUT-1"})
  void whoHasSeenAKe1GetsNoAnswerToItWithoutAnAuthority() {
    try (ClientLogin login = device.login(LiveDevice.RIGHT)) {
      Bytes ke1 = Bytes.copyOf(login.request().encode());
      Authority token = vault.token(LiveVault.ALICE);
      Reply first = vault.exchange(new Request.Attempt(LiveVault.ALICE, ke1, token));
      assertThat(first).isInstanceOf(Reply.Evaluated.class);
      Authority forged = new Authority.Token(vault.randomBytes(100));
      assertThat(vault.exchange(new Request.Attempt(LiveVault.ALICE, ke1, forged)))
          .isInstanceOf(Refusal.Refused.class);
      Authority other = vault.token(LiveVault.ALICE);
      assertThat(vault.exchange(new Request.Attempt(LiveVault.ALICE, ke1, other)))
          .isInstanceOf(Reply.Evaluated.class)
          .isNotEqualTo(first);
      assertThat(device.status().charges()).isEqualTo(2);
    }
  }

  private Reply attemptUnder(Authority authority) {
    try (ClientLogin login = device.login(LiveDevice.WRONG)) {
      Bytes ke1 = Bytes.copyOf(login.request().encode());
      return vault.exchange(
          Request.authorised(
              any -> new Request.Attempt(LiveVault.ALICE, ke1, any), part -> authority));
    }
  }

  @Test
  @Verifies({"SES-4~2", "SES-10"})
  void aFinishThatIsSentAgainGetsTheSameAnswerAndAnotherNone() {
    try (ClientLogin login = device.login(LiveDevice.RIGHT)) {
      Answer answer = device.answer(login, device.attempt(login)).orElseThrow();
      Reply first = device.finishReply(answer.sessionId(), answer.ke3());
      assertThat(first).isInstanceOf(Reply.Released.class);
      assertThat(device.finishReply(answer.sessionId(), answer.ke3())).isEqualTo(first);
      assertThat(device.finishReply(answer.sessionId(), Bytes.zero(32)))
          .isInstanceOf(Refusal.SessionUnknown.class);
      assertThat(device.status().successes()).isEqualTo(1);
      vault.time += 60_000;
      assertThat(device.finishReply(answer.sessionId(), answer.ke3()))
          .isInstanceOf(Refusal.SessionUnknown.class);
    }
    try (ClientLogin login = device.login(LiveDevice.RIGHT)) {
      Answer answer = device.answer(login, device.attempt(login)).orElseThrow();
      Reply wrong = device.finishReply(answer.sessionId(), Bytes.zero(32));
      assertThat(wrong).isInstanceOf(Refusal.WrongProof.class);
      assertThat(device.finishReply(answer.sessionId(), Bytes.zero(32))).isEqualTo(wrong);
      assertThat(device.finishReply(answer.sessionId(), answer.ke3()))
          .isInstanceOf(Refusal.SessionUnknown.class);
    }
  }

  @Test
  @Verifies({"SES-10", "LIM-4"})
  void aStoreThatFailsAtTheFinalFinishLosesNoRightPassword() {
    MapVaultStoreForSpeed failing = new MapVaultStoreForSpeed();
    LiveVault strict = new LiveVault(failing, new AttemptPolicy(1, 1, 1_000));
    LiveDevice owner = new LiveDevice(strict, LiveVault.ALICE).enrolled();
    try (ClientLogin login = owner.login(LiveDevice.RIGHT)) {
      Answer answer = owner.answer(login, owner.attempt(login)).orElseThrow();
      failing.failsBeforeCommit = true;
      assertThat(owner.finishReply(answer.sessionId(), answer.ke3()))
          .isEqualTo(new Refusal.Unavailable());
      failing.failsBeforeCommit = false;
      assertThat(owner.finishReply(answer.sessionId(), answer.ke3()))
          .isInstanceOf(Reply.Released.class);
    }
    strict.time += 60_000;
    assertThat(owner.status().record()).isEqualTo(Reply.RecordState.ACTIVE);
  }

  @Test
  @Verifies({"SES-10", "SES-9"})
  void noAccountFillsTheTableOfSessions() {
    SessionTable table = new SessionTable();
    AccountName mallory = new AccountName("mallory");
    for (int i = 0; i < SessionTable.MAX_SESSIONS + 1; i++) {
      assertThat(table.hasRoom(0)).isTrue();
      Bytes id = vault.randomBytes(16);
      table.keep(id, mallory, id, new Refusal.Refused(), 60_000);
      table.putVerified(id, mallory, SecretBytes.copyOf(new byte[32]), 60_000);
    }
    assertThat(table.hasRoom(0)).isTrue();
    table.close();
  }
}
