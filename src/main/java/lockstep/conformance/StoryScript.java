package lockstep.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import lockstep.spec.Implements;

/**
 * Turns a story's words into requests about one account, and takes the reference's answers as the
 * ones expected. The words: {@code register}, {@code attempt}, {@code wrong}, {@code right} and
 * {@code abandon} (the newest attempt, or {@code right@1} the first one), {@code observe}, {@code
 * reserve:2}, {@code record:2}, {@code confirm:2}, {@code activate:2}, {@code disable}, {@code
 * restart}, {@code completeRestart}, {@code mark:3}; {@code +1000} lets milliseconds pass. A word
 * with {@code /signature} is asked with that authority; {@code *5} repeats it.
 */
@Implements("CNF-6")
final class StoryScript {

  private static final long START_MILLIS = 1_700_000_000_000L;

  private final ReferenceTestee reference = new ReferenceTestee();
  private final List<Step> steps = new ArrayList<>();
  private final List<String> attempts = new ArrayList<>();
  private final String session;
  private final boolean whole;

  private StoryScript(String session, boolean whole) {
    this.session = session;
    this.whole = whole;
  }

  /** The requests of a story under a policy of attempts, rounds and seconds to wait. */
  static List<Step> steps(String name, boolean whole, List<Integer> policy, String words) {
    StoryScript script = new StoryScript(name, whole);
    script.open(policy);
    for (String word : words.strip().split("\\s+", -1)) {
      int star = word.indexOf('*');
      int times = star < 0 ? 1 : Integer.parseInt(word.substring(star + 1));
      for (int i = 0; i < times; i++) {
        script.say(star < 0 ? word : word.substring(0, star));
      }
    }
    script.ask("vault.close", script.input());
    return script.steps;
  }

  private void open(List<Integer> policy) {
    ObjectNode input = input().put("now", START_MILLIS);
    for (String seed : List.of("vaultSeed", "messengerSeed", "oprfSeed", "serverPrivateKey")) {
      input.put(seed, "01".repeat(32));
    }
    input
        .putObject("policy")
        .put("attempts", policy.get(0))
        .put("rounds", policy.get(1))
        .put("waitSeconds", policy.get(2));
    ask("vault.new", input);
  }

  private void say(String word) {
    if (word.startsWith("+") || word.startsWith("-")) {
      ask("advance", input().put("millis", Long.parseLong(word)));
      return;
    }
    String[] parts = word.split("[:@/]", 2);
    String rest = parts.length > 1 ? parts[1] : "";
    ObjectNode input = input().put("account", "amara@example.org");
    if (word.contains("/")) {
      input.put("authority", word.substring(word.indexOf('/') + 1));
    }
    long number = word.contains(":") ? Long.parseLong(rest.replaceAll("\\D.*", "")) : 0;
    switch (parts[0]) {
      case "wrong", "right" ->
          ask(
              "finish",
              input().put("attempt", attempt(rest)).put("verified", parts[0].equals("right")));
      case "abandon" -> ask("abandon", input().put("attempt", attempt(rest)));
      case "reserve" -> ask("stage.reserve", session(word, input).put("generation", number));
      case "record", "confirm" -> ask("stage." + parts[0], input.put("generation", number));
      case "activate" ->
          ask("stage.activate", input.put("generation", number).put("attempt", attempt("")));
      case "mark" -> ask("mark", input.put("backupNumber", number).put("digest", "ab".repeat(32)));
      default -> ask(parts[0], input);
    }
  }

  /** A stage on an active record needs the session of the attempt that {@code @} names. */
  private ObjectNode session(String word, ObjectNode input) {
    int at = word.indexOf('@');
    return at < 0
        ? input
        : input.put("authority", "session").put("attempt", attempt(word.substring(at + 1)));
  }

  /** The attempt of that number, from 1; the newest for none. */
  private String attempt(String number) {
    if (attempts.isEmpty()) {
      return "00".repeat(16);
    }
    return attempts.get((number.isEmpty() ? attempts.size() : Integer.parseInt(number)) - 1);
  }

  private ObjectNode input() {
    return JsonNodeFactory.instance.objectNode().put("session", session);
  }

  private void ask(String op, JsonNode input) {
    Answer answer = reference.answer(op, input);
    if (answer instanceof Answer.Failed failed) {
      throw new IllegalStateException("a story says what is no request: " + failed.reason());
    }
    steps.add(new Step(op, input, Schedules.expectation(answer, whole)));
    JsonNode attempt = answer.toJson().path("result").path("attempt");
    if (attempt.isTextual()) {
      attempts.add(attempt.textValue());
    }
  }
}
