package lockstep.vault;

import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.Optional;
import lockstep.opaque.CredentialIdentifier;
import lockstep.opaque.OpaqueSuite;
import lockstep.opaque.RegistrationRecord;
import lockstep.opaque.RegistrationRequest;
import lockstep.opaque.server.ServerRegistration;
import lockstep.opaque.server.ServerSetup;
import lockstep.spec.Implements;
import lockstep.vault.machine.SealedRecord;
import lockstep.vault.machine.SealedSecret;
import lockstep.vault.machine.VaultCommand;
import lockstep.vault.machine.VaultCommand.Mandate;
import lockstep.vault.machine.VaultDamagedException;
import lockstep.vault.machine.VaultReply;
import lockstep.wire.Bytes;
import lockstep.wire.Refusal;
import lockstep.wire.Reply;
import lockstep.wire.Request;
import lockstep.wire.Sha256;

/** Register, Stage and Activate; the registration evaluation comes after its charge. */
final class RegistrationDesk {

  private static final int ATTEMPT_ID_BYTES = 16;

  private final VaultConfiguration configuration;
  private final RecordSealing sealing;
  private final StoreAccess store;
  private final AuthorityCheck authority;
  private final SecureRandom random;

  RegistrationDesk(
      VaultConfiguration configuration,
      StoreAccess store,
      AuthorityCheck authority,
      SecureRandom random) {
    this.configuration = configuration;
    this.sealing = new RecordSealing(configuration.recordSealing());
    this.store = store;
    this.authority = authority;
    this.random = random;
  }

  @Implements({"STG-3~2", "STG-4", "OPQ-3~2", "OPR-2"})
  Reply register(Request.Register request) {
    Optional<RegistrationRequest> blinded =
        RegistrationRequest.parse(request.registrationRequest().toArray());
    if (blinded.isEmpty()) {
      return new Refusal.Malformed();
    }
    Optional<Mandate> mandate = authority.mandate(request);
    if (mandate.isEmpty()) {
      return new Refusal.Refused();
    }
    byte[] attemptId = new byte[ATTEMPT_ID_BYTES];
    random.nextBytes(attemptId);
    VaultCommand command =
        new VaultCommand.Register(
            store.now(),
            Bytes.copyOf(attemptId),
            request.generation(),
            request.oneTimeKey(),
            Sha256.of(request.registrationRequest().toArray()),
            sealing.drawSecret(request.account(), random),
            configuration.policy(),
            mandate.get());
    return store
        .submit(request.account(), command)
        .match(
            new ReplyShape() {
              @Override
              public Reply reserved(VaultReply.Reserved reserved) {
                return registered(request, blinded.get(), reserved);
              }
            });
  }

  @Implements({"STG-6", "ATR-1~2", "OPR-2"})
  Reply stage(Request.Stage request) {
    if (!isValid(request)) {
      return new Refusal.Malformed();
    }
    Optional<AuthorityCheck.LiveStage> live = authority.stage(request);
    if (live.isEmpty() || !authority.provesItsKey(request, live.get())) {
      return new Refusal.Refused();
    }
    VaultCommand command =
        new VaultCommand.Stage(
            store.now(),
            request.generation(),
            live.get().oneTimeKey(),
            Sha256.of(request.signedPart()),
            live.get().secret(),
            sealed(request, live.get().secret()),
            request.stretching(),
            request.commandKey());
    return store
        .submit(request.account(), command)
        .match(
            new ReplyShape() {
              @Override
              public Reply recorded(VaultReply.Recorded recorded) {
                return new Reply.Staged();
              }
            });
  }

  @Implements("STG-9")
  Reply activate(Request.Activate request) {
    Optional<Mandate> mandate = authority.mandate(request);
    if (mandate.isEmpty() || !(mandate.get() instanceof Mandate.Session session)) {
      return new Refusal.Refused();
    }
    VaultCommand command =
        new VaultCommand.Activate(store.now(), request.generation(), session.sessionId());
    return store
        .submit(request.account(), command)
        .match(
            new ReplyShape() {
              @Override
              public Reply carried(VaultReply.Carried carried) {
                return new Reply.Activated(configuration.identity().receipt(carried.receipt()));
              }
            });
  }

  private Reply registered(
      Request.Register request, RegistrationRequest blinded, VaultReply.Reserved reserved) {
    CredentialIdentifier identifier =
        CredentialIdentifier.of(request.account().utf8(), request.generation());
    try (ServerSetup setup =
        sealing.setupFor(request.account(), configuration.opaque(), reserved.secret())) {
      byte[] response = ServerRegistration.evaluate(setup, identifier, blinded).encode();
      return new Reply.Registered(
          Bytes.copyOf(response),
          reserved.policy().toWire(),
          reserved.expiresAt(),
          configuration.identity().receipt(reserved.receipt()));
    } catch (VaultDamagedException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }

  private SealedRecord sealed(Request.Stage request, SealedSecret secret) {
    try {
      return sealing.seal(request, secret);
    } catch (VaultDamagedException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }

  private static boolean isValid(Request.Stage request) {
    Optional<RegistrationRecord> record =
        RegistrationRecord.parse(request.registrationRecord().toArray());
    record.ifPresent(RegistrationRecord::close);
    return record.isPresent() && request.suite() == OpaqueSuite.SUITE;
  }
}
