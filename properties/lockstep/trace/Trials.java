package lockstep.trace;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import lockstep.trace.MutantJvm.Verdict;

/** What tests make of mutants; each pair is run at most once, on one of several workers. */
final class Trials implements AutoCloseable {

  /** Tries of a property at first, and where those found nothing. */
  static final int FEW_TRIES = 25;

  static final int ALL_TRIES = 1_000;

  /** With {@code -Dlockstep.strength.log=true} each trial is a line on standard error. */
  private static final boolean LOGGED = Boolean.getBoolean("lockstep.strength.log");

  private record Trial(TestName test, Mutant mutant, int tries) {}

  private final Map<Trial, Verdict> verdicts = new ConcurrentHashMap<>();
  private final Set<Mutant> killed = ConcurrentHashMap.newKeySet();
  private final Map<Thread, Seat> seats = new ConcurrentHashMap<>();
  private final Supplier<MutantWorker> start;
  private final ExecutorService threads;
  private final long deadline;

  /** A thread's worker, and what it has still to confirm. */
  private static final class Seat {
    private final MutantWorker worker;
    private final List<Trial> unconfirmed = new ArrayList<>();
    private boolean careful;

    Seat(MutantWorker worker) {
      this.worker = worker;
    }
  }

  /**
   * @param time after which nothing new is begun, by {@link #isLate}
   */
  Trials(int count, Duration time, Supplier<MutantWorker> start) {
    this.deadline = System.nanoTime() + time.toNanos();
    this.start = start;
    this.threads = Executors.newFixedThreadPool(count);
  }

  /** Whether the run's time is over. */
  boolean isLate() {
    return System.nanoTime() - deadline > 0;
  }

  private Seat seat() {
    return seats.computeIfAbsent(Thread.currentThread(), t -> new Seat(start.get()));
  }

  /** One piece of work, whose trials run on one worker. */
  interface Piece {
    void run() throws IOException;
  }

  /** Does all pieces, each on one worker, and returns when the last is done. */
  void each(List<Piece> pieces) throws IOException {
    List<Future<?>> running = new ArrayList<>();
    for (Piece piece : pieces) {
      running.add(
          threads.submit(
              () -> {
                piece.run();
                return null;
              }));
    }
    try {
      for (Future<?> one : running) {
        one.get();
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new IOException(e);
    }
  }

  /**
   * Runs the test against the mutant, unless that was done, and makes sure that it passes without;
   * from within a piece only.
   */
  Verdict run(TestName test, Mutant mutant, int tries) throws IOException {
    return run(new Trial(test, mutant, tries), true);
  }

  /** The same, but {@link #confirm} has to make sure. */
  Verdict runUnconfirmed(TestName test, Mutant mutant, int tries) throws IOException {
    return run(new Trial(test, mutant, tries), seat().careful);
  }

  private Verdict run(Trial trial, boolean sure) throws IOException {
    Verdict known = verdicts.get(trial);
    if (known == null) {
      known = seat().worker.run(trial.test(), trial.mutant(), trial.tries(), sure);
      verdicts.put(trial, known);
      if (LOGGED) {
        System.err.println(known + " " + trial.test().display() + " " + trial.mutant().display());
      }
      if (known != Verdict.PASSED) {
        killed.add(trial.mutant());
        if (!sure) {
          seat().unconfirmed.add(trial);
        }
      }
    }
    return known;
  }

  /**
   * Whether every test that noticed a mutant in this piece still passes without one. Where a mutant
   * has left something behind, what was not confirmed is forgotten, and from then on each failure
   * is confirmed by itself.
   */
  boolean confirm() throws IOException {
    List<Trial> open = List.copyOf(seat().unconfirmed);
    seat().unconfirmed.clear();
    for (TestName test : open.stream().map(Trial::test).distinct().toList()) {
      if (!seat().worker.passes(test, FEW_TRIES)) {
        open.forEach(verdicts::remove);
        open.forEach(t -> killed.remove(t.mutant()));
        seat().careful = true;
        return false;
      }
    }
    return true;
  }

  /** Whether the test is known to deny the mutant. */
  boolean isDenied(TestName test, Mutant mutant) {
    return verdicts.get(new Trial(test, mutant, FEW_TRIES)) == Verdict.DENIED
        || verdicts.get(new Trial(test, mutant, ALL_TRIES)) == Verdict.DENIED;
  }

  /** Whether any test is known to notice the mutant. */
  boolean isKilled(Mutant mutant) {
    return killed.contains(mutant);
  }

  @Override
  public void close() {
    threads.shutdownNow();
    seats.values().forEach(s -> s.worker.close());
  }
}
