package lockstep.cli;

import java.util.concurrent.atomic.AtomicBoolean;
import lockstep.spec.Decides;

/**
 * Who says how a command ended: the command, or, where a signal ends the process first, a hook of
 * the runtime. Exactly one of them does.
 */
@Decides("CLI-16")
final class Ending {

  private static final String SENTENCE = "Stopped before it was done.";
  private static final String NEXT =
      "What the provider, the vault and this device had is as it was, or wholly as it was to be."
          + " Run the command again, and it goes on; lockstep status says how things stand.";

  private final AtomicBoolean said = new AtomicBoolean();
  private volatile boolean isWorthSaying;

  /** From here on a signal ends a command whose user wants to know how it left things. */
  void isWorthSaying() {
    isWorthSaying = true;
  }

  /** Whether the caller is the one that says how the command ended. */
  boolean claim() {
    return said.compareAndSet(false, true);
  }

  /** Speaks when a signal ends the process. The exit code is the runtime's, 128 and the signal. */
  Thread hook(Surroundings surroundings) {
    return new Thread(
        () -> {
          if (isWorthSaying && claim()) {
            surroundings.errors().println();
            AnswerPrinter.printForPeople(
                Answer.of(Outcome.UNEXPECTED, SENTENCE, NEXT), surroundings.errors(), surroundings);
          }
        },
        "stopped");
  }
}
