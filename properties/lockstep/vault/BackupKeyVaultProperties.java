package lockstep.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import lockstep.device.state.FreshnessMark;
import lockstep.device.vault.ReleasedRecord;
import lockstep.opaque.CredentialIdentifier;
import lockstep.opaque.RegistrationRequest;
import lockstep.opaque.client.ClientLogin;
import lockstep.opaque.server.ServerRegistration;
import lockstep.opaque.server.ServerSetup;
import lockstep.secret.Hkdf;
import lockstep.secret.KeyLabel;
import lockstep.secret.SecretBytes;
import lockstep.spec.Verifies;
import lockstep.vault.LiveDevice.Answer;
import lockstep.vault.LiveDevice.Session;
import lockstep.vault.machine.AttemptPolicy;
import lockstep.vault.machine.VaultDamagedException;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;
import lockstep.wire.Receipt;
import lockstep.wire.Refusal;
import lockstep.wire.Reply;
import lockstep.wire.Request;
import lockstep.wire.WireWriter;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The shell with real OPAQUE: what is released, to whom, and what stays in memory. */
class BackupKeyVaultProperties {

  private final MapVaultStoreForSpeed store = new MapVaultStoreForSpeed();
  private final LiveVault vault = new LiveVault(store, AttemptPolicy.STANDARD);
  private final LiveDevice device = new LiveDevice(vault, LiveVault.ALICE);

  @Example
  @Verifies({"SES-1", "SES-6~2", "SES-8"})
  void theRightPasswordReleasesTheWrapUnderTheSessionKey() throws GeneralSecurityException {
    device.enrolled();
    Bytes digest = vault.randomBytes(32);
    Reply marked =
        vault.exchange(
            Request.authorised(
                any -> new Request.Mark(device.account, 7, digest, any), device.signature()));
    assertThat(marked).isInstanceOf(Reply.Marked.class);
    Session session = device.unlock().orElseThrow();
    byte[] released = open(session);
    assertThat(released)
        .isEqualTo(new WireWriter().bytes(device.wrap).u64(1).u64(7).bytes(digest).toByteArray());
    Bytes release = session.released().release();
    assertThat(ReleasedRecord.open(session.sessionSecret(), session.id(), release))
        .contains(new ReleasedRecord(device.wrap, 1, Optional.of(new FreshnessMark(7, digest))));
    assertThat(ReleasedRecord.open(session.sessionSecret(), vault.randomBytes(16), release))
        .isEmpty();
  }

  @Example
  @Verifies("SES-8")
  void noTwoReleasesHaveOneNonce() {
    device.enrolled();
    Bytes first = device.unlock().orElseThrow().released().release();
    Bytes second = device.unlock().orElseThrow().released().release();
    assertThat(Arrays.copyOf(first.toArray(), 12))
        .isNotEqualTo(Arrays.copyOf(second.toArray(), 12));
  }

  /** What a session's commands are signed with is wiped when the session ends, by time or room. */
  @Example
  @Verifies("SES-5")
  void aSessionThatEndsLeavesNoKeyInMemory() {
    for (boolean byTime : new boolean[] {true, false}) {
      SessionTable table = new SessionTable();
      SecretBytes key = SecretBytes.copyOf(new byte[32]);
      table.putVerified(Bytes.zero(16), LiveVault.ALICE, key, 1_000);
      assertThat(key.isEqualTo(SecretBytes.copyOf(new byte[32]))).isTrue();
      if (byTime) {
        table.hasRoom(1_000);
      } else {
        table.close();
      }
      assertThatThrownBy(key::duplicate).isInstanceOf(IllegalStateException.class);
    }
  }

  @Example
  @Verifies("SES-5")
  void aVaultThatIsClosedHoldsNoSession() throws ReflectiveOperationException {
    device.enrolled();
    assertThat(device.unlock()).isPresent();
    try (ClientLogin login = device.login(LiveDevice.RIGHT)) {
      device.attempt(login);
    }
    assertThat(SessionMemory.verified(vault.vault)).isNotEmpty();
    assertThat(SessionMemory.logins(vault.vault)).isNotEmpty();
    vault.vault.close();
    assertThat(SessionMemory.verified(vault.vault)).isEmpty();
    assertThat(SessionMemory.logins(vault.vault)).isEmpty();
  }

  @Example
  @Verifies({"SES-6~2", "LIM-3"})
  void aWrongProofTellsWhatIsLeftAndTheFifthLocks() {
    device.enrolled();
    for (int left = 4; left >= 1; left--) {
      assertThat(device.fail()).isEqualTo(new Refusal.WrongProof(left, 0));
    }
    long until = vault.time + AttemptPolicy.STANDARD.waitMillis();
    assertThat(device.fail()).isEqualTo(new Refusal.WrongProof(0, until));
    assertThat(device.fail()).isEqualTo(new Refusal.Locked(until));
  }

