package lockstep.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import lockstep.spec.Implements;

/** Causes in text: the table, one failure of each, and the clauses once. */
@Implements("CNF-7~2")
final class CauseText {

  private static final String CLAUSE = "clause ";

  private CauseText() {}

  /** Lines; none for no cause. */
  static List<String> of(List<Cause> causes, List<String> command, int most) {
    if (causes.isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add(causes.size() == 1 ? "1 cause:" : causes.size() + " causes:");
    lines.add(Cause.heading());
    for (Cause cause : causes) {
      lines.add(cause.line());
      lines.add("       " + FailureText.replay(cause.first().test().id(), command));
    }
    ClauseTexts texts = ClauseTexts.bundled();
    Set<String> cited = new TreeSet<>();
    causes.stream().limit(most).forEach(cause -> add(lines, cause, texts, command, cited));
    for (String citation : cited) {
      lines.add("");
      ("clause " + citation + ": " + texts.of(citation)).lines().forEach(lines::add);
    }
    return lines;
  }

  private static void add(
      List<String> lines, Cause cause, ClauseTexts texts, List<String> command, Set<String> cited) {
    lines.add("");
    Map<String, String> parts = FailureText.of(cause.first(), texts, command).parts();
    parts.keySet().removeIf(part -> part.startsWith(CLAUSE));
    new FailureText(parts).asText().lines().forEach(lines::add);
    List<String> clauses = cause.first().test().clauses();
    lines.add("clauses: " + String.join(", ", clauses));
    cited.addAll(clauses);
  }
}
