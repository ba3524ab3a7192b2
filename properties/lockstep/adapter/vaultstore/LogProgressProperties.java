package lockstep.adapter.vaultstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lockstep.adapter.vaultstore.LogProgress.Entry;
import lockstep.spec.Verifies;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Which entries of a log count: those of their own term, each number once, whatever the log. */
class LogProgressProperties {

  private record Step(int termsLater, int proposedBefore, int number, long time) {}

  @Property(tries = 300)
  @Verifies({"REP-2~2", "REP-3", "REP-4"})
  void eachProposalCountsOnceAndOnlyInItsTerm(@ForAll("steps") List<Step> steps) {
    LogProgress progress = LogProgress.none();
    Set<List<Long>> counted = new HashSet<>();
    long term = 1;
    long index = 0;
    long time = 0;
    long largest = 0;
    for (Step step : steps) {
      largest = step.termsLater() > 0 ? 0 : largest;
      term += step.termsLater();
      long proposedIn = Math.max(0, term - step.proposedBefore());
      Entry entry = new Entry(++index, term, proposedIn, step.number(), step.time());
      boolean mayCount =
          proposedIn == term
              && step.number() > largest - LogProgress.WINDOW
              && counted.add(List.of(term, (long) step.number()));
      assertThat(progress.counts(entry)).as("%s after %s", entry, progress).isEqualTo(mayCount);
      if (mayCount) {
        time = Math.max(time, step.time());
        largest = Math.max(largest, step.number());
      }
      progress = progress.after(entry).orElseThrow();
      assertThat(progress.time()).isEqualTo(time);
      assertThat(progress.index()).isEqualTo(index);
      assertThat(progress.after(entry)).as("an entry that was applied").isEmpty();
      assertThat(LogProgress.decode(progress.encode())).contains(progress);
    }
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Step> step =
        Combinators.combine(
                Arbitraries.frequencyOf(
                    Tuple.of(8, Arbitraries.just(0)),
                    Tuple.of(1, Arbitraries.integers().between(1, 3))),
                Arbitraries.frequencyOf(
                    Tuple.of(8, Arbitraries.just(0)),
                    Tuple.of(1, Arbitraries.integers().between(-1, 2))),
                Arbitraries.frequencyOf(
                    Tuple.of(6, Arbitraries.integers().between(1, 12)),
                    Tuple.of(2, Arbitraries.integers().between(1_000, 1_050)),
                    Tuple.of(1, Arbitraries.integers().between(3_000, 9_000))),
                Arbitraries.longs().between(0, 1_000))
            .as((later, before, number, time) -> new Step(later, before, number, time));
    return step.list().ofMinSize(1).ofMaxSize(60);
  }

  @Property(tries = 100)
  @Verifies("REP-1~2")
  void progressOfAnotherFormIsNone(@ForAll byte[] any) {
    Optional<LogProgress> decoded = LogProgress.decode(any);
    decoded.ifPresent(progress -> assertThat(progress.encode()).isEqualTo(any));
    byte[] longer = Arrays.copyOf(LogProgress.none().encode(), 200);
    assertThat(LogProgress.decode(longer)).isEmpty();
  }
}
