package lockstep.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import lockstep.conformance.Answer.Broken;
import lockstep.conformance.Answer.Fault;
import lockstep.spec.Verifies;
import net.jqwik.api.Example;

/** A testee in this JVM may throw and hang as it likes. */
class BrokenTesteeProperties {

  /** Does what the operation is called. */
  private static final class Fickle implements Testee {

    private int restarts;

    @Override
    public Answer answer(String op, JsonNode input) {
      if (op.equals("throw")) {
        throw new IllegalStateException("out of luck");
      }
      if (op.equals("overflow")) {
        throw new StackOverflowError();
      }
      while (op.equals("hang") && !Thread.interrupted()) {
        LockSupport.parkNanos(1_000_000);
      }
      return Cases.result("{\"said\":\"" + op + "\"}");
    }

    @Override
    public void restart() {
      restarts++;
    }
  }

  @Example
  @Verifies("CNF-3")
  void whatItThrowsAndWhereItHangsEndsThatRequestOnly() {
    Fickle fickle = new Fickle();
    try (Testee testee = new GuardedTestee(fickle, Duration.ofMillis(400))) {
      assertFault(testee, "throw", Fault.CRASH);
      assertFault(testee, "overflow", Fault.CRASH);
      assertFault(testee, "hang", Fault.HANG);
      assertThat(testee.answer("next", Cases.json("{}")))
          .isEqualTo(Cases.result("{\"said\":\"next\"}"));
      assertThat(fickle.restarts).isEqualTo(3);
    }
  }

  private static void assertFault(Testee testee, String op, Fault fault) {
    Answer answer = testee.answer(op, Cases.json("{}"));
    assertThat(((Broken) answer).fault()).isEqualTo(fault);
  }

  @Example
  @Verifies("CNF-2~2")
  void aTesteeThatTellsNoCapabilitiesIsNotConformant() {
    for (Answer said :
        List.of(
            Cases.result("{}"),
            Cases.result("{\"implementation\":\"x\",\"version\":\"1\",\"profiles\":\"all\"}"),
            new Answer.Rejected("Refused"))) {
      ConformanceReport report = Conformance.standard().examine(Cases.answering(said));
      assertThat(report.isConformant()).isFalse();
      assertThat(report.troubles()).hasSize(1);
    }
  }

  @Example
  @Verifies("CNF-2~2")
  void onlyWhatIsClaimedIsAsked() {
    Testee claimsNothing =
        Cases.answering(
            Cases.result(
                "{\"implementation\":\"x\",\"version\":\"1\",\"profiles\":[],\"ops\":[]}"));
    ConformanceReport report =
        Conformance.standard()
            .withProfiles(Set.of("limiter"))
            .withSchedules(1, 2)
            .examine(claimsNothing);
    assertThat(report.passed()).isZero();
    assertThat(report.failed()).isZero();
    assertThat(report.notOffered()).isGreaterThanOrEqualTo(4);
    assertThat(report.isConformant()).isFalse();
  }
}
