package lockstep.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.tools.ToolProvider;
import lockstep.evidence.Rule;
import lockstep.spec.ByConstruction;
import lockstep.spec.Verifies;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A small library's API changes, and the build fails until list and changelog say so. */
@ByConstruction("compares lists of a class that it compiles")
@Rule
final class ApiChangeRules {

  private static final String BOX =
      """
      package lockstep.sample;
      public class Box<T> {
        public static final int SIZE = 3;
        protected Box() {}
        public T open(String key) throws java.io.IOException { return null; }
        void tidy() {}
        public static final class Small extends Box<Integer> {}
        static class Hidden { public void hide() {} }
      }
      """;

  @TempDir private static Path folder;
  private static String boxApi;

  @BeforeAll
  static void listTheBox() throws IOException {
    boxApi = api(BOX);
  }

  @ParameterizedTest
  @Verifies("ARC-7~3")
  @CsvSource(
      delimiter = '|',
      value = {
        "void tidy() {}    | public void tidy() {}",
        "protected Box     | private Box",
        "public T          | protected T",
        "public T          | public final T",
        "public T          | @org.jspecify.annotations.Nullable public T",
        "public T          | public <R> T",
        "SIZE = 3          | SIZE = 4",
        "String key        | Object key",
        "String key        | String... key",
        "java.io.IOException | java.io.EOFException",
        "Box<T>            | Box<T extends Number>",
        "class Small       | class Smaller",
        "static class Hidden | public static class Hidden",
        "public class      | public abstract class",
      })
  void aChangeFailsUntilListAndChangelogSaySo(String from, String to) throws IOException {
    String before = boxApi;
    String after = api(changed(from, to));
    String told = changelog(before);
    assertThat(PublishedList.faults(before, before, told)).isEmpty();
    assertThat(PublishedList.faults(before, after, told))
        .anySatisfy(fault -> assertThat(fault).matches("[+-] lockstep\\.sample\\.Box.*"));
    assertThat(PublishedList.faults(after, after, told))
        .singleElement()
        .asString()
        .contains("CHANGELOG.md", PublishedList.digest(after));
    assertThat(PublishedList.faults(after, after, changelog(after) + told)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "void tidy() {} | int tidy(int much) { return much; }",
        "return null    | return open(key)",
        "String key     | String name",
        "static class Hidden | static class Concealed",
      })
  void whatNobodyCanNameIsNoChange(String from, String to) throws IOException {
    assertThat(api(changed(from, to))).isEqualTo(boxApi);
  }

  @Test
  void anEntryWithoutWordsIsNone() throws IOException {
    String api = api(BOX);
    assertThat(PublishedList.faults(api, api, changelog(api).replaceAll("`: .*", "`:"))).hasSize(1);
  }

  @Test
  @Verifies("ARC-7~3")
  void moreTypesThanAReaderCanKnowAreAFault() {
    String most = types(120);
    assertThat(PublishedList.faults(most, most, changelog(most))).isEmpty();
    String more = types(121);
    assertThat(PublishedList.faults(more, more, changelog(more)))
        .singleElement()
        .asString()
        .startsWith("121 types");
  }

  /** So many types, each with one inside it and a method. */
  private static String types(int count) {
    return IntStream.range(0, count)
        .mapToObj("lockstep.sample.T%d"::formatted)
        .map(
            type ->
                type + " public class\n" + type + "$Part public record\n" + type + ": void run()\n")
        .collect(Collectors.joining());
  }

  private static String changelog(String api) {
    return "### Public API\n\n- `" + PublishedList.digest(api) + "`: boxes open with a key\n\n";
  }

  private static String changed(String from, String to) {
    assertThat(BOX).contains(from);
    return BOX.replace(from, to);
  }

  private static String api(String source) throws IOException {
    Path root = Files.createTempDirectory(folder, "sample");
    Path file = Files.writeString(root.resolve("Box.java"), source);
    Path classes = root.resolve("classes");
    URL annotations = Nullable.class.getProtectionDomain().getCodeSource().getLocation();
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-cp",
                annotations.getPath(),
                "-d",
                classes.toString(),
                file.toString());
    assertThat(failed).isZero();
    try (URLClassLoader loader =
        new URLClassLoader(
            new URL[] {classes.toUri().toURL()}, ApiChangeRules.class.getClassLoader())) {
      return PublicApi.of(classes, loader);
    }
  }
}
