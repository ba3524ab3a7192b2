package lockstep.cli;

import lockstep.spec.Implements;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Says what is wrong with the arguments without repeating a value: somebody may have typed a
 * password where none belongs.
 */
@Implements({"CLI-4", "CLI-6", "SEC-5"})
final class UsageText {

  private UsageText() {}

  static Answer answer(ParameterException refused, String commandName) {
    return Answer.usage(
        sentence(refused), "Run lockstep " + commandName + " --help to see what it takes.");
  }

  private static String sentence(ParameterException refused) {
    if (refused instanceof UnmatchedArgumentException unmatched) {
      String first = unmatched.getUnmatched().get(0);
      return first.startsWith("--")
          ? "There is no option " + nameOf(first) + " here."
          : "There is one argument too many.";
    }
    if (refused instanceof OverwrittenOptionException overwritten) {
      return "An option stands twice: " + label(overwritten.getOverwritten()) + ".";
    }
    if (refused instanceof MissingParameterException missing && missing.getMissing() != null) {
      StringBuilder names = new StringBuilder();
      for (var argument : missing.getMissing()) {
        names.append(names.isEmpty() ? "" : ", ").append(label(argument));
      }
      return "Something is missing: " + names + ".";
    }
    if (refused instanceof MutuallyExclusiveArgsException) {
      return "Two options stand here of which only one may.";
    }
    return "The value of " + option(refused) + " cannot be used.";
  }

  private static String nameOf(String argument) {
    int value = argument.indexOf('=');
    return value < 0 ? argument : argument.substring(0, value);
  }

  private static String option(ParameterException refused) {
    var argument = refused.getArgSpec();
    return argument == null ? "an option" : label(argument);
  }

  private static String label(picocli.CommandLine.Model.ArgSpec argument) {
    return argument.isOption()
        ? ((picocli.CommandLine.Model.OptionSpec) argument).longestName()
        : argument.paramLabel();
  }
}
