package lockstep.vectors;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import lockstep.oracle.Oracle;
import lockstep.oracle.OracleAnswer;

/** Requests of one session, told in words; it rehearses them, to know which attempt is newest. */
final class VaultStory {

  private static final String ATTEMPT = "attempt";

  private final String name;
  private final List<Draft.Step> steps = new ArrayList<>();
  private final Oracle rehearsal = VectorFiles.oracle();
  private String newest = "00".repeat(16);

  private VaultStory(String name) {
    this.name = name;
  }

  /**
   * The requests of a session under a policy.
   *
   * @param name the session's
   * @param script words with a blank between; {@code fail*4} is a word four times, {@code +60}
   *     turns the clock by seconds, {@code mark:3:aa} and {@code reserve:1} have arguments
   */
  static List<Draft.Step> of(String name, int attempts, int rounds, String script) {
    VaultStory story = new VaultStory(name);
    story.ask(
        "vault.new",
        Json.object(
            "policy", Json.object("attempts", attempts, "rounds", rounds, "waitSeconds", 60),
            "now", Sample.DAY,
            "vaultSeed", Sample.of("vault seed", 32),
            "messengerSeed", Sample.of("messenger seed", 32)));
    for (String word : script.split(" ", -1)) {
      String[] times = word.split("\\*", -1);
      for (int i = 0; i < (times.length == 1 ? 1 : Integer.parseInt(times[1])); i++) {
        story.tell(times[0].split(":", -1));
      }
    }
    story.ask("vault.close", Json.object());
    return story.steps;
  }

  private void tell(String... word) {
    ObjectNode alice = account();
    switch (word[0]) {
      case "enrol" -> ask("register", alice);
      case "reenrol" ->
          ask(
              "register",
              Json.with(withAttempt(), "account", Sample.ALICE, "authority", "session"));
      case "fail" -> {
        tell(ATTEMPT);
        tell("wrong");
      }
      case "stranger" -> ask(ATTEMPT, Json.object("account", "bob"));
      case "right" -> ask("finish", Json.with(withAttempt(), "verified", true));
      case "wrong" -> ask("finish", Json.with(withAttempt(), "verified", false));
      case "abandon" -> ask("abandon", withAttempt());
      case "disable" -> ask("disable", Json.with(alice, "authority", "signature"));
      case "mark" ->
          ask(
              "mark",
              Json.with(
                  alice, "backupNumber", Long.parseLong(word[1]), "digest", word[2].repeat(32)));
      case "reserve", "record", "confirm", "activate", "other" -> stage(word[0], word[1]);
      default -> {
        if (word[0].startsWith("+") || word[0].startsWith("-")) {
          ask("advance", Json.object("seconds", Long.parseLong(word[0])));
        } else {
          ask(word[0], alice);
        }
      }
    }
  }

  private void stage(String step, String generation) {
    ObjectNode input = Json.with(account(), "generation", Long.parseLong(generation));
    if (step.equals("other")) {
      ask("stage.reserve", Json.with(input, "requestDigest", "11".repeat(32)));
    } else if (step.equals("activate")) {
      ask("stage.activate", Json.with(input, ATTEMPT, newest));
    } else {
      ask("stage." + step, input);
    }
  }

  private void ask(String op, ObjectNode input) {
    ObjectNode asked = Json.object("session", name);
    asked.setAll(input);
    if (rehearsal.answer(op, asked) instanceof OracleAnswer.Result result
        && result.fields().has(ATTEMPT)) {
      newest = result.fields().get(ATTEMPT).textValue();
    }
    steps.add(new Draft.Step(op, asked));
  }

  /** The newest attempt that was charged. */
  private ObjectNode withAttempt() {
    return Json.object(ATTEMPT, newest);
  }

  private static ObjectNode account() {
    return Json.object("account", Sample.ALICE);
  }
}
