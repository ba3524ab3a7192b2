package lockstep.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lockstep.spec.Verifies;
import net.jqwik.api.Example;

/** The reference is conformant with nothing left out, in this JVM and as a child process. */
class ReferenceProperties {

  @Example
  @Verifies({"CNF-2~2", "CNF-4", "CNF-6", "CNF-12"})
  void theReferencePassesInThisJvmWithNothingSkipped() {
    ConformanceReport report =
        Conformance.standard().withSchedules(1, 40).examine(new ReferenceTestee());
    assertWhole(report);
    assertThat(report.passed())
        .isEqualTo(
            Vectors.bundled().size()
                + Complements.all().size()
                + Messages.all().size()
                + Stories.all().size()
                + 3 * 40);
  }

  @Example
  @Verifies({"CNF-1", "CNF-2~2"})
  void theReferencePassesAsAChildProcessWithNothingSkipped() {
    try (Testee testee = Testee.process(OracleProcess.COMMAND, Duration.ofSeconds(60))) {
      assertWhole(Conformance.standard().withSchedules(2, 10).examine(testee));
    }
  }

  private static void assertWhole(ConformanceReport report) {
    assertThat(report.failures()).isEmpty();
    assertThat(report.troubles()).isEmpty();
    assertThat(report.notOffered()).isZero();
    assertThat(report.adviceNotFollowed()).isZero();
    assertThat(report.isConformant()).isTrue();
  }

  @Example
  @Verifies("CNF-6")
  void schedulesReachWhatTheyAreFor() {
    Set<String> reached =
        IntStream.range(0, 60)
            .mapToObj(n -> Schedules.draw("vault", 7, n))
            .flatMap(test -> test.steps().stream())
            .map(step -> step.op() + " " + step.expected().path("rejected").asText("result"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(reached)
        .contains(
            "attempt result",
            "attempt Locked",
            "attempt Destroyed",
            "finish result",
            "finish WrongProof",
            "finish SessionUnknown",
            "finish Destroyed",
            "stage.reserve Conflict",
            "stage.activate result",
            "mark Conflict",
            "disable result");
  }

  @Example
  @Verifies("CNF-6")
  void aScheduleIsTheSameWheneverItIsDrawn() {
    for (String kind : Schedules.KINDS) {
      TestCase drawn = Schedules.draw(kind, 11, 3);
      assertThat(Schedules.byId(drawn.id())).contains(drawn);
      assertThat(Schedules.draw(kind, 12, 3).steps()).isNotEqualTo(drawn.steps());
    }
    assertThat(List.of("payload-0001", "schedule-other-1-1")).noneMatch(Schedules::isSchedule);
  }
}