  @Property(tries = 20)
  @Verifies("SES-6~2")
  void anyOtherKe3IsWrongAndEndsTheSession(@ForAll byte flip) {
    LiveVault own = new LiveVault(new MapVaultStoreForSpeed(), AttemptPolicy.STANDARD);
    LiveDevice owner = new LiveDevice(own, LiveVault.ALICE).enrolled();
    try (ClientLogin login = owner.login(LiveDevice.RIGHT)) {
      Answer answer = owner.answer(login, owner.attempt(login)).orElseThrow();
      byte[] other = answer.ke3().toArray();
      other[Math.floorMod(flip, 32)] ^= (byte) (flip | 1);
      assertThat(owner.finishReply(answer.sessionId(), Bytes.copyOf(other)))
          .isInstanceOf(Refusal.WrongProof.class);
      assertThat(owner.finishReply(answer.sessionId(), answer.ke3()))
          .isInstanceOf(Refusal.SessionUnknown.class);
    }
  }

  @Example
  @Verifies({"SES-5", "LIM-14"})
  void aRestartOfTheVaultEndsSessionsAndKeepsCharges() {
    device.enrolled();
    try (ClientLogin login = device.login(LiveDevice.RIGHT)) {
      Answer answer = device.answer(login, device.attempt(login)).orElseThrow();
      vault.restart();
      assertThat(device.finishReply(answer.sessionId(), answer.ke3()))
          .isInstanceOf(Refusal.SessionUnknown.class);
    }
    assertThat(device.status().charges()).isEqualTo(1);
  }

  @Example
  @Verifies({"SES-3", "SES-7"})
  void expiredAndAbandonedSessionsAreUnknown() {
    device.enrolled();
    try (ClientLogin login = device.login(LiveDevice.RIGHT)) {
      Answer answer = device.answer(login, device.attempt(login)).orElseThrow();
      vault.time += 60_000;
      assertThat(device.finishReply(answer.sessionId(), answer.ke3()))
          .isInstanceOf(Refusal.SessionUnknown.class);
    }
    try (ClientLogin login = device.login(LiveDevice.RIGHT)) {
      Answer answer = device.answer(login, device.attempt(login)).orElseThrow();
      Request.Abandon abandon = new Request.Abandon(device.account, answer.sessionId());
      assertThat(vault.exchange(abandon)).isInstanceOf(Reply.Ended.class);
      assertThat(vault.exchange(abandon)).isInstanceOf(Refusal.SessionUnknown.class);
      assertThat(device.finishReply(answer.sessionId(), answer.ke3()))
          .isInstanceOf(Refusal.SessionUnknown.class);
    }
  }

  @Example
  @Verifies("SES-4~2")
  void aSessionBelongsToItsAccount() {
    device.enrolled();
    LiveDevice bob = new LiveDevice(vault, new AccountName("bob")).enrolled();
    try (ClientLogin login = device.login(LiveDevice.RIGHT)) {
      Answer answer = device.answer(login, device.attempt(login)).orElseThrow();
      assertThat(bob.finishReply(answer.sessionId(), answer.ke3()))
          .isInstanceOf(Refusal.SessionUnknown.class);
      assertThat(device.finish(answer)).isPresent();
    }
  }

  @Example
  @Verifies({"SES-1", "OPR-2"})
  void aMalformedKe1IsNotCharged() {
    device.enrolled();
    Bytes ke1 = Bytes.zero(98);
    Reply reply =
        vault.exchange(
            Request.authorised(
                any -> new Request.Attempt(device.account, ke1, any), device.token()));
    assertThat(reply).isInstanceOf(Refusal.Malformed.class);
    assertThat(device.status().charges()).isZero();
  }

  @Example
  @Verifies("WIR-1~2")
  void whatIsNoRequestIsMalformedAndChangesNothing() {
    device.enrolled();
    Bytes before = store.accounts.get(device.account);
    Request.Restart request =
        Request.authorised(any -> new Request.Restart(device.account, any), device.token());
    byte[] restart = vault.message(request);
    byte[] otherVersion = restart.clone();
    otherVersion[0] = 1;
    byte[] otherTag = restart.clone();
    otherTag[1] = 0x33;
    for (byte[] message :
        new byte[][] {
          new byte[0],
          new byte[20_000],
          Arrays.copyOf(restart, restart.length - 1),
          Arrays.copyOf(restart, restart.length + 1),
          otherVersion,
          otherTag
        }) {
      assertThat(vault.exchange(message)).isEqualTo(new Refusal.Malformed());
    }
    assertThat(store.accounts.get(device.account)).isEqualTo(before);
    assertThat(vault.exchange(restart)).isInstanceOf(Reply.RestartPending.class);
  }

