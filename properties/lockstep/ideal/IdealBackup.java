package lockstep.ideal;

import lockstep.ideal.Ideal.Answer;
import lockstep.ideal.Ideal.Backup;
import lockstep.ideal.Ideal.HeldKey;
import lockstep.ideal.Ideal.Opening;
import lockstep.ideal.Ideal.Release;
import lockstep.ideal.Ideal.Result;
import lockstep.ideal.Ideal.Session;
import lockstep.ideal.Ideal.Stage;
import lockstep.ideal.Ideal.Standing;
import lockstep.spec.NonNormative;
import org.jspecify.annotations.Nullable;

/**
 * One account's backups as a trusted party would keep them: it is told the password and compares.
 *
 * <p>There is no cryptography, no message and no disk here, and of passwords and backups nothing is
 * used but whether two are equal. What this class answers is what everybody may learn; the real
 * system is held against it under the same schedule of requests, losses, crashes and clocks. Times
 * are milliseconds since 1970 as the vault's clock shows them, right or wrong; the account goes by
 * the largest that it has seen.
 *
 * @param <P> passwords
 */
@NonNormative("what the clauses of vault and freshness come to, for the code to be held against")
public final class IdealBackup<P> extends IdealAccount<P> {

  /** An account that nobody has enrolled, with so many attempts in each of so many rounds. */
  public IdealBackup(int attempts, int rounds, long waitMillis) {
    super(new IdealBudget(attempts, rounds, waitMillis));
  }

  /** Pays for one comparison with the active record. */
  public Answer<P> attempt(long time) {
    settle(time);
    if (destroyed || active == null) {
      return answer(destroyed ? Result.DESTROYED : Result.NOT_ENROLLED);
    }
    Session<P> session =
        new Session<>(active, null, clock + SESSION_MILLIS, hear(time) + SESSION_MILLIS, process);
    if (!budget.charge(session, session.endsAt, clock)) {
      return answer(Result.LOCKED);
    }
    sessions.add(session);
    return carriedOut(Result.EVALUATED).in(session);
  }

  /** The same for the holder of the key, who thereby cancels a restart. */
  public Answer<P> attempt(HeldKey key, long time) {
    return look(key, time) == null ? answer(Result.NOT_ENTITLED) : attempt(time);
  }

  /** The one comparison that a session is good for; equal passwords release the key. */
  public Answer<P> prove(Session<P> session, P password, long time) {
    if (session.asked || !isRemembered(session, time)) {
      return answer(Result.SESSION_OVER);
    }
    session.asked = true;
    settle(time);
    if (!sessions.contains(session)) {
      return answer(Result.SESSION_OVER);
    }
    if (!session.entry.opensWith().equals(password)) {
      return fail(session, Result.WRONG_PASSWORD);
    }
    if (session.trialOf == null) {
      budget.renew();
      successes++;
      restartAt = 0;
    } else if (session.trialOf != stage) {
      sessions.remove(session);
      return answer(Result.SESSION_OVER);
    } else {
      budget.giveBack(session.trialOf.era, session.trialOf.locked);
    }
    session.release = new Release(session.entry.key(), session.entry.stage(), mark);
    return carriedOut(Result.RELEASED).in(session);
  }

  /** Ends a session without a comparison. */
  public Answer<P> abandon(Session<P> session, long time) {
    if (session.asked || !isRemembered(session, time)) {
      return answer(Result.SESSION_OVER);
    }
    session.asked = true;
    settle(time);
    return sessions.contains(session) ? fail(session, Result.DONE) : answer(Result.SESSION_OVER);
  }

  /** Pays for a new record where there is none, or a restart was completed. */
  public Answer<P> stage(Stage<P> wanted, long time) {
    if (active != null && !isOverAt(time)) {
      return answer(Result.NOT_ENTITLED);
    }
    settle(time);
    return destroyed && !restarted ? answer(Result.DESTROYED) : accept(wanted);
  }

  /** Pays for a new record where the holder of the key finds the old one destroyed. */
  public Answer<P> stage(Stage<P> wanted, HeldKey key, long time) {
    if (key != owner || !(destroyed || isOverAt(time))) {
      return answer(Result.NOT_ENTITLED);
    }
    settle(time);
    restartAt = 0;
    return accept(wanted);
  }

  /** Pays for a new record in place of the one that the session opened; uses the session up. */
  public Answer<P> stage(Stage<P> wanted, Session<P> session, long time) {
    boolean again = wanted == stage && clockAt(time) < wanted.endsAt && isRemembered(session, time);
    if (active == null
        || !(again || (session.entry.stage() == active.stage() && isUsable(session, time)))) {
      return answer(Result.NOT_ENTITLED);
    }
    settle(time);
    sessions.remove(session);
    return accept(wanted);
  }

