package lockstep.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import lockstep.spec.Verifies;
import net.jqwik.api.Example;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** Extend one class, run the tests. */
class BaseClassProperties {

  private static final int SCHEDULES = 5;

  /** What a user writes; the settings only make it short. */
  static class RightTestee extends ConformanceTests {
    @Override
    protected Testee testee() {
      return new ReferenceTestee();
    }

    @Override
    protected Conformance conformance() {
      return Conformance.standard().withProfiles(Set.of("limiter")).withSchedules(3, SCHEDULES);
    }
  }

  /** Gives an attempt more than there is. */
  static final class WrongTestee extends RightTestee {
    @Override
    protected Testee testee() {
      return new ReferenceTestee() {
        @Override
        public Answer answer(String op, JsonNode input) {
          if (input.path("policy") instanceof ObjectNode) {
            ObjectNode other = input.deepCopy();
            ((ObjectNode) other.get("policy")).put("attempts", 6);
            return super.answer(op, other);
          }
          return super.answer(op, input);
        }
      };
    }
  }

  /** Claims no profile. */
  static final class NarrowTestee extends RightTestee {
    @Override
    protected Testee testee() {
      return new ReferenceTestee() {
        @Override
        public Answer answer(String op, JsonNode input) {
          Answer answer = super.answer(op, input);
          if (op.equals("capabilities") && answer instanceof Answer.Result result) {
            ObjectNode none = result.value().deepCopy();
            none.putArray("profiles");
            return new Answer.Result(none);
          }
          return answer;
        }
      };
    }
  }

  private static int cases(RightTestee test) {
    Capabilities claims = Capabilities.of(test.testee()).orElseThrow();
    return test.conformance().cases(claims).size();
  }

  private static Events run(Class<?> type) {
    return EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(type))
        .execute()
        .testEvents();
  }

  @Example
  @Verifies("CNF-8")
  void thereIsOneTestACase() {
    int cases = cases(new RightTestee());
    assertThat(cases).isGreaterThan(2 * SCHEDULES);
    run(RightTestee.class).assertStatistics(counts -> counts.succeeded(cases).failed(0).aborted(0));
  }

  @Example
  @Verifies("CNF-8")
  void whatATesteeDoesNotOfferIsNeitherPassedNorFailed() {
    int cases = cases(new NarrowTestee());
    run(NarrowTestee.class)
        .assertStatistics(counts -> counts.succeeded(0).failed(0).aborted(cases));
  }

  @Example
  @Verifies("CNF-8")
  void aWrongTesteeFailsWithTheReason() {
    Events events = run(WrongTestee.class);
    assertThat(events.failed().count()).isPositive();
    assertThat(events.failed().stream().findFirst().orElseThrow().toString())
        .contains("clause LIM-3~1", "expected: ", "came: ");
  }
}
