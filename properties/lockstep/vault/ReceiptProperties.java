package lockstep.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lockstep.spec.Verifies;
import lockstep.vault.machine.AccountDraft;
import lockstep.vault.machine.AttemptPolicy;
import lockstep.vault.machine.MachineRun;
import lockstep.vault.machine.VaultCommand;
import lockstep.vault.machine.VaultCommand.Mandate;
import lockstep.vault.machine.VaultReply;
import lockstep.wire.Bytes;
import lockstep.wire.Receipt;
import lockstep.wire.Receipt.Kind;
import net.jqwik.api.Example;

/** Receipts: one for each command that succeeds, each naming the one before. */
class ReceiptProperties {

  private final MachineRun run = new MachineRun(new AttemptPolicy(3, 2, 50_000));
  private final List<Receipt.Body> receipts = new ArrayList<>();

  @Example
  @Verifies({"RCP-1~2", "RCP-2", "LIM-15~2"})
  void aWholeLifeGivesOneChain() {
    enrol(1, new Mandate.Token());
    attempt(false);
    Bytes session = attempt(true);
    enrol(2, new Mandate.Session(session));
    note(run.submit(new VaultCommand.Mark(run.time, 1, MachineRun.numbered(32, 1), run.signed(2))));
    note(run.submit(new VaultCommand.Restart(run.time)));
    run.time += AccountDraft.RESTART_MILLIS;
    note(run.submit(new VaultCommand.CompleteRestart(run.time)));
    enrol(3, new Mandate.Token());
    note(run.submit(new VaultCommand.Disable(run.time, run.signed(3))));

    assertThat(receipts)
        .extracting(Receipt.Body::kind)
        .containsExactly(
            Kind.STAGE_RESERVED,
            Kind.CONFIRMED,
            Kind.ENROLLED,
            Kind.ATTEMPT,
            Kind.ATTEMPT,
            Kind.UNLOCKED,
            Kind.STAGE_RESERVED,
            Kind.CONFIRMED,
            Kind.CHANGED,
            Kind.MARKED,
            Kind.RESTART_REQUESTED,
            Kind.RESTARTED,
            Kind.STAGE_RESERVED_IN_NEW_EPOCH,
            Kind.CONFIRMED,
            Kind.ENROLLED,
            Kind.DISABLED);
    assertOneChain();
  }

  @Example
  @Verifies("RCP-1~2")
  void aReceiptTellsGenerationEpochCountersLockAndTime() {
    enrol(1, new Mandate.Token());
    attempt(false);
    attempt(false);
    run.time += 5;
    receipts.clear();
    attempt(false);
    Receipt.Body locking = receipts.get(0);
    assertThat(locking.generation()).isEqualTo(1);
    assertThat(locking.epoch()).isEqualTo(1);
    assertThat(locking.charges()).isEqualTo(3);
    assertThat(locking.round()).isEqualTo(1);
    assertThat(locking.time()).isEqualTo(run.time);
    assertThat(locking.lockedUntil()).isEqualTo(run.time + 50_000);
  }

  @Example
  @Verifies({"RCP-1~2", "LIM-7~2"})
  void inTheFinalPhaseTheReceiptTellsWhenItsSessionExpires() {
    enrol(1, new Mandate.Token());
    run.fail(3);
    run.time += 50_000;
    run.fail(2);
    VaultReply.Permit last = (VaultReply.Permit) run.attempt(run.freshId());
    assertThat(last.receipt().orElseThrow().lockedUntil()).isEqualTo(last.expiresAt());
    assertThat(last.lockedUntil()).isEqualTo(last.expiresAt());
  }

  private void enrol(long generation, Mandate mandate) {
    note(run.register(generation, mandate));
    run.stage(generation);
    Bytes id = run.freshId();
    run.confirm(id, generation);
    note(run.finish(id, true));
    note(run.activate(id, generation));
  }

  private Bytes attempt(boolean right) {
    Bytes id = run.freshId();
    note(run.attempt(id));
    VaultReply end = run.finish(id, right);
    if (right) {
      note(end);
    }
    return id;
  }

  private void note(VaultReply reply) {
    Optional<Receipt.Body> receipt = MachineRun.receipt(reply);
    assertThat(receipt).as("receipt of %s", reply).isPresent();
    receipts.add(receipt.get());
  }

  private void assertOneChain() {
    Bytes previous = Bytes.zero(32);
    for (int i = 0; i < receipts.size(); i++) {
      assertThat(receipts.get(i).sequence()).isEqualTo(i + 1);
      assertThat(receipts.get(i).previousHash()).isEqualTo(previous);
      assertThat(receipts.get(i).account()).isEqualTo(MachineRun.ALICE);
      previous = receipts.get(i).hash();
    }
    assertThat(run.status().receiptHash()).isEqualTo(previous);
    assertThat(run.status().receiptSequence()).isEqualTo(receipts.size());
  }
}