  /** Hands over, once, what the stage is to become. */
  public Answer<P> propose(Stage<P> wanted, P password, HeldKey key, long time) {
    if (wanted != stage || clockAt(time) >= wanted.endsAt || isOverAt(time)) {
      return answer(Result.NOT_ENTITLED);
    }
    settle(time);
    if (wanted.entry == null) {
      wanted.entry = new Opening<>(wanted.number, password, key);
    }
    return answer(Result.DONE);
  }

  /** Opens the one session on the staged record. */
  public Answer<P> tryOut(Stage<P> wanted, long time) {
    if (wanted != stage || clockAt(time) >= wanted.endsAt || isOverAt(time)) {
      return answer(Result.NOT_ENTITLED);
    }
    settle(time);
    if (wanted.entry == null || wanted.tried) {
      return answer(Result.CONFLICT);
    }
    wanted.tried = true;
    Session<P> trial =
        new Session<>(
            wanted.entry, wanted, clock + SESSION_MILLIS, hear(time) + SESSION_MILLIS, process);
    sessions.add(trial);
    budget.endNoLaterThan(wanted, trial.endsAt);
    return answer(Result.EVALUATED).in(trial);
  }

  /** Puts the record in force that the session has proven, in place of the one before. */
  public Answer<P> activate(Session<P> trial, long time) {
    if (trial.trialOf == null || !isUsable(trial, time)) {
      return answer(Result.NOT_ENTITLED);
    }
    settle(time);
    if (trial.trialOf != stage) {
      return answer(Result.CONFLICT);
    }
    if (budget.last() != null) {
      return answer(Result.LOCKED);
    }
    mark = trial.entry.key() == owner ? mark : Backup.NONE;
    owner = trial.entry.key();
    active = trial.entry;
    destroyed = false;
    restarted = false;
    endAll();
    return carriedOut(Result.DONE);
  }

  /** Switches backups off; what is left of the budget stays as it is. */
  public Answer<P> disable(HeldKey key, long time) {
    if (key != owner) {
      return answer(Result.NOT_ENTITLED);
    }
    settle(time);
    restartAt = 0;
    if (destroyed) {
      return answer(Result.DESTROYED);
    }
    endAll();
    mark = Backup.NONE;
    if (budget.last() != null) {
      destroy();
    } else {
      active = null;
      owner = null;
    }
    return carriedOut(Result.DONE);
  }

  /** Notes the newest backup; an older one, or another of the same number, is not taken. */
  public Answer<P> setMark(HeldKey key, Backup newest, long time) {
    if (key != owner) {
      return answer(Result.NOT_ENTITLED);
    }
    settle(time);
    restartAt = 0;
    if (destroyed) {
      return answer(Result.DESTROYED);
    }
    if (newest != mark && newest.number() <= mark.number()) {
      return answer(Result.CONFLICT);
    }
    mark = newest;
    return carriedOut(Result.DONE);
  }

  /** Asks for a fresh start without password and key. */
  public Answer<P> restart(long time) {
    settle(time);
    if (active == null && !destroyed) {
      return answer(Result.NOT_ENROLLED);
    }
    restartAt = restartAt == 0 ? clock + RESTART_MILLIS : restartAt;
    return carriedOut(Result.PENDING).until(restartAt);
  }

  /** Makes the fresh start, once its time has come. */
  public Answer<P> completeRestart(long time) {
    settle(time);
    if (restartAt == 0 || clock < restartAt) {
      return restartAt == 0 ? answer(Result.CONFLICT) : answer(Result.PENDING).until(restartAt);
    }
    destroy();
    restarted = true;
    restartAt = 0;
    return carriedOut(Result.DONE);
  }

  /** What the account's holder is told. */
  public Standing look(long time) {
    settle(time);
    return new Standing(
        active != null,
        destroyed,
        restarted,
        budget.charges(),
        budget.round(),
        budget.until(),
        restartAt,
        mark,
        active == null ? 0 : active.stage(),
        lastStage,
        clock,
        owner,
        count());
  }

  /** The same for the holder of the key, who thereby cancels a restart; null for anybody else. */
  public @Nullable Standing look(HeldKey key, long time) {
    if (key != owner) {
      return null;
    }
    settle(time);
    restartAt = 0;
    return look(time);
  }
}
