package lockstep.ideal;

import java.util.ArrayList;
import java.util.List;
import lockstep.ideal.Ideal.Answer;
import lockstep.ideal.Ideal.Backup;
import lockstep.ideal.Ideal.Count;
import lockstep.ideal.Ideal.HeldKey;
import lockstep.ideal.Ideal.Opening;
import lockstep.ideal.Ideal.Result;
import lockstep.ideal.Ideal.Session;
import lockstep.ideal.Ideal.Stage;
import org.jspecify.annotations.Nullable;

/** What an account holds, and what time and failures make of it. */
abstract class IdealAccount<P> {

  static final long SESSION_MILLIS = 60_000;
  static final long STAGE_MILLIS = 600_000;
  static final long RESTART_MILLIS = 604_800_000;

  final IdealBudget budget;

  // The record, and who comes after it.
  @Nullable Opening<P> active;
  @Nullable HeldKey owner;
  boolean destroyed;
  boolean restarted;
  @Nullable Stage<P> stage;
  long lastStage;
  final List<Session<P>> sessions = new ArrayList<>();

  /** Which process of the vault is running; what an earlier one had in memory is gone. */
  int process;

  /** The largest time that this process has heard of. */
  private long shown;

  long restartAt;
  Backup mark = Backup.NONE;
  long clock;
  private long acts;
  private long epoch = 1;
  long successes;

  IdealAccount(IdealBudget budget) {
    this.budget = budget;
  }

  /** One clock for everything: a vault that runs does not go back to a time that was before. */
  final long hear(long time) {
    shown = Math.max(shown, time);
    return shown;
  }

  /** The vault's process dies and another begins: all sessions are over, and nothing else is. */
  public final void forgetSessions() {
    process++;
    shown = 0;
  }

  /** Lets time pass: what has expired ends, and with the last chance everything. */
  final void settle(long time) {
    boolean over = isOverAt(time);
    clock = clockAt(time);
    if (over) {
      destroy();
    }
    stage = stage != null && stage.endsAt <= clock ? null : stage;
    sessions.removeIf(session -> session.endsAt <= clock);
  }

  /** Time never runs backwards; of an account that nobody enrolled nothing is kept. */
  final long clockAt(long time) {
    return lastStage == 0 ? hear(time) : Math.max(clock, hear(time));
  }

  final boolean isOverAt(long time) {
    long then = clockAt(time);
    return budget.last() != null
        && (budget.lastEndsAt() <= then
            || sessions.stream().anyMatch(one -> one.endsAt <= then && isLast(one)));
  }

  final boolean isLast(Session<P> session) {
    Object last = budget.last();
    return last != null && (last == session || (last == stage && session.trialOf == stage));
  }

  final boolean isRemembered(Session<P> session, long time) {
    return session.process == process && hear(time) < session.endsByVaultsClock;
  }

  final boolean isUsable(Session<P> session, long time) {
    return session.release != null
        && isRemembered(session, time)
        && sessions.contains(session)
        && clockAt(time) < session.endsAt
        && !isOverAt(time);
  }

  final Answer<P> accept(Stage<P> wanted) {
    if (wanted == stage) {
      return carriedOut(Result.DONE);
    }
    if (wanted.number != lastStage + 1) {
      return answer(Result.CONFLICT);
    }
    if (budget.isDead()) {
      budget.renew();
      epoch++;
    }
    if (!budget.charge(wanted, clock + STAGE_MILLIS, clock)) {
      return answer(Result.LOCKED);
    }
    wanted.begin(clock + STAGE_MILLIS, budget.era(), !budget.isOpen());
    stage = wanted;
    lastStage = wanted.number;
    return carriedOut(Result.DONE);
  }

  final Answer<P> fail(Session<P> session, Result otherwise) {
    sessions.remove(session);
    if (isLast(session)) {
      destroy();
      return answer(destroyed ? Result.DESTROYED : Result.NOT_ENROLLED);
    }
    return answer(otherwise);
  }

  final void endAll() {
    stage = null;
    sessions.clear();
  }

  /** Of a name that has no record nothing is lost: it is one that nobody has enrolled. */
  final void destroy() {
    endAll();
    destroyed = destroyed || active != null;
    active = null;
    budget.die();
  }

  final Answer<P> answer(Result result) {
    return new Answer<>(
        result, budget.attemptsLeft(), budget.until(), budget.last() != null, null, count());
  }

  /** The answer to what was done, which counts. */
  final Answer<P> carriedOut(Result result) {
    acts++;
    return answer(result);
  }

  final Count count() {
    return new Count(acts, successes, epoch, budget.charges(), budget.round(), budget.until());
  }
}
