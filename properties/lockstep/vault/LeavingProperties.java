package lockstep.vault;

import static lockstep.vault.machine.MachineRun.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lockstep.spec.Verifies;
import lockstep.vault.machine.AccountDraft;
import lockstep.vault.machine.AccountState;
import lockstep.vault.machine.AccountState.None;
import lockstep.vault.machine.AccountState.Tombstone;
import lockstep.vault.machine.AttemptLimiter;
import lockstep.vault.machine.AttemptPolicy;
import lockstep.vault.machine.FreshnessMark;
import lockstep.vault.machine.MachineRun;
import lockstep.vault.machine.VaultCommand;
import lockstep.vault.machine.VaultCommand.Mandate;
import lockstep.vault.machine.VaultReply;
import lockstep.wire.Bytes;
import lockstep.wire.Refusal;
import lockstep.wire.Refusal.Reason;
import lockstep.wire.Reply.RecordState;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Disable, restart, freshness marks, and what the account's status tells. */
class LeavingProperties {

  private static final AttemptPolicy STANDARD = AttemptPolicy.STANDARD;
  private static final Bytes DIGEST = MachineRun.numbered(32, 9);

  @Property(tries = 30)
  @Verifies({"LEA-1", "LIM-14"})
  void disableErasesAndKeepsChargesRoundAndLock(
      @ForAll @IntRange(max = 5) int failures, @ForAll boolean bySession) {
    MachineRun run = MachineRun.enrolled(STANDARD);
    mark(run, 3, DIGEST);
    Optional<Bytes> session = bySession ? run.unlock() : Optional.empty();
    run.fail(failures);
    AttemptLimiter before = run.state().limiter();
    Mandate mandate = session.<Mandate>map(Mandate.Session::new).orElseGet(() -> run.signed(1));
    assertThat(run.submit(new VaultCommand.Disable(run.time, mandate)))
        .isInstanceOf(VaultReply.Carried.class);
    assertThat(run.erased).isTrue();
    AccountState after = run.state();
    assertThat(after.standing()).isInstanceOf(None.class);
    assertThat(after.mark()).isEmpty();
    assertThat(after.sessions()).isEmpty();
    assertThat(after.limiter()).isEqualTo(before);
    VaultReply again = run.register(2, new Mandate.Token());
    assertThat(again instanceof VaultReply.Reserved).isEqualTo(failures < 5);
    assertThat(run.status().charges()).isEqualTo(Math.min(5, failures + 1));
  }

  /** A thief asks for a restart between the owner's completed one and the owner's enrolment. */
  @Example
  @Verifies("LEA-3~2")
  void activationCancelsARestartThatWasRequestedBeforeIt() {
    MachineRun run = MachineRun.enrolled(STANDARD);
    run.submit(new VaultCommand.Restart(run.time));
    run.time += AccountDraft.RESTART_MILLIS;
    assertThat(run.submit(new VaultCommand.CompleteRestart(run.time)))
        .isInstanceOf(VaultReply.Carried.class);
    run.submit(new VaultCommand.Restart(run.time));
    assertThat(run.status().restartAt()).isPositive();
    assertThat(run.enrol(new Mandate.Token())).isInstanceOf(VaultReply.Carried.class);
    assertThat(run.status().restartAt()).isZero();
    run.time += AccountDraft.RESTART_MILLIS;
    assertThat(refusal(run.submit(new VaultCommand.CompleteRestart(run.time))))
        .contains(new Refusal.Conflict(Reason.NO_RESTART, 0));
  }

