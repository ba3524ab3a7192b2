package lockstep.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.util.List;
import java.util.function.Function;
import lockstep.evidence.Rule;
import lockstep.spec.ByConstruction;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.Test;

/** The product keeps each rule, and each rule catches the fixture that breaks it. */
@ByConstruction("a rule over compiled classes; nothing of them runs")
@Rule
final class ArchitectureRules {

  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("lockstep");

  private static final JavaClasses FIXTURES = new ClassFileImporter().importPackages("fixtures");

  @Test
  @Verifies({"ARC-1~2", "KEY-4"})
  void clientAndServerZoneNeverMeet() {
    holdsAndBites(Architecture::zoneWall, "fixtures.zonewall");
  }

  @Test
  @Verifies("ARC-2")
  void coreDoesNoInputOutputAndReadsNoClock() {
    holdsAndBites(Architecture::coreIsPure, "fixtures.impurecore");
  }

  @Test
  @Verifies({"ARC-3", "PRV-3"})
  void keyMaterialNeverReachesAnAdapter() {
    holdsAndBites(Architecture::adaptersSeeNoKeys, "fixtures.leakyadapter");
  }

  @Test
  @Verifies("ARC-4~2")
  void packagesUseWhatTheTableAllowsWithoutCycles() {
    holdsAndBites(Architecture::dependencies, "fixtures.tangle");
  }

  @Test
  @Verifies("ARC-5")
  void randomnessIsNeverPredictable() {
    holdsAndBites(Architecture::noWeakRandomness, "fixtures.dice");
  }

  @Test
  @Verifies({"ARC-6~2", "SEC-1"})
  void noStringHoldsASecret() {
    holdsAndBites(Architecture::noTextForASecret, "fixtures.textsecret");
  }

  @Test
  @Verifies("SEC-4")
  void whoSeesSecretsComparesInConstantTime() {
    holdsAndBites(Architecture::noHastyComparison, "fixtures.hastymac");
  }

  @Test
  @Verifies("OPR-4")
  void scalarsAreMultipliedInConstantTime() {
    holdsAndBites(Architecture::noHastyArithmetic, "fixtures.hastyscalar");
  }

  private static void holdsAndBites(
      Function<Architecture, List<ArchRule>> rules, String fixtureRoot) {
    for (ArchRule rule : rules.apply(new Architecture("lockstep"))) {
      rule.check(PRODUCT);
    }
    for (ArchRule rule : rules.apply(new Architecture(fixtureRoot))) {
      EvaluationResult result = rule.evaluate(FIXTURES);
      if (bitesFixture(rule)) {
        assertThat(result.hasViolation()).as("fixture breaks: %s", rule.getDescription()).isTrue();
      }
    }
  }

  /** The table has a row a package; the tangle breaks one of them, and the rule against cycles. */
  private static boolean bitesFixture(ArchRule rule) {
    String description = rule.getDescription();
    return !description.contains("of a package outside") || description.contains("tangle.wire'");
  }
}
