package lockstep.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import lockstep.spec.Implements;

/**
 * Owners, thieves and clocks on two accounts of one vault: attempts in parallel, proofs right,
 * wrong, late and twice, time that stands still, jumps just short of an end and runs backwards;
 * and, of a whole vault, stages, activations, marks, restarts and disables besides.
 */
@Implements("CNF-6")
final class VaultSchedule {

  private static final int STEPS = 60;
  private static final int IDS_KEPT = 6;
  private static final long START_MILLIS = 1_700_000_000_000L;
  private static final List<Long> TURNS =
      List.of(1L, 1_000L, 30_000L, 59_999L, 60_000L, 600_000L, 604_800_000L, -3_600_000L);
  private static final List<String> LIMITER_CLAUSES =
      List.of("LIM-3~1", "LIM-5~1", "LIM-6~1", "LIM-9~1", "LIM-10~1", "LIM-11~1", "SES-3~1");
  private static final List<String> VAULT_CLAUSES =
      List.of("LIM-12~1", "LIM-14~1", "STG-1~1", "STG-5~2", "STG-8~1", "STG-9~1", "RCP-1~2");

  private final SeededDraws draws;
  private final String name;
  private final boolean whole;
  private final ReferenceTestee reference = new ReferenceTestee();
  private final List<Step> steps = new ArrayList<>();
  private final List<String> attempts = new ArrayList<>(List.of("00".repeat(16)));
  private final long waitMillis;
  private long generation;

  private VaultSchedule(String name, boolean whole, SeededDraws draws) {
    this.name = name;
    this.whole = whole;
    this.draws = draws;
    int waitSeconds = draws.of(List.of(1, 90, 86_400));
    this.waitMillis = waitSeconds * 1_000L;
    ObjectNode policy =
        object()
            .put("attempts", draws.oneIn(2) ? 5 : 1 + draws.below(4))
            .put("rounds", 1 + draws.below(3))
            .put("waitSeconds", waitSeconds);
    ObjectNode input = input().put("now", START_MILLIS);
    for (String seed : List.of("vaultSeed", "messengerSeed", "oprfSeed")) {
      input.put(seed, draws.hex(32));
    }
    // Below the order of P-256, whatever the rest.
    input.put("serverPrivateKey", "0f" + draws.hex(31));
    ask("vault.new", input.set("policy", policy));
    ask("register", account());
  }

  static TestCase draw(String id, String profile, SeededDraws draws) {
    VaultSchedule schedule = new VaultSchedule(id, profile.equals(Profiles.VAULT_MACHINE), draws);
    for (int i = 0; i < STEPS; i++) {
      schedule.step();
    }
    schedule.ask("vault.close", schedule.input());
    return new TestCase(
        id,
        profile,
        schedule.whole ? VAULT_CLAUSES : LIMITER_CLAUSES,
        false,
        "A drawn schedule; each answer is the reference's.",
        schedule.steps,
        object());
  }

  private void step() {
    int choice = draws.below(whole ? 24 : 13);
    switch (choice) {
      case 0, 1, 2, 3, 4 -> ask("attempt", account());
      case 5, 6 -> ask("finish", attempt().put("verified", false));
      case 7 -> ask("finish", attempt().put("verified", true));
      case 8 -> ask("abandon", attempt());
      case 9, 10 -> ask("advance", input().put("millis", turn()));
      case 11 -> ask("observe", account());
      case 12 -> ask("register", account());
      default -> stageStep(choice);
    }
  }

  private void stageStep(int choice) {
    switch (choice) {
      case 13, 14 -> {
        generation += draws.oneIn(4) ? draws.below(3) - 1 : 1;
        ask("stage.reserve", authorised().put("generation", Math.max(0, generation)));
      }
      case 15 -> ask("stage.record", staged());
      case 16 -> ask("stage.confirm", staged());
      case 17 -> ask("stage.activate", withAttempt(staged()));
      case 18 -> ask("disable", withSession(account()));
      case 19 -> ask("restart", account());
      case 20 -> ask("completeRestart", account());
      case 21 -> ask("mark", account().put("backupNumber", draws.below(4)).put("digest", digest()));
      case 22 -> ask("attempt", authorised());
      default -> {
        ask("stage.record", staged());
        ask("stage.confirm", staged());
        ask("finish", newest().put("verified", true));
        ask("stage.activate", newest().put("account", owner()).put("generation", generation));
      }
    }
  }

  // Often just before, at and after the end of a lock.
  private long turn() {
    return draws.oneIn(3) ? waitMillis + draws.below(3) - 1 : draws.of(TURNS);
  }

  private String digest() {
    return draws.of(List.of("aa", "bb")).repeat(32);
  }

  private String owner() {
    return draws.oneIn(5) ? "bela@example.org" : "amara@example.org";
  }

  private ObjectNode account() {
    return input().put("account", owner());
  }

  private ObjectNode authorised() {
    return withSession(account());
  }

  private ObjectNode withSession(ObjectNode input) {
    return switch (draws.below(3)) {
      case 0 -> withAttempt(input.put("authority", "session"));
      case 1 -> input.put("authority", "signature");
      default -> input;
    };
  }

  private ObjectNode staged() {
    return account().put("generation", Math.max(0, generation));
  }

  private ObjectNode attempt() {
    return withAttempt(input());
  }

  private ObjectNode newest() {
    return input().put("attempt", attempts.get(attempts.size() - 1));
  }

  private ObjectNode withAttempt(ObjectNode input) {
    return input.put(
        "attempt", draws.oneIn(2) ? attempts.get(attempts.size() - 1) : draws.of(attempts));
  }

  private ObjectNode input() {
    return object().put("session", name);
  }

  private void ask(String op, JsonNode input) {
    Answer answer = reference.answer(op, input);
    steps.add(new Step(op, input, Schedules.expectation(answer, whole)));
    if (answer instanceof Answer.Result result) {
      JsonNode attempt = result.value().path("attempt");
      if (attempt.isTextual()) {
        attempts.add(attempt.textValue());
        if (attempts.size() > IDS_KEPT) {
          attempts.remove(0);
        }
      }
      generation = result.value().path("generation").asLong(generation);
    }
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
