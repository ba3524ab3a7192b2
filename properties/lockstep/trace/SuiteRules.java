package lockstep.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lockstep.evidence.Rule;
import org.junit.jupiter.api.Test;

/** No test is overlooked: Surefire runs a class by its name only, and is silent about the rest. */
@Rule
class SuiteRules {

  private static final Pattern INCLUDE =
      Pattern.compile("<include>\\*\\*/\\*([A-Za-z]+)\\.java</include>");

  private static List<String> runSuffixes() throws IOException {
    String pom = Files.readString(BuiltProject.directory().resolve("pom.xml"));
    return INCLUDE.matcher(pom).results().map((MatchResult m) -> m.group(1)).toList();
  }

  private static List<String> classesWithTests() throws IOException {
    Path classes = Path.of(System.getProperty("lockstep.build", "target"), "test-classes");
    return CompiledCode.classNames(classes).stream()
        .filter(n -> !n.contains("$"))
        .filter(n -> isTest(n))
        .toList();
  }

  private static boolean isTest(String name) {
    try {
      Class<?> type = Class.forName(name, false, SuiteRules.class.getClassLoader());
      // An abstract one runs in the classes that complete it.
      return !Modifier.isAbstract(type.getModifiers()) && TestCode.runs(type, type);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void everyClassWithTestsHasASuffixThatRuns() throws IOException {
    List<String> suffixes = runSuffixes();
    assertThat(suffixes)
        .containsExactlyInAnyOrder(
            "Properties", "VectorsTest", "AttackTest", "Rules", "Test", "Fuzz");
    assertThat(classesWithTests())
        .allSatisfy(name -> assertThat(suffixes).anyMatch(name::endsWith));
  }

  @Test
  void everySuffixHasClasses() throws IOException {
    List<String> names = classesWithTests();
    for (String suffix : List.of("Properties", "VectorsTest", "Rules", "Fuzz")) {
      assertThat(names).as(suffix).anyMatch(n -> n.endsWith(suffix));
    }
  }

  private static final Pattern ELSEWHERE = Pattern.compile("createTemp(File|Directory)\\(\\s*\"");

  /** The JVM's own temporary folder is another one, where what a test leaves would stay. */
  @Test
  void whatTestsMakeGoesIntoTheTestsFolder() throws IOException {
    assertThat(ELSEWHERE.matcher("Files.createTempDirectory(\"home\")").find()).isTrue();
    Path tests = BuiltProject.directory().resolve("properties/lockstep");
    try (Stream<Path> files = Files.walk(tests)) {
      assertThat(files.filter(f -> f.toString().endsWith(".java")))
          .noneSatisfy(f -> assertThat(Files.readString(f)).containsPattern(ELSEWHERE));
    }
  }

  static class Outer {
    static final class Inner extends Outer {}
  }

  @Test
  void aClassWithoutTestsIsNone() {
    assertThat(isTest(BuiltProject.class.getName())).isFalse();
    assertThat(isTest(SuiteRules.class.getName())).isTrue();
    assertThat(isTest(Outer.class.getName())).isFalse();
  }
}