  /** A vault that was put back to an older disk cannot say the hash that it does not know. */
  @Property(tries = 60)
  @Verifies("RCP-4")
  void statusShowsTheChainFromTheReceiptThatItNames(
      @ForAll @IntRange(max = 90) int receipts, @ForAll @IntRange(max = 100) int named) {
    MachineRun run = MachineRun.enrolled(STANDARD);
    List<Bytes> hashes = new ArrayList<>(run.state().receiptHashes());
    for (int i = 0; i < receipts; i++) {
      VaultReply reply = run.submit(new VaultCommand.Mark(run.time, i + 1L, DIGEST, run.signed(1)));
      hashes.add(MachineRun.receipt(reply).orElseThrow().hash());
    }
    VaultReply reply =
        run.submit(new VaultCommand.Observe(run.time, STANDARD, named, new Mandate.Token()));
    List<Bytes> shown = ((VaultReply.Observed) reply).report().receiptHashes();
    boolean kept = named > 0 && named <= hashes.size() && hashes.size() - named < 64;
    assertThat(shown).isEqualTo(kept ? hashes.subList(named - 1, hashes.size()) : List.of());
  }

  @Example
  @Verifies("LEA-1")
  void disableNeedsTheCommandKeyOrAVerifiedSession() {
    MachineRun run = MachineRun.enrolled(STANDARD);
    Bytes unverified = run.freshId();
    run.attempt(unverified);
    Bytes before = run.stored.orElseThrow();
    for (Mandate mandate :
        new Mandate[] {run.signed(2), new Mandate.Session(unverified), new Mandate.Token()}) {
      assertThat(refusal(run.submit(new VaultCommand.Disable(run.time, mandate))))
          .contains(new Refusal.Refused());
    }
    assertThat(run.stored).contains(before);
  }

  @Example
  @Verifies({"LEA-1", "LIM-8~2"})
  void disableInTheFinalPhaseLeavesATombstone() {
    MachineRun run = MachineRun.enrolled(new AttemptPolicy(1, 1, 1_000));
    run.attempt(run.freshId());
    run.submit(new VaultCommand.Disable(run.time, run.signed(1)));
    assertThat(run.state().standing())
        .isEqualTo(new Tombstone(Optional.of(MachineRun.commandKey(1)), 1, false));
    assertThat(refusal(run.submit(new VaultCommand.Disable(run.time, run.signed(1)))))
        .contains(new Refusal.Destroyed());
  }

  @Property(tries = 50)
  @Verifies({"LEA-2", "LEA-4"})
  void aRestartCompletesAfterSevenDaysAndASecondRequestDoesNotDelayIt(
      @ForAll @LongRange(max = 1_300_000_000L) long waited, @ForAll boolean onTombstone) {
    MachineRun run =
        onTombstone
            ? StagingProperties.destroyed(new AttemptPolicy(1, 1, 1_000))
            : MachineRun.enrolled(STANDARD);
    long completesAt = run.time + 604_800_000L;
    VaultReply.RestartPending asked =
        (VaultReply.RestartPending) run.submit(new VaultCommand.Restart(run.time));
    assertThat(asked.completesAt()).isEqualTo(completesAt);
    run.time += waited;
    VaultReply.RestartPending again =
        (VaultReply.RestartPending) run.submit(new VaultCommand.Restart(run.time));
    assertThat(again.completesAt()).isEqualTo(completesAt);
    VaultReply reply = run.submit(new VaultCommand.CompleteRestart(run.time));
    if (run.time < completesAt) {
      assertThat(reply).isEqualTo(new VaultReply.RestartPending(completesAt, Optional.empty()));
    } else {
      assertThat(reply).isInstanceOf(VaultReply.Carried.class);
      assertThat(run.erased).isEqualTo(!onTombstone);
      assertThat(run.status().record()).isEqualTo(RecordState.RESTARTED);
      assertThat(run.status().restartAt()).isZero();
    }
  }

