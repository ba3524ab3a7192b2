package lockstep.device.vault;

import java.util.Optional;
import lockstep.spec.Implements;
import lockstep.wire.ExpectedReplies;
import lockstep.wire.Receipt;
import lockstep.wire.Reply;

/** The receipt that a reply carries, if its kind carries one. */
@Implements("RCP-3")
final class ReceiptOf implements ExpectedReplies<Optional<Receipt>> {

  private static final ReceiptOf EVERY = new ReceiptOf();

  private ReceiptOf() {}

  static Optional<Receipt> reply(Reply reply) {
    return reply.match(EVERY);
  }

  @Override
  public Optional<Receipt> unexpected(Reply reply) {
    return Optional.empty();
  }

  @Override
  public Optional<Receipt> registered(Reply.Registered registered) {
    return Optional.of(registered.receipt());
  }

  @Override
  public Optional<Receipt> activated(Reply.Activated activated) {
    return Optional.of(activated.receipt());
  }

  @Override
  public Optional<Receipt> evaluated(Reply.Evaluated evaluated) {
    return evaluated.receipt();
  }

  @Override
  public Optional<Receipt> released(Reply.Released released) {
    return Optional.of(released.receipt());
  }

  @Override
  public Optional<Receipt> disabled(Reply.Disabled disabled) {
    return Optional.of(disabled.receipt());
  }

  @Override
  public Optional<Receipt> restartPending(Reply.RestartPending restartPending) {
    return restartPending.receipt();
  }

  @Override
  public Optional<Receipt> restarted(Reply.Restarted restarted) {
    return Optional.of(restarted.receipt());
  }

  @Override
  public Optional<Receipt> marked(Reply.Marked marked) {
    return Optional.of(marked.receipt());
  }
}
