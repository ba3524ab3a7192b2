package lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import lockstep.cli.Sandbox.Said;
import lockstep.evidence.Exhaustive;
import lockstep.evidence.Points;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.OptionSpec;

/** What a shell offers after the program's name, asked of a real one. */
class CompletionProperties {

  @TempDir Path directory;

  @Test
  @Verifies("CLI-19")
  @Exhaustive("command")
  void everyCommandAndOptionIsOffered() throws Exception {
    Sandbox user = new Sandbox(directory.toRealPath());
    Said script = user.runAsTyped("completion");
    assertThat(script.exitCode()).isZero();
    assertThat(user.runAsTyped("--json", "completion").json().path("script").asText())
        .isEqualTo(script.output());
    // One line of what is offered for each command's options, after one of the commands' names.
    StringBuilder asked =
        new StringBuilder(script.output()).append(ASK).append("ask lockstep ''\n");
    for (String name : CommandTable.NAMES) {
      asked.append("ask lockstep ").append(name).append(" --\n");
    }
    Path file = Files.writeString(user.root.resolve("asked"), asked);
    Process shell =
        new ProcessBuilder("bash", "--norc", file.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<String> offered =
        new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    assertThat(shell.waitFor()).isZero();
    assertThat(offered).hasSize(1 + CommandTable.NAMES.size());
    List<String> first = CommandTable.NAMES.stream().map(name -> name.split(" ", -1)[0]).toList();
    assertThat(words(offered.get(0))).containsAll(first);
    for (int i = 0; i < CommandTable.NAMES.size(); i++) {
      String name = CommandTable.NAMES.get(i);
      assertThat(words(offered.get(1 + i))).as(name).containsAll(options(name));
      List<String> help = new ArrayList<>(List.of("help"));
      help.addAll(List.of(name.split(" ")));
      assertThat(user.runAsTyped(help.toArray(String[]::new)).output())
          .isEqualTo(CommandTable.parser(CommandTable.make(name)).getUsageMessage());
      Points.visited();
    }
    assertThat(user.runAsTyped("help", "nothing").exitCode()).isEqualTo(2);
  }

  private static final String ASK =
      """

      ask() {
        COMP_WORDS=("$@"); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMP_LINE="$*"
        COMP_POINT=${#COMP_LINE}; COMPREPLY=()
        _complete_lockstep "$1" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
        echo "${COMPREPLY[@]}"
      }
      """;

  private static Set<String> words(String line) {
    return new TreeSet<>(Arrays.asList(line.strip().split("\\s+")));
  }

  private static Set<String> options(String name) {
    Set<String> names = new TreeSet<>();
    for (OptionSpec option :
        CommandTable.parser(CommandTable.make(name)).getCommandSpec().options()) {
      for (String one : option.names()) {
        if (one.startsWith("--")) {
          names.add(one);
        }
      }
    }
    return names;
  }
}
