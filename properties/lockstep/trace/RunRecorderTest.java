package lockstep.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import lockstep.evidence.Needs;
import lockstep.kernel.PaddingArithmetic;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** What is recorded of a test: how it ended, its cases, its seed, what it executed. */
class RunRecorderTest {

  private static final String PADDING = PaddingArithmetic.class.getName();

  @TempDir Path folder;

  /** Never run by Surefire: nested, and without a suffix. */
  static class Plain {
    @BeforeAll
    static void before() {
      PaddingArithmetic.paddedLength(7);
    }

    @Test
    void callsNothing() {}

    @Test
    void callsTheKernel() {
      PaddingArithmetic.paddedLength(1_000);
    }

    @Test
    @EnabledIfSystemProperty(named = "lockstep.no-such-property", matches = "yes")
    void isSwitchedOff() {}

    @Test
    void fails() {
      throw new AssertionError("as it has to");
    }

    @Test
    void isGivenUp() {
      Assumptions.assumeTrue(false);
    }

    @TestFactory
    Stream<DynamicTest> makesNoCase() {
      return Stream.empty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void hasThreeCases(int number) {
      assertThat(number).isPositive();
    }
  }

  /** Needs what no machine has. */
  @Needs("lockstep-no-such-program")
  static class Lacking {
    @Test
    void isLeftOut() {
      throw new AssertionError("it ran");
    }

    @Property
    void isLeftOutToo(@ForAll int number) {
      throw new AssertionError("it ran");
    }
  }

  /** Needs what every machine has. */
  @Needs("sh")
  static class Lucky {
    @Test
    void runs() {}

    @Property(tries = 3)
    void runsToo(@ForAll int number) {
      PaddingArithmetic.paddedLength(number & 0xff);
    }

    @Test
    @EnabledIfSystemProperty(named = "lockstep.no-such-property", matches = "yes")
    void isSwitchedOff() {}
  }

  /** As above, for jqwik. */
  static class Tried {
    @Property(tries = 40)
    void discardsTheOdd(@ForAll int number) {
      Assume.that(number % 2 == 0);
    }

    @Property(tries = 5, seed = "77")
    void keepsItsOwnSeed(@ForAll int number) {
      PaddingArithmetic.paddedLength(number & 0xff);
    }
  }

  private Map<String, TestOutcome> record(Class<?> type) throws IOException {
    LauncherConfig config =
        LauncherConfig.builder()
            .enableTestExecutionListenerAutoRegistration(false)
            .addTestExecutionListeners(new RunRecorder(Optional.of(folder)))
            .build();
    LauncherFactory.create(config)
        .execute(LauncherDiscoveryRequestBuilder.request().selectors(selectClass(type)).build());
    Map<String, TestOutcome> tests = new TreeMap<>();
    TestRun.readAll(folder).get(type.getName()).tests().forEach(t -> tests.put(t.method(), t));
    return tests;
  }

  @Test
  void whatATestExecutedIsItsOwn() throws IOException {
    Map<String, TestOutcome> tests = record(Plain.class);
    assertThat(tests.get("callsNothing").executed().methods()).isEmpty();
    assertThat(tests.get("callsTheKernel").executed().methods().get(PADDING))
        .contains("paddedLength");
    TestRun run = TestRun.readAll(folder).get(Plain.class.getName());
    assertThat(run.setUp().methods().get(PADDING)).contains("paddedLength");
  }

  @Test
  void howATestEndedAndItsCases() throws IOException {
    Map<String, TestOutcome> tests = record(Plain.class);
    assertThat(tests).hasSize(7);
    ended(tests, "callsNothing", TestOutcome.Status.PASSED, 1);
    ended(tests, "isSwitchedOff", TestOutcome.Status.DISABLED, 0);
    ended(tests, "fails", TestOutcome.Status.FAILED, 0);
    ended(tests, "isGivenUp", TestOutcome.Status.PASSED, 0);
    ended(tests, "makesNoCase", TestOutcome.Status.PASSED, 0);
    ended(tests, "hasThreeCases", TestOutcome.Status.PASSED, 3);
  }

  @Test
  void whatLacksAProgramIsToldApartFromWhatIsSwitchedOff() throws IOException {
    Map<String, TestOutcome> lacking = record(Lacking.class);
    ended(lacking, "isLeftOut", TestOutcome.Status.LACKS_TOOL, 0);
    ended(lacking, "isLeftOutToo", TestOutcome.Status.LACKS_TOOL, 0);
    Map<String, TestOutcome> lucky = record(Lucky.class);
    ended(lucky, "runs", TestOutcome.Status.PASSED, 1);
    ended(lucky, "runsToo", TestOutcome.Status.PASSED, 3);
    ended(lucky, "isSwitchedOff", TestOutcome.Status.DISABLED, 0);
  }

  private static void ended(
      Map<String, TestOutcome> tests, String name, TestOutcome.Status status, int cases) {
    assertThat(tests.get(name).status()).as(name).isEqualTo(status);
    assertThat(tests.get(name).cases()).as(name).isEqualTo(cases);
  }

  @Test
  void aPropertyHasTheSameSeedAndTriesEachTime() throws IOException {
    Map<String, TestOutcome> first = record(Tried.class);
    assertThat(record(Tried.class)).isEqualTo(first);
    TestOutcome discarding = first.get("discardsTheOdd");
    assertThat(discarding.cases()).isBetween(1, 39);
    assertThat(discarding.seed()).matches("[0-9]+");
    assertThat(first.get("keepsItsOwnSeed").seed()).isEqualTo("77");
    assertThat(first.get("keepsItsOwnSeed").cases()).isEqualTo(5);
  }

  /** Bodies of tests, hollow and not. */
  static class Bodies extends Plain {
    @BeforeEach
    void setUp() {
      PaddingArithmetic.paddedLength(7);
    }

    @Test
    void assertsTrue() {
      assertTrue(true);
    }

    @Property
    boolean isGivenButIgnores(@ForAll int given) {
      return true;
    }

    @Test
    void callsInALambda() {
      assertThatCode(() -> List.of(1).forEach(n -> PaddingArithmetic.paddedLength(n)))
          .doesNotThrowAnyException();
    }

    @Test
    void callsByReference() {
      assertThat(LongStream.of(7).map(PaddingArithmetic::paddedLength).sum()).isPositive();
    }

    @Test
    void assertsInALambdaOnly() {
      assertThatCode(() -> assertTrue(true)).doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "assertsTrue, true",
    "isGivenButIgnores, true",
    "assertsInALambdaOnly, true",
    "callsNothing, true",
    "callsInALambda, false",
    "callsByReference, false",
    "callsTheKernel, false"
  })
  void aBodyThatNamesNoCodeIsHollow(String method, boolean hollow) {
    assertThat(TestBodies.isHollow(Bodies.class, method)).isEqualTo(hollow);
  }

  @Test
  void aSetUpMakesNoBodyOfItsTest() throws IOException {
    TestOutcome test = record(Bodies.class).get("assertsTrue");
    assertThat(test.executed().methods()).containsKey(PADDING);
    assertThat(test.hollow()).isTrue();
  }

  @Test
  void aLambdasNameIsThatOfItsMethod() {
    assertThat(
            List.of("<init>", "open", "lambda$open$3", "<clinit>").stream()
                .map(m -> ExecutionProbes.declaredName("lockstep/vault/Desk$Case", m)))
        .containsExactly("Case", "open", "open", "<clinit>");
  }
}
