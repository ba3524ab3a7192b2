package lockstep.cli;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.Supplier;
import lockstep.device.state.NewRecoveryKey;
import lockstep.spec.Implements;

/** Shows a new 64-digit key once and asks a part of it back. */
@Implements({"ENR-4", "RKY-2"})
final class KeyHandover {

  private final SharedOptions shared;
  private final Surroundings surroundings;

  KeyHandover(SharedOptions shared, Surroundings surroundings) {
    this.shared = shared;
    this.surroundings = surroundings;
  }

  /** A usage error where there is neither a terminal to ask on nor {@code --yes}. */
  @Implements("CLI-1")
  static void requireSomebody(SharedOptions shared, Surroundings surroundings) {
    if (!shared.yes() && surroundings.terminal() == null) {
      throw new Ended(
          Answer.usage(
              "There is no terminal to ask a part of the key back on, and --yes is missing.",
              "Run the command on a terminal, or with --yes and keep the key that it prints."));
    }
  }

  /** What {@code inForce} says, once the key is out and, unless waived, a part of it came back. */
  Answer hand(NewRecoveryKey key, Supplier<Answer> inForce) throws IOException {
    Terminal terminal = surroundings.terminal();
    if (!key.<Boolean>showOnce(this::isShown)) {
      return notShown();
    }
    if (shared.yes() || terminal == null) {
      key.waive();
      return inForce.get();
    }
    return askBack(key, terminal) ? inForce.get() : notConfirmed();
  }

  // The key is out, as far as this process can see, before it takes effect.
  @Implements("CLI-12")
  private boolean isShown(char[] characters) {
    if (shared.json() && shared.yes()) {
      return surroundings.result().begin("recoveryKey", characters);
    }
    say("This is your 64-digit key. It is shown once; write it down:");
    return show(characters);
  }

  /** Shows a key to people: on the terminal, or on standard output where there is none. */
  boolean show(char[] characters) {
    Terminal terminal = surroundings.terminal();
    if (terminal != null) {
      return terminal.show(characters);
    }
    surroundings.output().println(characters);
    return !surroundings.output().checkError();
  }

  private static boolean askBack(NewRecoveryKey key, Terminal terminal) throws IOException {
    while (true) {
      char[] typed =
          terminal.readSecret("Type group " + key.askedGroup() + " of the 16 groups of four: ");
      if (typed == null) {
        return false;
      }
      try {
        if (key.confirm(typed)) {
          return true;
        }
      } finally {
        Arrays.fill(typed, '\0');
      }
      terminal.tell("That is not this group. Look at what you wrote down.");
    }
  }

  private void say(String line) {
    Terminal terminal = surroundings.terminal();
    if (terminal != null) {
      terminal.tell(line);
    } else {
      surroundings.output().println(line);
    }
  }

  private static Answer notShown() {
    return Answer.of(
            Outcome.UNEXPECTED,
            "The new 64-digit key could not be written out, so it is not in force.",
            "Look whether standard output is closed or its disk is full, and run the command again;"
                + " it shows a new key.")
        .with("reason", "outputFailed");
  }

  private static Answer notConfirmed() {
    return Answer.usage(
        "No part of the key was given back, so it is not in force.",
        "Run the command again; it shows a new key.");
  }
}
