package lockstep.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import lockstep.spec.Verifies;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What fails is made short without ceasing to fail. */
class ShrinkerProperties {

  @Property(tries = 100)
  @Verifies("CNF-6")
  void onlyWhatTheFailureNeedsIsLeft(
      @ForAll @IntRange(min = 0, max = 59) int first,
      @ForAll @IntRange(min = 0, max = 59) int second) {
    List<Integer> steps = IntStream.range(0, 60).boxed().toList();
    List<Integer> shrunk =
        Shrinker.shrink(steps, kept -> kept.contains(first) && kept.contains(second));
    assertThat(shrunk)
        .containsExactlyInAnyOrderElementsOf(List.of(first, second).stream().distinct().toList());
  }
}
