package lockstep.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import lockstep.spec.Implements;

/**
 * Makes a failing schedule short: takes halves, quarters, … and at last single steps out as long as
 * what is left still fails.
 */
@Implements("CNF-6")
final class Shrinker {

  private static final int RUNS_MAX = 400;

  private Shrinker() {}

  /** The shortest list found that still fails; {@code steps} itself must. */
  static <T> List<T> shrink(List<T> steps, Predicate<List<T>> fails) {
    List<T> kept = new ArrayList<>(steps);
    int runs = 0;
    for (int size = Math.max(1, kept.size() / 2); size >= 1; size /= 2) {
      boolean removed = true;
      while (removed) {
        removed = false;
        for (int from = 0; from + size <= kept.size() && runs < RUNS_MAX; ) {
          List<T> fewer = new ArrayList<>(kept.subList(0, from));
          fewer.addAll(kept.subList(from + size, kept.size()));
          runs++;
          if (!fewer.isEmpty() && fails.test(fewer)) {
            kept = fewer;
            removed = true;
          } else {
            from += size;
          }
        }
      }
    }
    return List.copyOf(kept);
  }
}
