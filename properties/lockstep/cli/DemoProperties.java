package lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lockstep.cli.Sandbox.Said;
import lockstep.spec.ByConstruction;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo tells the story as it is, cites clauses that exist, and cleans up. */
class DemoProperties {

  private static final Pattern CLAUSE = Pattern.compile("\\b[A-Z]{3}-\\d+\\b");

  @TempDir Path directory;

  @Test
  @Verifies({"RST-1", "LIM-3", "LIM-4", "LEA-1", "CLI-15"})
  void theWholeStoryEndsWell() throws Exception {
    long before = demoFolders();
    Sandbox user = new Sandbox(directory.toRealPath()).withRealStretching();
    Said said = user.run("unused", "demo", "--json");
    assertThat(said.exitCode()).as(said.errors()).isZero();
    JsonNode result = said.json();
    assertThat(result.get("identicalFiles").asInt()).isEqualTo(40);
    assertThat(result.get("differentFiles").asInt()).isZero();
    String spec = spec();
    Matcher cited = CLAUSE.matcher(said.errors());
    int citations = 0;
    while (cited.find()) {
      assertThat(spec).contains("### " + cited.group() + " ");
      citations++;
    }
    assertThat(citations).isGreaterThan(20);
    assertThat(demoFolders()).isLessThanOrEqualTo(before);
    assertThat(user.home("unused")).doesNotExist();
  }

  @Test
  @ByConstruction("runs the product in a process of its own, which the recorder does not see")
  @Verifies("CLI-15")
  void aDemoThatIsTerminatedLeavesNoCopyBehind() throws Exception {
    Path mine = Files.createDirectory(directory.resolve("mine"));
    Files.writeString(mine.resolve("secret.txt"), "plaintext");
    Path temporary = Files.createDirectory(directory.resolve("temporary"));
    int exitCode =
        new ForkedCommand(directory.resolve("home"), "demo", mine.toString())
            .withOption("-Djava.io.tmpdir=" + temporary)
            .runAndTerminateOnceFilled(temporary);
    assertThat(exitCode).isEqualTo(143);
    try (Stream<Path> left = Files.list(temporary)) {
      assertThat(left.filter(path -> path.toString().contains("lockstep-demo"))).isEmpty();
    }
  }

  @Test
  void theSampleIsTheSameEachTime() throws Exception {
    Path one = directory.resolve("one");
    Path two = directory.resolve("two");
    SampleArchive.write(one);
    SampleArchive.write(two);
    assertThat(Files.mismatch(one.resolve("messages.db"), two.resolve("messages.db")))
        .isEqualTo(-1);
    SampleArchive.copy(one, directory.resolve("copy"));
    TreeComparison copied = TreeComparison.of(one, directory.resolve("copy"));
    assertThat(copied).isEqualTo(new TreeComparison(40, 0));
    Files.writeString(directory.resolve("copy/media/.nomedia"), "x");
    Files.delete(directory.resolve("copy/media/pictures/0001.jpg"));
    assertThat(TreeComparison.of(one, directory.resolve("copy")))
        .isEqualTo(new TreeComparison(38, 2));
  }

  private static String spec() throws IOException {
    StringBuilder text = new StringBuilder();
    Path spec = Path.of(System.getProperty("lockstep.basedir", "."), "spec");
    try (Stream<Path> files = Files.list(spec)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".md")).toList()) {
        text.append(Files.readString(file));
      }
    }
    return text.toString();
  }

  private static long demoFolders() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files.filter(f -> f.getFileName().toString().startsWith("lockstep-demo-")).count();
    }
  }
}
