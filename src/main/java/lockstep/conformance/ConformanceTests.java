package lockstep.conformance;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lockstep.conformance.CaseResult.Standing;
import lockstep.spec.Implements;
import lockstep.spec.NonNormative;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * Every case as a JUnit 5 test. Extend it, return your testee, run the tests:
 *
 * <pre>{@code
 * class MyBackupTest extends ConformanceTests {
 *   @Override
 *   protected Testee testee() {
 *     return new MyTestee();
 *   }
 * }
 * }</pre>
 */
@Implements("CNF-8")
public abstract class ConformanceTests {

  /** A new testee; asked for once a run. */
  protected abstract Testee testee();

  /** What is examined; all there is, unless overridden. */
  @NonNormative("a setting")
  protected Conformance conformance() {
    return Conformance.standard();
  }

  /** One test a case, in one container a profile. */
  @TestFactory
  Stream<DynamicNode> cases() {
    Conformance conformance = conformance();
    Testee testee = conformance.guarded(testee());
    Capabilities capabilities =
        Capabilities.of(testee)
            .orElseThrow(
                () ->
                    new AssertionFailedError(
                        "the implementation under test did not report its capabilities"));
    Map<String, List<TestCase>> byProfile =
        conformance.cases(capabilities).stream()
            .collect(
                Collectors.groupingBy(TestCase::home, LinkedHashMap::new, Collectors.toList()));
    return byProfile.entrySet().stream()
        .map(
            entry ->
                dynamicContainer(
                    entry.getKey(),
                    entry.getValue().stream()
                        .map(
                            test ->
                                dynamicTest(
                                    test.id(),
                                    () ->
                                        require(conformance.judge(testee, capabilities, test))))));
  }

  private static void require(CaseResult result) {
    if (result.standing() == Standing.FAILED) {
      throw new AssertionFailedError(
          FailureText.of(result, ClauseTexts.bundled(), List.of()).asText());
    }
    if (result.standing() != Standing.PASSED) {
      throw new TestAbortedException(result.standing().text());
    }
  }
}
