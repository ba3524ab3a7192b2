package lockstep.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.Test;

/** The page of examples says what is so. */
class OracleExamplesProperties {

  private static final Path SPEC = Path.of(System.getProperty("lockstep.basedir", "."), "spec");

  @Test
  @Verifies({"ORC-1", "ORC-6"})
  void everyExampleIsAnsweredAsThePageSays() throws IOException {
    List<String> page = Files.readAllLines(SPEC.resolve("oracle.md"));
    String requests =
        page.stream()
            .filter(line -> line.startsWith("> "))
            .map(line -> line.substring(2) + "\n")
            .collect(Collectors.joining());
    List<String> expected =
        page.stream().filter(line -> line.startsWith("< ")).map(line -> line.substring(2)).toList();
    assertThat(new Asking().lines(requests.getBytes(StandardCharsets.UTF_8)))
        .containsExactlyElementsOf(expected);
    assertThat(expected).hasSizeGreaterThan(30);
  }

  @Test
  void everyOperationIsOnThePage() throws IOException {
    String page =
        Files.readAllLines(SPEC.resolve("oracle.md")).stream()
            .filter(line -> !line.contains("\"profiles\""))
            .collect(Collectors.joining("\n"));
    JsonNode ops = new Asking().result("capabilities", Asking.input()).get("ops");
    assertThat(StreamSupport.stream(ops.spliterator(), false).map(JsonNode::textValue))
        .hasSizeGreaterThan(40)
        .allSatisfy(
            op -> assertThat(page).containsPattern("[`\"]" + Pattern.quote(op) + "[`\"\\s]"));
  }

  @Test
  @Verifies("ORC-3")
  void theSpecNamesTheOutcomesThatThereAre() throws IOException {
    String spec = Files.readString(SPEC.resolve("95-oracle.md"));
    String table = spec.substring(spec.indexOf("| name | when |"), spec.indexOf("### ORC-4"));
    Set<String> named =
        table
            .lines()
            .filter(line -> line.startsWith("| `"))
            .flatMap(line -> Arrays.stream(line.split("\\|", -1)[1].split(",", -1)))
            .map(name -> name.replace("`", "").strip())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(named)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(RejectedAs.values()).map(RejectedAs::text).toList());
  }
}
