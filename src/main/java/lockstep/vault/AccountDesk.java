package lockstep.vault;

import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Function;
import lockstep.spec.Implements;
import lockstep.vault.machine.VaultCommand;
import lockstep.vault.machine.VaultCommand.Mandate;
import lockstep.vault.machine.VaultDamagedException;
import lockstep.vault.machine.VaultReply;
import lockstep.wire.AccountName;
import lockstep.wire.Receipt;
import lockstep.wire.Refusal;
import lockstep.wire.Reply;
import lockstep.wire.Request;

/** Challenge, Status, Disable, Restart, CompleteRestart and Mark: no OPAQUE in any of them. */
final class AccountDesk {

  private final VaultConfiguration configuration;
  private final StoreAccess store;
  private final AuthorityCheck authority;
  private final ChallengeTable challenges;
  private final RecordSealing sealing;

  AccountDesk(
      VaultConfiguration configuration,
      StoreAccess store,
      AuthorityCheck authority,
      ChallengeTable challenges) {
    this.configuration = configuration;
    this.store = store;
    this.authority = authority;
    this.challenges = challenges;
    this.sealing = new RecordSealing(configuration.recordSealing());
  }

  @Implements("AUT-4")
  Reply challenge(Request.Challenge request) {
    return new Reply.Challenged(challenges.issue(request.account(), store.now()));
  }

  @Implements("LEA-5")
  Reply status(Request.Status request) {
    return decide(
        request,
        mandate -> new VaultCommand.Observe(store.now(), configuration.policy(), mandate),
        new ReplyShape() {
          @Override
          public Reply observed(VaultReply.Observed observed) {
            return report(request.account(), observed);
          }
        });
  }

  /** The machine's report with what only the opened record tells. */
  private Reply report(AccountName account, VaultReply.Observed observed) {
    if (observed.record().isEmpty()) {
      return observed.report();
    }
    try (OpenedRecord record =
        sealing.open(account, observed.report().activeGeneration(), observed.record().get())) {
      return observed.report().with(record.stretching());
    } catch (VaultDamagedException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }

  @Implements("LEA-1")
  Reply disable(Request.Disable request) {
    return decide(
        request,
        mandate -> new VaultCommand.Disable(store.now(), mandate),
        carried(Reply.Disabled::new));
  }

  @Implements("LEA-2")
  Reply restart(Request.Restart request) {
    return decide(
        request,
        mandate -> new VaultCommand.Restart(store.now()),
        new ReplyShape() {
          @Override
          public Reply restartPending(VaultReply.RestartPending pending) {
            return pending(pending);
          }
        });
  }

  @Implements("LEA-4")
  Reply completeRestart(Request.CompleteRestart request) {
    return decide(
        request,
        mandate -> new VaultCommand.CompleteRestart(store.now()),
        new ReplyShape() {
          @Override
          public Reply restartPending(VaultReply.RestartPending pending) {
            return pending(pending);
          }

          @Override
          public Reply carried(VaultReply.Carried carried) {
            return new Reply.Restarted(configuration.identity().receipt(carried.receipt()));
          }
        });
  }

  @Implements("MRK-1")
  Reply mark(Request.Mark request) {
    Optional<Mandate> mandate = authority.mandate(request);
    if (mandate.isEmpty() || !(mandate.get() instanceof Mandate.Signature signature)) {
      return new Refusal.Refused();
    }
    VaultCommand command =
        new VaultCommand.Mark(store.now(), request.backupNumber(), request.digest(), signature);
    return store.submit(request.account(), command).match(carried(Reply.Marked::new));
  }

  @Implements("AUT-3")
  private Reply decide(
      Request.Authorised request, Function<Mandate, VaultCommand> command, ReplyShape shape) {
    Optional<Mandate> mandate = authority.mandate(request);
    return mandate.isEmpty()
        ? new Refusal.Refused()
        : store.submit(request.account(), command.apply(mandate.get())).match(shape);
  }

  private ReplyShape carried(Function<Receipt, Reply> reply) {
    return new ReplyShape() {
      @Override
      public Reply carried(VaultReply.Carried carried) {
        return reply.apply(configuration.identity().receipt(carried.receipt()));
      }
    };
  }

  private Reply pending(VaultReply.RestartPending pending) {
    return new Reply.RestartPending(
        pending.completesAt(), pending.receipt().map(configuration.identity()::receipt));
  }
}
