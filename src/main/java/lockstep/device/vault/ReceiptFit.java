package lockstep.device.vault;

import java.util.Optional;
import lockstep.spec.Decides;
import lockstep.wire.ExpectedReplies;
import lockstep.wire.Policy;
import lockstep.wire.Receipt;
import lockstep.wire.Receipt.Kind;
import lockstep.wire.Reply;
import lockstep.wire.Request;

/**
 * Whether a reply's receipt speaks of what was asked and says what the reply says: a vault that
 * tells a device one thing and signs another is found out.
 */
@Decides("RCP-5")
final class ReceiptFit implements ExpectedReplies<Boolean> {

  private final Request request;

  private ReceiptFit(Request request) {
    this.request = request;
  }

  /** Whether the receipt that the reply to {@code request} carries fits; so does none. */
  static boolean fits(Request request, Reply reply) {
    return reply.match(new ReceiptFit(request));
  }

  @Override
  public Boolean unexpected(Reply reply) {
    return true;
  }

  @Override
  public Boolean registered(Reply.Registered registered) {
    Receipt.Body body = registered.receipt().body();
    boolean reserved =
        body.kind() == Kind.STAGE_RESERVED || body.kind() == Kind.STAGE_RESERVED_IN_NEW_EPOCH;
    return reserved
        && request instanceof Request.Register asked
        && body.generation() == asked.generation()
        && body.charges() <= registered.policy().attempts()
        && body.round() <= registered.policy().rounds();
  }

  @Override
  public Boolean activated(Reply.Activated activated) {
    Receipt.Body body = activated.receipt().body();
    return (body.kind() == Kind.ENROLLED || body.kind() == Kind.CHANGED)
        && request instanceof Request.Activate asked
        && body.generation() == asked.generation();
  }

  @Override
  public Boolean evaluated(Reply.Evaluated evaluated) {
    Optional<Receipt> receipt = evaluated.receipt();
    if (request instanceof Request.Confirm) {
      return receipt.isEmpty();
    }
    if (receipt.isEmpty()) {
      return false;
    }
    Receipt.Body body = receipt.get().body();
    boolean open = body.lockedUntil() == 0;
    Policy policy = evaluated.policy();
    int left = open ? policy.attempts() - body.charges() : 0;
    boolean isLast = body.charges() == policy.attempts() && body.round() == policy.rounds();
    return body.kind() == Kind.ATTEMPT
        && body.charges() > 0
        && body.generation() == evaluated.generation()
        && body.lockedUntil() == evaluated.lockedUntil()
        && body.charges() <= policy.attempts()
        && body.round() <= policy.rounds()
        && isLast == evaluated.finalSession()
        && left == evaluated.attemptsRemaining();
  }

  @Override
  public Boolean released(Reply.Released released) {
    Receipt.Body body = released.receipt().body();
    boolean unlocked =
        body.kind() == Kind.UNLOCKED
            && body.charges() == 0
            && body.round() == 1
            && body.lockedUntil() == 0;
    return unlocked || body.kind() == Kind.CONFIRMED;
  }

  @Override
  public Boolean disabled(Reply.Disabled disabled) {
    return disabled.receipt().body().kind() == Kind.DISABLED;
  }

  @Override
  public Boolean restartPending(Reply.RestartPending pending) {
    return pending
        .receipt()
        .map(receipt -> receipt.body().kind() == Kind.RESTART_REQUESTED)
        .orElse(true);
  }

  @Override
  public Boolean restarted(Reply.Restarted restarted) {
    return restarted.receipt().body().kind() == Kind.RESTARTED;
  }

  @Override
  public Boolean marked(Reply.Marked marked) {
    return marked.receipt().body().kind() == Kind.MARKED;
  }
}
