package lockstep.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import lockstep.conformance.CaseResult.Standing;
import lockstep.spec.Implements;

/**
 * Failures that look alike: the same operation answered in the same wrong way.
 *
 * @param op the operation, or for a message its name
 * @param expected in a word: {@code result}, a rejection's name, or the place that differs
 * @param came likewise
 * @param clauses the clauses that its cases are about
 * @param cases how many cases fail so
 * @param first the first of them
 */
@Implements("CNF-7~2")
record Cause(
    String op, String expected, String came, Set<String> clauses, int cases, CaseResult first) {

  private static final int SHOWN_CHARACTERS = 60;

  Cause {
    clauses = new TreeSet<>(clauses);
  }

  /** The causes of what failed and is not known, the most frequent first. */
  static List<Cause> of(List<CaseResult> results) {
    Map<List<String>, List<CaseResult>> groups = new LinkedHashMap<>();
    for (CaseResult result : results) {
      if (result.standing() == Standing.FAILED) {
        groups.computeIfAbsent(kind(result), kind -> new ArrayList<>()).add(result);
      }
    }
    List<Cause> causes = new ArrayList<>();
    groups.forEach(
        (kind, alike) -> {
          Set<String> clauses = new TreeSet<>();
          alike.forEach(one -> clauses.addAll(one.test().clauses()));
          causes.add(
              new Cause(
                  kind.get(0), kind.get(1), kind.get(2), clauses, alike.size(), alike.get(0)));
        });
    causes.sort((one, other) -> Integer.compare(other.cases(), one.cases()));
    return causes;
  }

  private static List<String> kind(CaseResult result) {
    if (!(result.verdict() instanceof Verdict.Differs differs)) {
      return List.of("(the list of known failures)", "a failure as listed", "passed");
    }
    String expected = wanted(differs.asked().expected());
    String came =
        differs
            .came()
            .match(
                value -> named(value.value()),
                rejected -> rejected.outcome(),
                failed -> "error",
                broken -> broken.fault().jsonName());
    return differs.where().isEmpty()
        ? List.of(differs.asked().op(), expected, came)
        : List.of(
            differs.asked().op(),
            expected + " with " + differs.where(),
            "another " + last(differs));
  }

  private static String last(Verdict.Differs differs) {
    return differs.where().replaceFirst(".*[.]", "");
  }

  private static String wanted(JsonNode expected) {
    return expected.has("rejected")
        ? expected.get("rejected").asText()
        : expected.has("error") ? "error" : named(expected.path("result"));
  }

  /** A message by its type. */
  private static String named(JsonNode result) {
    return result.path("type").asText("result");
  }

  /** Heading of the table. */
  static String heading() {
    return row("cases", "operation", "expected", "came");
  }

  /** One line of the table. */
  String line() {
    return row(Integer.toString(cases), op, expected, came);
  }

  private static String row(String cases, String op, String expected, String came) {
    return String.format(
        Locale.ROOT, "%5s  %-24s %-28s %s", cases, op, shortened(expected), shortened(came));
  }

  private static String shortened(String text) {
    String line = text.replaceAll("\\p{Cntrl}", " ");
    return line.length() <= SHOWN_CHARACTERS ? line : line.substring(0, SHOWN_CHARACTERS) + "…";
  }
}
