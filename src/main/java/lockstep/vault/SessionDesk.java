package lockstep.vault;

import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import lockstep.opaque.CredentialIdentifier;
import lockstep.opaque.KE1;
import lockstep.opaque.KE3;
import lockstep.opaque.OpaqueIdentities;
import lockstep.opaque.server.ServerLogin;
import lockstep.opaque.server.ServerRandomness;
import lockstep.opaque.server.ServerSetup;
import lockstep.secret.Hkdf;
import lockstep.secret.KeyLabel;
import lockstep.secret.SecretBytes;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import lockstep.vault.machine.AccountDraft;
import lockstep.vault.machine.FreshnessMark;
import lockstep.vault.machine.VaultCommand;
import lockstep.vault.machine.VaultCommand.Mandate;
import lockstep.vault.machine.VaultDamagedException;
import lockstep.vault.machine.VaultReply;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;
import lockstep.wire.Refusal;
import lockstep.wire.Reply;
import lockstep.wire.Request;
import lockstep.wire.RequestMessage;
import lockstep.wire.Sha256;
import lockstep.wire.WireWriter;

/** Attempt, Confirm, Finish and Abandon: one OPAQUE login each, evaluated after its charge. */
final class SessionDesk {

  private static final int SESSION_ID_BYTES = 16;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int DIGEST_BYTES = 32;

  private final VaultConfiguration configuration;
  private final RecordSealing sealing;
  private final StoreAccess store;
  private final AuthorityCheck authority;
  private final SessionTable sessions;
  private final SecureRandom random;

  SessionDesk(
      VaultConfiguration configuration,
      StoreAccess store,
      AuthorityCheck authority,
      SessionTable sessions,
      SecureRandom random) {
    this.configuration = configuration;
    this.sealing = new RecordSealing(configuration.recordSealing());
    this.store = store;
    this.authority = authority;
    this.sessions = sessions;
    this.random = random;
  }

  @Decides("LIM-2")
  @Implements({"SES-1", "OPR-2", "SES-10"})
  Reply attempt(Request.Attempt request) {
    Optional<KE1> ke1 = KE1.parse(request.ke1().toArray());
    if (ke1.isEmpty()) {
      return new Refusal.Malformed();
    }
    Bytes content = content(request);
    Optional<Reply> before = sessions.answered(request.account(), content, store.now());
    if (before.isPresent()) {
      return before.get();
    }
    Optional<Mandate> mandate = authority.mandate(request);
    if (mandate.isEmpty()) {
      return new Refusal.Refused();
    }
    if (!sessions.hasRoom(store.now())) {
      return new Refusal.Unavailable();
    }
    Bytes sessionId = freshId();
    VaultReply reply =
        store.submit(
            request.account(), new VaultCommand.Charge(store.now(), sessionId, mandate.get()));
    return reply.match(new Evaluation(request.account(), sessionId, ke1.get(), content));
  }

  @Implements({"STG-7~2", "OPR-2"})
  Reply confirm(Request.Confirm request) {
    Optional<KE1> ke1 = KE1.parse(request.ke1().toArray());
    if (ke1.isEmpty()) {
      return new Refusal.Malformed();
    }
    Bytes content = content(request);
    Optional<Reply> before = sessions.answered(request.account(), content, store.now());
    if (before.isPresent()) {
      return before.get();
    }
    Optional<AuthorityCheck.LiveStage> live = authority.stage(request);
    if (live.isEmpty()) {
      return new Refusal.Refused();
    }
    if (!sessions.hasRoom(store.now())) {
      return new Refusal.Unavailable();
    }
    Bytes sessionId = freshId();
    VaultReply reply =
        store.submit(
            request.account(),
            new VaultCommand.Confirm(
                store.now(), sessionId, request.generation(), live.get().oneTimeKey()));
    return reply.match(new Evaluation(request.account(), sessionId, ke1.get(), content));
  }

  @Decides("SES-8")
  @Implements({"SES-4~2", "SES-6~2", "SES-10"})
  Reply finish(Request.Finish request) {
    Optional<SessionProof> found =
        KE3.parse(request.ke3().toArray())
            .flatMap(
                ke3 -> sessions.prove(request.sessionId(), request.account(), ke3, store.now()));
    if (found.isEmpty()) {
      return new Refusal.SessionUnknown();
    }
    SessionProof proof = found.get();
    synchronized (proof) {
      return proof.reply().orElseGet(() -> proof.answer(decide(request, proof)));
    }
  }

  private Reply decide(Request.Finish request, SessionProof proof) {
    Optional<SecretBytes> proven = proof.proven();
    try {
      VaultReply reply =
          store.submit(
              request.account(),
              new VaultCommand.Finish(store.now(), request.sessionId(), proven.isPresent()));
      return reply.match(new Release(request.sessionId(), proof.login(), proven));
    } finally {
      proven.ifPresent(SecretBytes::close);
    }
  }