  @Example
  @Verifies("LEA-4")
  void aRestartCompletesInItsMillisecondAndNotInTheOneBefore() {
    MachineRun run = MachineRun.enrolled(STANDARD);
    run.submit(new VaultCommand.Restart(run.time));
    run.time += AccountDraft.RESTART_MILLIS - 1;
    assertThat(run.submit(new VaultCommand.CompleteRestart(run.time)))
        .isEqualTo(new VaultReply.RestartPending(run.time + 1, Optional.empty()));
    run.time += 1;
    assertThat(run.submit(new VaultCommand.CompleteRestart(run.time)))
        .isInstanceOf(VaultReply.Carried.class);
  }

  @Example
  @Verifies({"LEA-2", "LEA-4"})
  void withoutARecordOrARequestThereIsNothingToRestart() {
    MachineRun run = new MachineRun(STANDARD);
    assertThat(refusal(run.submit(new VaultCommand.Restart(run.time))))
        .contains(new Refusal.NotEnrolled());
    assertThat(refusal(run.submit(new VaultCommand.CompleteRestart(run.time))))
        .contains(new Refusal.Conflict(Reason.NO_RESTART, 0));
    assertThat(run.stored).isEmpty();
    MachineRun enrolled = MachineRun.enrolled(STANDARD);
    assertThat(refusal(enrolled.submit(new VaultCommand.CompleteRestart(enrolled.time))))
        .contains(new Refusal.Conflict(Reason.NO_RESTART, 0));
  }

  @Property(tries = 30)
  @Verifies("LEA-3~2")
  void anUnlockOrAnySignedCommandCancelsARestart(@ForAll @IntRange(max = 3) int how) {
    MachineRun run = MachineRun.enrolled(STANDARD);
    run.submit(new VaultCommand.Restart(run.time));
    switch (how) {
      case 0 -> run.unlock();
      case 1 -> run.submit(new VaultCommand.Observe(run.time, STANDARD, run.signed(1)));
      case 2 -> mark(run, 1, DIGEST);
      default -> run.submit(new VaultCommand.Charge(run.time, run.freshId(), run.signed(1)));
    }
    run.time += AccountDraft.RESTART_MILLIS;
    assertThat(refusal(run.submit(new VaultCommand.CompleteRestart(run.time))))
        .contains(new Refusal.Conflict(Reason.NO_RESTART, 0));
  }

  @Property(tries = 30)
  @Verifies("LEA-3~2")
  void whoIsNotTheOwnerDoesNotCancelARestart(@ForAll @IntRange(max = 3) int how) {
    MachineRun run = MachineRun.enrolled(STANDARD);
    run.submit(new VaultCommand.Restart(run.time));
    switch (how) {
      case 0 -> run.fail();
      case 1 -> run.submit(new VaultCommand.Observe(run.time, STANDARD, run.signed(7)));
      case 2 -> run.status();
      default -> run.abandon(run.freshId());
    }
    run.time += AccountDraft.RESTART_MILLIS;
    assertThat(run.submit(new VaultCommand.CompleteRestart(run.time)))
        .isInstanceOf(VaultReply.Carried.class);
  }

  @Example
  @Verifies({"LEA-5", "STG-10"})
  void statusTellsEachStandingApart() {
    MachineRun run = new MachineRun(STANDARD);
    assertThat(run.status().record()).isEqualTo(RecordState.NONE);
    assertThat(run.stored).isEmpty();
    run = MachineRun.enrolled(STANDARD);
    assertThat(run.status().record()).isEqualTo(RecordState.ACTIVE);
    assertThat(run.status().activeGeneration()).isEqualTo(1);
    assertThat(run.status().lastGeneration()).isEqualTo(1);
    run = StagingProperties.destroyed(STANDARD);
    assertThat(run.status().record()).isEqualTo(RecordState.DESTROYED);
    assertThat(run.status().activeGeneration()).isZero();
  }

