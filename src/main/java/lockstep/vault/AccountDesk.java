package lockstep.vault;

import java.util.Optional;
import java.util.function.Function;
import lockstep.spec.Implements;
import lockstep.vault.machine.VaultCommand;
import lockstep.vault.machine.VaultCommand.Mandate;
import lockstep.vault.machine.VaultReply;
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

  AccountDesk(
      VaultConfiguration configuration,
      StoreAccess store,
      AuthorityCheck authority,
      ChallengeTable challenges) {
    this.configuration = configuration;
    this.store = store;
    this.authority = authority;
    this.challenges = challenges;
  }

  @Implements("AUT-4")
  Reply challenge(Request.Challenge request) {
    return new Reply.Challenged(challenges.issue(request.account(), store.now()));
  }

  @Implements("LEA-5")
  Reply status(Request.Status request) {
    return decide(
        request,
        mandate ->
            new VaultCommand.Observe(
                store.now(), configuration.policy(), request.knownSequence(), mandate),
        new ReplyShape() {
          @Override
          public Reply observed(VaultReply.Observed observed) {
            return observed.report();
          }
        });
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
