package lockstep.vault;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import lockstep.vault.machine.AccountDraft;
import lockstep.vault.machine.AttemptPolicy;
import lockstep.vault.machine.BudgetReference;
import lockstep.vault.machine.MachineRun;
import lockstep.vault.machine.VaultCommand;
import lockstep.vault.machine.VaultCommand.Mandate;
import lockstep.vault.machine.VaultReply;
import lockstep.wire.Bytes;
import lockstep.wire.Receipt;

/** Steps of owners, thieves, clocks and crashes on one enrolled account, each checked. */
public final class Schedule {

  /** What may happen next. */
  public enum Step {
    ATTEMPT,
    FAIL,
    UNLOCK,
    FINISH_RIGHT,
    FINISH_WRONG,
    ABANDON,
    CRASH,
    REGISTER,
    REGISTER_AGAIN,
    STAGE,
    CONFIRM,
    ACTIVATE,
    ENROL,
    DISABLE,
    RESTART,
    COMPLETE_RESTART,
    STATUS,
    SIGNED_STATUS,
    SECOND,
    MINUTE,
    WAIT,
    WEEK,
    CLOCK_BACK
  }

  public final MachineRun run;
  public final List<Receipt.Body> lastReceipts = new ArrayList<>();
  private final BudgetReference reference = new BudgetReference();
  private final Deque<Bytes> open = new ArrayDeque<>();
  private Bytes verified = MachineRun.numbered(16, -1);
  private Bytes confirming = MachineRun.numbered(16, -1);

  public Schedule(AttemptPolicy policy) {
    run = MachineRun.enrolled(policy);
  }

  public void run(Step step) {
    switch (step) {
      case ATTEMPT -> open.add(attempt());
      case FAIL -> finish(attempt(), false);
      case UNLOCK -> finish(attempt(), true);
      case FINISH_RIGHT -> finishOldest(true);
      case FINISH_WRONG -> finishOldest(false);
      case ABANDON -> note(run.abandon(open.isEmpty() ? run.freshId() : open.remove()));
      case CRASH -> open.clear();
      case DISABLE -> note(run.submit(new VaultCommand.Disable(run.time, signature())));
      case RESTART -> note(run.submit(new VaultCommand.Restart(run.time)));
      case COMPLETE_RESTART -> note(run.submit(new VaultCommand.CompleteRestart(run.time)));
      case STATUS -> run.status();
      case SIGNED_STATUS -> run.submit(new VaultCommand.Observe(run.time, run.policy, signature()));
      case SECOND -> run.time += 1_000;
      case MINUTE -> run.time += 60_000;
      case WAIT -> run.time += run.policy.waitMillis();
      case WEEK -> run.time += AccountDraft.RESTART_MILLIS;
      case CLOCK_BACK -> run.time -= 3_600_000;
      default -> staging(step);
    }
    reference.check(run.state());
  }

  private void staging(Step step) {
    long live = run.state().lastGeneration();
    switch (step) {
      case REGISTER -> register(live + 1);
      case REGISTER_AGAIN -> register(live);
      case STAGE -> run.stage(live);
      case CONFIRM -> confirm(live);
      case ACTIVATE -> note(run.activate(confirming, live));
      default -> {
        register(live + 1);
        run.stage(live + 1);
        confirm(live + 1);
        note(run.activate(confirming, live + 1));
      }
    }
  }

  private Bytes attempt() {
    Bytes id = run.freshId();
    VaultReply reply = run.attempt(id);
    note(reply);
    if (reply instanceof VaultReply.Permit) {
      reference.evaluated(id);
    }
    return id;
  }

  private void finishOldest(boolean right) {
    finish(open.isEmpty() ? run.freshId() : open.remove(), right);
  }

  private void finish(Bytes id, boolean right) {
    VaultReply reply = run.finish(id, right);
    note(reply);
    if (reply instanceof VaultReply.Verified) {
      reference.succeeded();
      verified = id;
    }
  }

  /** Tries each authority that somebody may have. */
  private void register(long generation) {
    for (Mandate mandate :
        List.of(new Mandate.Session(verified), new Mandate.Token(), signature())) {
      boolean fresh = generation > run.state().lastGeneration();
      VaultReply reply = run.register(generation, mandate);
      note(reply);
      if (reply instanceof VaultReply.Reserved) {
        if (fresh) {
          reference.evaluated(generation);
        }
        return;
      }
    }
  }

  private void confirm(long generation) {
    confirming = run.freshId();
    run.confirm(confirming, generation);
    VaultReply reply = run.finish(confirming, true);
    note(reply);
    if (reply instanceof VaultReply.Verified) {
      reference.confirmed(generation);
    }
  }

  private Mandate.Signature signature() {
    return new Mandate.Signature(
        run.state().standing().commandKey().orElse(MachineRun.numbered(32, -1)));
  }

  private void note(VaultReply reply) {
    MachineRun.receipt(reply).ifPresent(lastReceipts::add);
  }
}
