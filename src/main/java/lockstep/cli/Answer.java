package lockstep.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lockstep.spec.Decides;
import lockstep.spec.Implements;

/**
 * What a command tells its user: an outcome, a sentence, what the user may do next, details, and
 * the same as fields for {@code --json}.
 *
 * @param sentence what happened, in one line
 * @param next what the user may do now; never empty unless the outcome is a success
 * @param details further lines for people
 * @param fields values of {@code --json}: text, whole numbers, booleans, lists and maps of these,
 *     and characters that are a secret the user asked for, wiped once printed
 */
@Decides("USR-3")
record Answer(
    Outcome outcome,
    String sentence,
    String next,
    List<String> details,
    Map<String, Object> fields) {

  Answer {
    if (next.isEmpty() && !outcome.isSuccess()) {
      throw new IllegalArgumentException("an outcome other than success says what may be done");
    }
    details = List.copyOf(details);
    fields = new LinkedHashMap<>(fields);
  }

  static Answer done(String sentence) {
    return new Answer(Outcome.DONE, sentence, "", List.of(), Map.of());
  }

  static Answer of(Outcome outcome, String sentence, String next) {
    return new Answer(outcome, sentence, next, List.of(), Map.of());
  }

  static Answer usage(String sentence, String next) {
    return of(Outcome.USAGE, sentence, next);
  }

  static Answer refused(String sentence, String next) {
    return of(Outcome.REFUSED, sentence, next);
  }

  /** The same answer with one more field. */
  Answer with(String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(fields);
    more.put(name, value);
    return new Answer(outcome, sentence, next, details, more);
  }

  /** The same answer with one more line for people. */
  Answer withDetail(String line) {
    List<String> more = new ArrayList<>(details);
    more.add(line);
    return new Answer(outcome, sentence, next, more, fields);
  }

  /** The same answer with more lines for people. */
  Answer withDetails(List<String> lines) {
    List<String> more = new ArrayList<>(details);
    more.addAll(lines);
    return new Answer(outcome, sentence, next, more, fields);
  }

  /** The same answer, of another outcome. */
  Answer as(Outcome other) {
    return new Answer(other, sentence, next, details, fields);
  }

  /** The same where something went wrong or was left out; otherwise only its warnings. */
  @Implements("CLI-17")
  Answer quietly() {
    if (outcome != Outcome.DONE) {
      return this;
    }
    List<String> kept =
        details.stream()
            .filter(line -> line.startsWith("Warning: ") || line.startsWith("Notice: "))
            .toList();
    return new Answer(outcome, "", "", kept, fields);
  }

  /** The same answer with advice. */
  Answer next(String advice) {
    return new Answer(outcome, sentence, advice, details, fields);
  }
}
