package lockstep.adapter.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lockstep.spec.Verifies;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** When a log has to be cut, whatever stands between two paddings. */
class LogAgeProperties {

  private static final Duration STAY = Duration.ofSeconds(10);

  private final long[] now = {0};
  private final LogAge age = new LogAge(() -> now[0]);
  private long index;

  @Property(tries = 500)
  @Verifies("REP-8~2")
  void aCutIsDueExactlyWhileAnEntryThatNoCutFollowedIsOld(
      @ForAll @Size(max = 30) List<Padding> log) {
    LogAge fresh = new LogAge(() -> now[0]);
    List<Long> standing = new ArrayList<>();
    fresh.applied(0, Padding.NONE);
    fresh.applied(1, Padding.FIRST);
    fresh.applied(2, Padding.SECOND);
    int sinceFirst = -1;
    long cut = 2;
    for (int i = 0; i < log.size(); i++) {
      now[0] += Duration.ofSeconds(3).toNanos();
      fresh.applied(i + 3L, log.get(i));
      switch (log.get(i)) {
        case NONE -> standing.add(now[0]);
        case FIRST -> sinceFirst = standing.size();
        case SECOND -> {
          if (sinceFirst >= 0) {
            standing.subList(0, sinceFirst).clear();
            cut = i + 3L;
          }
          sinceFirst = -1;
        }
      }
      boolean isOld = standing.stream().anyMatch(at -> now[0] - at >= STAY.toNanos());
      assertThat(fresh.isDue(STAY)).isEqualTo(isOld);
      assertThat(fresh.cutAt()).isEqualTo(cut);
    }
  }

  @Test
  @Verifies("REP-8~2")
  void whatStoodThereWhenTheNodeStartedMayBeOfAnyAge() {
    assertThat(age.isDue(STAY)).isFalse();
    age.applied(index++, Padding.NONE);
    assertThat(age.isDue(STAY)).isTrue();
    age.applied(index++, Padding.FIRST);
    assertThat(age.isDue(STAY)).isTrue();
    age.applied(index++, Padding.SECOND);
    assertThat(age.isDue(STAY)).isFalse();
    assertThat(Padding.of(Padding.FIRST.content())).isEqualTo(Padding.FIRST);
    assertThat(Padding.of(Padding.SECOND.content())).isEqualTo(Padding.SECOND);
    assertThat(2 * Padding.FIRST.content().length).isGreaterThan(LogProperties.SEGMENT_BYTES);
  }
}
