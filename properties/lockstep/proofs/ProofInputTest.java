package lockstep.proofs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What KeY reads is what ships, less the annotations. */
class ProofInputTest {

  static List<String> proved() {
    return ProofInput.PROVED;
  }

  @ParameterizedTest
  @MethodSource("proved")
  void onlyLinesOfAnnotationsAreEmptied(String type) {
    List<String> shipped = ProofInput.shipped(type).lines().toList();
    List<String> read = ProofInput.withoutAnnotations(ProofInput.shipped(type)).lines().toList();
    assertThat(read).hasSameSizeAs(shipped).doesNotContain("import lockstep.spec.Implements;");
    List<String> emptied = new ArrayList<>();
    for (int i = 0; i < shipped.size(); i++) {
      if (!read.get(i).equals(shipped.get(i))) {
        assertThat(read.get(i)).isEmpty();
        emptied.add(shipped.get(i).strip());
      }
    }
    assertThat(emptied)
        .isNotEmpty()
        .allMatch(
            l ->
                l.startsWith("@Implements(")
                    || l.startsWith("@Decides(")
                    || l.startsWith("import lockstep.spec."));
    assertThat(String.join("\n", read)).doesNotContain("@Implements");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "  @Implements(\"LIM-1~1\") int rounds = 0;",
        "  @Implements(\"LIM-1~1\") // rounds = 0;",
        "  @Implements(\"LIM-1~1\"); return true;",
        "  @Deprecated",
        "import lockstep.trace.Other;",
        "  rounds = 0; @Implements(\"LIM-1~1\")",
      })
  void aLineThatHoldsMoreStays(String line) {
    assertThat(ProofInput.isAnnotation(line)).isFalse();
    assertThat(ProofInput.withoutAnnotations(line)).isEqualTo(line + "\n");
  }

  @Test
  void annotationsOfOneClauseAndOfSeveralAreEmptied() {
    assertThat(ProofInput.withoutAnnotations("  @Implements(\"LIM-1~1\")\nint a;\n"))
        .isEqualTo("\nint a;\n");
    assertThat(ProofInput.withoutAnnotations("@Implements({\"LIM-1~1\", \"PAY-22~3\"})"))
        .isEqualTo("\n");
  }

  @Test
  void noOtherClassHasAContractInItsComments() throws IOException {
    try (Stream<Path> files = Files.walk(ProofInput.sources())) {
      assertThat(files.filter(ProofInputTest::hasContract).map(ProofInputTest::type))
          .containsExactlyInAnyOrderElementsOf(ProofInput.PROVED);
    }
  }

  private static boolean hasContract(Path file) {
    try {
      return Files.isRegularFile(file) && Files.readString(file).contains("/*@");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String type(Path file) {
    String name = ProofInput.sources().relativize(file).toString();
    return name.substring(0, name.length() - ".java".length()).replace('/', '.');
  }
}
