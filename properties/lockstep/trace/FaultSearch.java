package lockstep.trace;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lockstep.models.FaultyJava;
import lockstep.trace.MutantJvm.Verdict;

/**
 * Looks for a cited test that denies a fault and not the product as it is: in the {@link
 * WarmProduct}, where a test takes a tenth of what it takes in new classes, or in a loader of the
 * fault's own. Only what survives both survives. Not for several threads.
 */
final class FaultSearch {

  private final TestCosts costs;
  private final Optional<WarmProduct> warm;
  private final Map<CodePlace, Boolean> sound = new HashMap<>();

  /**
   * @param swaps nothing where this JVM swaps no classes
   */
  FaultSearch(TestCosts costs, Optional<Instrumentation> swaps) {
    this.costs = costs;
    this.warm = swaps.map(WarmProduct::new);
  }

  /** The first of the tests that denies the fault in the warm product, where that can have it. */
  Optional<Citation> quickKiller(FaultyJava faulty, List<Citation> citing, Duration work)
      throws IOException {
    if (warm.isEmpty() || !warm.get().swapIn(faulty)) {
      return killer(faulty, citing, work);
    }
    Optional<Citation> killer = killer(faulty, citing, work, warm.get());
    if (killer.isEmpty()) {
      warm.get().startAgain();
    }
    return killer;
  }

  private Optional<Citation> killer(
      FaultyJava faulty, List<Citation> citing, Duration work, WarmProduct product)
      throws IOException {
    for (Citation citation : citing) {
      Verdict verdict = run(citation.place(), product.loader(), work);
      if (verdict == Verdict.DENIED) {
        product.swapOut();
        boolean sound = run(citation.place(), product.loader(), work) == Verdict.PASSED;
        return sound ? Optional.of(citation) : Optional.empty();
      }
      if (verdict == Verdict.STUCK) {
        product.startAgain();
        product.swapIn(faulty);
      }
    }
    return Optional.empty();
  }

  /** The first of the tests that denies the fault in classes of its own. */
  Optional<Citation> killer(FaultyJava faulty, List<Citation> citing, Duration work) {
    ClassLoader loader = faulty.loader();
    for (Citation citation : citing) {
      CodePlace place = citation.place();
      Verdict verdict = run(place, loader, work);
      if (verdict == Verdict.DENIED && isSound(place, work)) {
        return Optional.of(citation);
      }
      loader = verdict == Verdict.STUCK ? faulty.loader() : loader;
    }
    return Optional.empty();
  }

  private boolean isSound(CodePlace test, Duration work) {
    return sound.computeIfAbsent(
        test, t -> run(t, FaultyJava.without().loader(), work) == Verdict.PASSED);
  }

  private Verdict run(CodePlace test, ClassLoader loader, Duration work) {
    Duration before = FaultTrial.used();
    Verdict verdict = new FaultTrial(work).run(test, loader);
    costs.took(test, FaultTrial.used().minus(before));
    System.err.println(
        "DBG "
            + (loader == warm.map(WarmProduct::loader).orElse(null) ? "warm " : "cold ")
            + verdict
            + " "
            + FaultTrial.used().minus(before).toMillis()
            + " "
            + test.display());
    return verdict;
  }
}
