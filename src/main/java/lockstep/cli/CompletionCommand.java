package lockstep.cli;

import lockstep.spec.Decides;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints the script with which a shell completes what is typed after {@code lockstep}. */
@Command(
    name = "completion",
    description = {
      "Print a script that completes commands and options in bash and zsh.",
      "For this shell: source <(lockstep completion)"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class CompletionCommand implements lockstep.cli.Command {

  @Mixin private SharedOptions shared;

  @Override
  public SharedOptions shared() {
    return shared;
  }

  @Override
  public boolean isOfDevice() {
    return false;
  }

  @Override
  @Decides("CLI-19")
  public Answer run(Surroundings surroundings) {
    String script = AutoComplete.bash(CommandTable.PROGRAM, CommandTable.tree());
    if (shared.json()) {
      return Answer.done("").with("script", script);
    }
    surroundings.output().print(script);
    return Answer.done("");
  }
}
