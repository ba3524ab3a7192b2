package lockstep.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import lockstep.evidence.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files and methods stay short, names say something, nothing is left over or switched off. */
@Rule
class StyleRules {

  @Test
  void everySourceFileKeepsTheStyle() throws IOException {
    Map<String, String> files = new TreeMap<>();
    for (String root : List.of(CompiledCode.MAIN_SOURCES, CompiledCode.TEST_SOURCES)) {
      for (Path file : javaFiles(BuiltProject.directory().resolve(root))) {
        files.put(BuiltProject.directory().relativize(file).toString(), Files.readString(file));
      }
    }
    assertThat(SourceStyle.faults(files)).isEmpty();
    assertThat(files).hasSizeGreaterThan(20);
  }

  private static List<Path> javaFiles(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(f -> f.toString().endsWith(".java")).sorted().toList();
    }
  }

  @Test
  void aShortFilePasses() throws IOException {
    assertThat(faultsOf(type("A", "  @Implements(\"X\") void a() {}\n"))).isEmpty();
  }

  @Test
  void aLongFileIsFound() throws IOException {
    int limit = SourceStyle.FILE_LINES_BELOW;
    assertThat(faultsOf(type("A", "\n".repeat(limit - 4)))).isEmpty();
    assertThat(faultsOf(type("A", "\n".repeat(limit - 3))))
        .containsExactly("A.java:500: the file has 500 lines");
  }

  @Test
  void aLongMethodIsFound() throws IOException {
    int limit = SourceStyle.METHOD_LINES_BELOW;
    assertThat(faultsOf(type("A", method(limit - 1)))).isEmpty();
    assertThat(faultsOf(type("A", method(limit))))
        .containsExactly("A.java:3: the method a has 40 lines");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"KeyUtils", "UtilKey", "HelperOfKeys", "KeyManager", "StoreImpl", "CommonKey"})
  void anEmptyNameIsFound(String name) throws IOException {
    assertThat(faultsOf(type(name, "")))
        .containsExactly("A.java:2: the name " + name + " says nothing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Implements", "Utility", "Commonwealth", "Impls"})
  void aNameThatOnlyStartsLikeOneIsNone(String name) throws IOException {
    assertThat(faultsOf(type(name, ""))).isEmpty();
  }

  @Test
  void anEmptyPackageNameIsFound() throws IOException {
    assertThat(faultsOf("package lockstep.common;\nclass A {}\n")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TO" + "DO", "FIX" + "ME", "XX" + "X"})
  void leftOverWorkIsFound(String word) throws IOException {
    assertThat(faultsOf(type("A", "  // " + word + " later\n")))
        .containsExactly("A.java:3: work is left over");
  }

  @ParameterizedTest
  @ValueSource(strings = {"@Disabled", "@org.junit.jupiter.api.Disabled(\"slow\")", "@Ignore"})
  void aDisabledTestIsFound(String annotation) throws IOException {
    assertThat(faultsOf(type("A", "  " + annotation + " void a() {}\n")))
        .containsExactly("A.java:3: a test is disabled");
  }

  @ParameterizedTest
  @ValueSource(strings = {"@Implements(\"X-1~1\")", "@a.Verifies({\"X-2\", \"X-1~1\"})"})
  void theNumberOfAFirstRevisionIsFound(String annotation) throws IOException {
    assertThat(faultsOf(type("A", "  " + annotation + " void a() {}\n")))
        .containsExactly("A.java:3: a clause's first revision needs no number");
    assertThat(faultsOf(type("A", "  @Implements(\"X-1~2\") void a() {}\n"))).isEmpty();
  }

  private static List<String> faultsOf(String text) throws IOException {
    return SourceStyle.faults(Map.of("A.java", text));
  }

  private static String type(String name, String body) {
    return "package lockstep.a;\nclass " + name + " {\n" + body + "}\n";
  }

  private static String method(int lines) {
    return "  void a() {\n" + "    b();\n".repeat(lines - 2) + "  }\n";
  }
}
