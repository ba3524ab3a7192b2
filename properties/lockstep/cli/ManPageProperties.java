package lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import lockstep.evidence.Rule;
import lockstep.spec.ByConstruction;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.OptionSpec;

/** The manual's page is what the program says of itself. */
@ByConstruction("compares a page with what the commands' own model gives")
class ManPageProperties {

  private static final Path PAGE =
      Path.of(System.getProperty("lockstep.basedir", "."), "src/man/lockstep.1");

  @Test
  @Rule
  @Verifies("CLI-21")
  void theStoredPageIsTheOneThatTheProgramGives() throws IOException {
    String made = ManPage.make();
    if (Boolean.getBoolean("lockstep.man.write")) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, made);
    }
    assertThat(Files.readString(PAGE, StandardCharsets.UTF_8)).isEqualTo(made);
  }

  @Test
  @Rule
  @Verifies("CLI-21")
  void everyOptionOfEveryCommandIsInIt() {
    String made = ManPage.make();
    for (String name : CommandTable.NAMES) {
      for (OptionSpec option :
          CommandTable.parser(CommandTable.make(name)).getCommandSpec().options()) {
        for (String one : option.names()) {
          assertThat(made).contains("\\fB" + one.replace("-", "\\-") + "\\fR");
        }
      }
      assertThat(made).contains(".SS \"lockstep " + name.replace("-", "\\-"));
    }
    // Nothing of picocli's own notation is left, and no line is taken for a request by mistake.
    assertThat(made).doesNotContain("${").doesNotContain("@|");
    assertThat(made.lines().filter(line -> line.startsWith(".")))
        .allMatch(line -> line.matches("\\.(\\\\\"|TH|SH|SS|TP).*"));
  }
}