  @Property(tries = 100)
  @Verifies("MRK-1")
  void theMarkOnlyRises(
      @ForAll @LongRange(min = 1, max = 5) long first,
      @ForAll @LongRange(max = 6) long second,
      @ForAll boolean sameDigest) {
    MachineRun run = MachineRun.enrolled(STANDARD);
    mark(run, first, DIGEST);
    Bytes digest = sameDigest ? DIGEST : MachineRun.numbered(32, 10);
    VaultReply reply = mark(run, second, digest);
    boolean accepted = second > first || (second == first && sameDigest);
    assertThat(reply instanceof VaultReply.Carried).isEqualTo(accepted);
    if (!accepted) {
      assertThat(refusal(reply)).contains(new Refusal.Conflict(Reason.MARK, first));
    }
    FreshnessMark expected =
        accepted ? new FreshnessMark(second, digest) : new FreshnessMark(first, DIGEST);
    assertThat(run.state().mark()).contains(expected);
    assertThat(run.status().markNumber()).isEqualTo(expected.backupNumber());
    assertThat(run.status().markDigest()).isEqualTo(expected.digest());
  }

  @Example
  @Verifies("MRK-1")
  void onlyTheCommandKeyMarks() {
    MachineRun run = MachineRun.enrolled(STANDARD);
    VaultReply reply = run.submit(new VaultCommand.Mark(run.time, 1, DIGEST, run.signed(2)));
    assertThat(refusal(reply)).contains(new Refusal.Refused());
    run = StagingProperties.destroyed(STANDARD);
    assertThat(refusal(mark(run, 1, DIGEST))).contains(new Refusal.Destroyed());
  }

  @Property(tries = 20)
  @Verifies("MRK-2")
  void theMarkStaysWithItsCommandKey(@ForAll boolean sameKey) {
    MachineRun run = MachineRun.enrolled(STANDARD);
    mark(run, 4, DIGEST);
    run.register(2, new Mandate.Session(run.unlock().orElseThrow()));
    run.stage(2, MachineRun.commandKey(sameKey ? 1 : 2));
    Bytes id = run.freshId();
    run.confirm(id, 2);
    VaultReply.Verified verified = (VaultReply.Verified) run.finish(id, true);
    assertThat(verified.mark()).contains(new FreshnessMark(4, DIGEST));
    run.activate(id, 2);
    assertThat(run.state().mark().isPresent()).isEqualTo(sameKey);
  }

  @Property(tries = 20)
  @Verifies("MRK-2")
  void theMarkOfADestroyedRecordStaysWithItsCommandKey(@ForAll boolean sameKey) {
    MachineRun run = MachineRun.enrolled(STANDARD);
    mark(run, 4, DIGEST);
    run.finish(AttemptProperties.spendAllButTheAnswer(run), false);
    assertThat(run.status().record()).isEqualTo(RecordState.DESTROYED);
    long next = run.nextGeneration();
    run.register(next, run.signed(1));
    run.stage(next, MachineRun.commandKey(sameKey ? 1 : 2));
    Bytes id = run.freshId();
    run.confirm(id, next);
    run.finish(id, true);
    run.activate(id, next);
    assertThat(run.status().record()).isEqualTo(RecordState.ACTIVE);
    assertThat(run.state().mark().isPresent()).isEqualTo(sameKey);
  }

  private static VaultReply mark(MachineRun run, long number, Bytes digest) {
    return run.submit(new VaultCommand.Mark(run.time, number, digest, run.signed(1)));
  }

  @Example
  @Verifies({"LEA-1", "LEA-4"})
  void disableEndsARequestedRestart() {
    MachineRun run = MachineRun.enrolled(STANDARD);
    Bytes session = run.unlock().orElseThrow();
    run.submit(new VaultCommand.Restart(run.time));
    run.submit(new VaultCommand.Disable(run.time, new Mandate.Session(session)));
    run.time += AccountDraft.RESTART_MILLIS;
    assertThat(refusal(run.submit(new VaultCommand.CompleteRestart(run.time))))
        .contains(new Refusal.Conflict(Reason.NO_RESTART, 0));
    assertThat(run.status().record()).isEqualTo(RecordState.NONE);
  }
}
