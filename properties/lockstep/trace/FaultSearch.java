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
  Optional<Citation> quickKiller(FaultyJava faulty, List<Asked> citing) throws IOException {
    if (warm.isEmpty() || !warm.get().swapIn(faulty)) {
      return killer(faulty, citing);
    }
    Optional<Citation> killer = killer(faulty, citing, warm.get());
    if (killer.isEmpty()) {
      warm.get().startAgain();
    }
    return killer;
  }

  private Optional<Citation> killer(FaultyJava faulty, List<Asked> citing, WarmProduct product)
      throws IOException {
    for (Asked asked : citing) {
      Verdict verdict = run(asked, product.loader());
      if (verdict == Verdict.DENIED) {
        product.swapOut();
        boolean sound = run(asked, product.loader()) == Verdict.PASSED;
        return sound ? Optional.of(asked.citation()) : Optional.empty();
      }
      if (verdict == Verdict.STUCK) {
        product.startAgain();
        product.swapIn(faulty);
      }
    }
    return Optional.empty();
  }

  /** The first of the tests that denies the fault in classes of its own. */
  Optional<Citation> killer(FaultyJava faulty, List<Asked> citing) {
    ClassLoader loader = faulty.loader();
    for (Asked asked : citing) {
      Verdict verdict = run(asked, loader);
      if (verdict == Verdict.DENIED && isSound(asked)) {
        return Optional.of(asked.citation());
      }
      loader = verdict == Verdict.STUCK ? faulty.loader() : loader;
    }
    return Optional.empty();
  }

  private boolean isSound(Asked asked) {
    return sound.computeIfAbsent(
        asked.citation().place(),
        place -> run(asked, FaultyJava.without().loader()) == Verdict.PASSED);
  }

  private Verdict run(Asked asked, ClassLoader loader) {
    CodePlace place = asked.citation().place();
    Duration before = FaultTrial.used();
    Verdict verdict = new FaultTrial(asked.work()).run(place, loader);
    costs.took(place, FaultTrial.used().minus(before));
    return verdict;
  }

  /**
   * A test that is asked.
   *
   * @param work what it may use of the processors
   */
  record Asked(Citation citation, Duration work) {}
}