  @Implements("SES-7")
  Reply abandon(Request.Abandon request) {
    Optional<SessionTable.Login> login =
        sessions.take(request.sessionId(), request.account(), store.now());
    if (login.isEmpty()) {
      return new Refusal.SessionUnknown();
    }
    login.get().login().close();
    return store
        .submit(request.account(), new VaultCommand.Abandon(store.now(), request.sessionId()))
        .match(
            new ReplyShape() {
              @Override
              public Reply ended(VaultReply.Ended ended) {
                return new Reply.Ended(ended.attemptsRemaining(), ended.lockedUntil());
              }
            });
  }

  /** The request as it is whenever it is sent: without its nonce. */
  @Implements("SES-10")
  private static Bytes content(Request request) {
    return Sha256.of(request.encode(Bytes.zero(RequestMessage.NONCE_BYTES)));
  }

  private Bytes freshId() {
    byte[] id = new byte[SESSION_ID_BYTES];
    random.nextBytes(id);
    return Bytes.copyOf(id);
  }

  /** What follows a permit: the evaluation that it allows. */
  private final class Evaluation implements ReplyShape {

    private final AccountName account;
    private final Bytes sessionId;
    private final KE1 ke1;
    private final Bytes content;

    Evaluation(AccountName account, Bytes sessionId, KE1 ke1, Bytes content) {
      this.account = account;
      this.sessionId = sessionId;
      this.ke1 = ke1;
      this.content = content;
    }

    @Override
    @Implements({"SES-1", "SES-2", "OPQ-2"})
    public Reply permit(VaultReply.Permit permit) {
      try (OpenedRecord record =
              sealing.open(account, permit.generation(), permit.record(), permit.secret());
          ServerSetup setup = sealing.setupFor(account, configuration.opaque(), permit.secret())) {
        ServerLogin login =
            ServerLogin.respond(
                setup,
                record.registration(),
                CredentialIdentifier.of(account.utf8(), permit.generation()),
                OpaqueIdentities.of(
                    account.utf8(), configuration.identity().id().value().toArray()),
                ke1,
                ServerRandomness.from(random));
        long expiresAt = store.now() + AccountDraft.SESSION_MILLIS;
        sessions.put(sessionId, new SessionTable.Login(account, login, record.wrap(), expiresAt));
        Reply reply = evaluated(permit, record, login);
        sessions.keep(sessionId, account, content, reply, expiresAt);
        return reply;
      } catch (VaultDamagedException damaged) {
        throw new UncheckedIOException(damaged);
      }
    }

    private Reply evaluated(VaultReply.Permit permit, OpenedRecord record, ServerLogin login) {
      return new Reply.Evaluated(
          sessionId,
          permit.generation(),
          record.suite(),
          record.stretching(),
          permit.policy().toWire(),
          permit.attemptsRemaining(),
          permit.lockedUntil(),
          permit.finalSession(),
          Bytes.copyOf(login.response().encode()),
          permit.receipt().map(configuration.identity()::receipt));
    }
  }

  /** What follows a KE3: the release, if the machine took it as valid. */
  private final class Release implements ReplyShape {

    private final Bytes sessionId;
    private final SessionTable.Login login;
    private final Optional<SecretBytes> proven;

    Release(Bytes sessionId, SessionTable.Login login, Optional<SecretBytes> proven) {
      this.sessionId = sessionId;
      this.login = login;
      this.proven = proven;
    }

    @Override
    @Implements("SES-8")
    public Reply verified(VaultReply.Verified verified) {
      SecretBytes key = proven.orElseThrow();
      sessions.putVerified(
          sessionId,
          login.account(),
          Hkdf.derive(key, KeyLabel.SESSION_COMMAND),
          login.expiresAt());
      try (SecretBytes releaseKey = Hkdf.derive(key, KeyLabel.RELEASE)) {
        return new Reply.Released(
            encrypt(releaseKey, verified), configuration.identity().receipt(verified.receipt()));
      }
    }

    private Bytes encrypt(SecretBytes releaseKey, VaultReply.Verified verified) {
      byte[] released =
          new WireWriter()
              .bytes(login.wrap())
              .u64(verified.generation())
              .u64(verified.mark().map(FreshnessMark::backupNumber).orElse(0L))
              .bytes(verified.mark().map(FreshnessMark::digest).orElse(Bytes.zero(DIGEST_BYTES)))
              .toByteArray();
      byte[] associatedData =
          new WireWriter().ascii("lockstep/v1/release").bytes(sessionId).toByteArray();
      byte[] nonce = new byte[NONCE_BYTES];
      random.nextBytes(nonce);
      byte[] sealed = releaseKey.expose(raw -> seal(raw, nonce, associatedData, released));
      return Bytes.copyOf(new WireWriter().bytes(nonce).bytes(sealed).toByteArray());
    }
  }

  private static byte[] seal(byte[] key, byte[] nonce, byte[] associatedData, byte[] plaintext) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(key, "AES"),
          new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(associatedData);
      return cipher.doFinal(plaintext);
    } catch (GeneralSecurityException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }
}