  @Example
  @Verifies({"OPQ-3~2", "OPQ-8", "ATR-11"})
  void aRegistrationIsEvaluatedForItsAccountGenerationAndSecret() throws VaultDamagedException {
    try (LiveDevice.Staging staging = device.new Staging(1, LiveDevice.RIGHT);
        ServerSetup setup = ServerSetup.parse(vault.opaque).orElseThrow()) {
      Reply reply = staging.register(device.token());
      assertThat(reply).isInstanceOf(Reply.Registered.class);
      byte[] registered = ((Reply.Registered) reply).registrationResponse().toArray();
      RegistrationRequest request = staging.registration.request();
      ServerSetup ofRecord =
          new RecordSealing(vault.aead)
              .setupFor(
                  device.account,
                  setup,
                  store.state(device.account).stage().orElseThrow().secret());
      for (String account : new String[] {"alice", "bob"}) {
        for (int generation = 1; generation <= 2; generation++) {
          byte[] utf8 = account.getBytes(StandardCharsets.UTF_8);
          CredentialIdentifier identifier = CredentialIdentifier.of(utf8, generation);
          boolean own = account.equals("alice") && generation == 1;
          byte[] evaluated = ServerRegistration.evaluate(ofRecord, identifier, request).encode();
          assertThat(Arrays.equals(registered, evaluated)).isEqualTo(own);
          byte[] withoutSecret = ServerRegistration.evaluate(setup, identifier, request).encode();
          assertThat(registered).isNotEqualTo(withoutSecret);
        }
      }
    }
  }

  @Example
  @Verifies({"STG-9", "STG-10", "SES-2"})
  void afterAChangeOnlyTheNewPasswordOpens() {
    device.enrolled();
    Session session = device.unlock().orElseThrow();
    Reply changed = device.enrol("another password", 2, device.session(session));
    assertThat(changed).isInstanceOf(Reply.Activated.class);
    assertThat(device.unlock()).isEmpty();
    try (ClientLogin login = device.login("another password")) {
      assertThat(device.answer(login, device.attempt(login)).flatMap(device::finish)).isPresent();
    }
  }

  @Example
  @Verifies({"RCP-1~2", "RCP-2"})
  void receiptsAreSignedByTheVault() {
    device.enrolled();
    Session session = device.unlock().orElseThrow();
    Receipt receipt = session.released().receipt();
    assertThat(receipt.isSignedBy(vault.identity.publicKey())).isTrue();
    assertThat(receipt.body().hash()).isEqualTo(device.status().receiptHash());
    assertThat(receipt.body().kind()).isEqualTo(Receipt.Kind.UNLOCKED);
  }

  @Example
  @Verifies({"LEA-2", "LEA-4", "STG-2", "LEA-5"})
  void whoLostEverythingStartsAfreshAfterSevenDays() {
    device.enrolled();
    LiveDevice lost = new LiveDevice(vault, device.account);
    Reply.RestartPending pending = (Reply.RestartPending) restart(lost);
    assertThat(pending.receipt()).isPresent();
    assertThat(completeRestart(lost)).isInstanceOf(Reply.RestartPending.class);
    vault.time = pending.completesAt();
    assertThat(completeRestart(lost)).isInstanceOf(Reply.Restarted.class);
    assertThat(lost.status().record()).isEqualTo(Reply.RecordState.RESTARTED);
    assertThat(lost.enrol(LiveDevice.RIGHT, 2, lost.token())).isInstanceOf(Reply.Activated.class);
    assertThat(lost.status().epoch()).isEqualTo(2);
    assertThat(open(lost.unlock().orElseThrow())).startsWith(lost.wrap.toArray());
  }

  private static Reply restart(LiveDevice device) {
    return device.vault.exchange(
        Request.authorised(any -> new Request.Restart(device.account, any), device.token()));
  }

  private static Reply completeRestart(LiveDevice device) {
    return device.vault.exchange(
        Request.authorised(
            any -> new Request.CompleteRestart(device.account, any), device.token()));
  }

  private static byte[] open(Session session) {
    byte[] release = session.released().release().toArray();
    byte[] associatedData =
        new WireWriter().ascii("lockstep/v1/release").bytes(session.id()).toByteArray();
    try (SecretBytes key = Hkdf.derive(session.sessionSecret(), KeyLabel.RELEASE)) {
      return key.expose(
          raw -> {
            try {
              Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
              cipher.init(
                  Cipher.DECRYPT_MODE,
                  new SecretKeySpec(raw, "AES"),
                  new GCMParameterSpec(128, Arrays.copyOf(release, 12)));
              cipher.updateAAD(associatedData);
              return cipher.doFinal(release, 12, release.length - 12);
            } catch (GeneralSecurityException failure) {
              throw new AssertionError(failure);
            }
          });
    }
  }
}
