package lockstep.oracle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import lockstep.spec.Implements;
import lockstep.vault.machine.VaultReply;
import lockstep.wire.Receipt;
import lockstep.wire.Refusal;

/** What the vault's machine decided, as fields; a refusal is a rejection of its name. */
@Implements("ORC-3")
final class MachineAnswers implements VaultReply.Cases<ObjectNode> {

  /** What the shell adds to a report, of a record that is opened, for a request in a message. */
  private static final List<String> BEYOND_THE_MACHINE = List.of("stretching", "receiptHashes");

  @Override
  public ObjectNode declined(VaultReply.Declined declined) {
    Refusal refusal = declined.refusal();
    String name = refusal.getClass().getSimpleName();
    RejectedAs outcome =
        Arrays.stream(RejectedAs.values())
            .filter(one -> one.text().equals(name))
            .findFirst()
            .orElseThrow();
    throw Unanswerable.rejected(outcome, RecordJson.write((Record) refusal));
  }

  @Override
  public ObjectNode permit(VaultReply.Permit permit) {
    ObjectNode result =
        Fields.empty()
            .put("generation", permit.generation())
            .put("attemptsRemaining", permit.attemptsRemaining())
            .put("lockedUntil", permit.lockedUntil())
            .put("finalSession", permit.finalSession())
            .put("expiresAt", permit.expiresAt());
    return withReceipt(result, permit.receipt());
  }

  @Override
  public ObjectNode verified(VaultReply.Verified verified) {
    ObjectNode result = Fields.empty().put("generation", verified.generation());
    verified
        .mark()
        .ifPresent(
            mark ->
                result
                    .putObject("mark")
                    .put("backupNumber", mark.backupNumber())
                    .put("digest", Hex.of(mark.digest().toArray())));
    return withReceipt(result, Optional.of(verified.receipt()));
  }

  @Override
  public ObjectNode reserved(VaultReply.Reserved reserved) {
    ObjectNode result = Fields.empty().put("expiresAt", reserved.expiresAt());
    result.set("policy", LimiterOperations.json(reserved.policy()));
    return withReceipt(result, Optional.of(reserved.receipt()));
  }

  @Override
  public ObjectNode recorded(VaultReply.Recorded recorded) {
    return Fields.empty();
  }

  @Override
  public ObjectNode ended(VaultReply.Ended ended) {
    return Fields.empty()
        .put("attemptsRemaining", ended.attemptsRemaining())
        .put("lockedUntil", ended.lockedUntil());
  }

  @Override
  public ObjectNode carried(VaultReply.Carried carried) {
    return withReceipt(Fields.empty(), Optional.of(carried.receipt()));
  }

  @Override
  public ObjectNode restartPending(VaultReply.RestartPending pending) {
    return withReceipt(Fields.empty().put("completesAt", pending.completesAt()), pending.receipt());
  }

  @Override
  public ObjectNode observed(VaultReply.Observed observed) {
    ObjectNode result = RecordJson.write(observed.report());
    result.remove(BEYOND_THE_MACHINE);
    return result;
  }

  @Override
  public ObjectNode settled(VaultReply.Settled settled) {
    return Fields.empty();
  }

  @Override
  public ObjectNode keys(VaultReply.Keys keys) {
    return RecordJson.write(keys);
  }

  private static ObjectNode withReceipt(ObjectNode result, Optional<Receipt.Body> receipt) {
    receipt.ifPresent(body -> result.set("receipt", RecordJson.write(body)));
    return result;
  }
}
