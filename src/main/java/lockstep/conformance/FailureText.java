package lockstep.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import lockstep.spec.Decides;

/**
 * What a person needs to mend a failure, in named parts.
 *
 * @param parts text by title, in the order of reading
 */
@Decides("CNF-7~2")
record FailureText(Map<String, String> parts) {

  private static final int SHOWN_CHARACTERS = 1_200;
  private static final Pattern PLAIN_WORD = Pattern.compile("[A-Za-z0-9_./:=@%+,-]+");

  static FailureText of(CaseResult result, ClauseTexts clauses, List<String> command) {
    Map<String, String> parts = new LinkedHashMap<>();
    TestCase test = result.test();
    parts.put("case", test.id());
    parts.put("why it is asked", test.comment());
    for (String citation : test.clauses()) {
      parts.put("clause " + citation, clauses.of(citation));
    }
    if (!result.note().isEmpty()) {
      parts.put("note", result.note());
    }
    if (result.verdict() instanceof Verdict.Differs differs) {
      add(parts, test, differs);
    }
    parts.put("replay", replay(test.id(), command));
    return new FailureText(parts);
  }

  private static void add(Map<String, String> parts, TestCase test, Verdict.Differs differs) {
    if (test.steps().size() > 1) {
      parts.put("steps before", history(test, differs.step()));
    }
    Step asked = differs.asked();
    parts.put("request", asked.op() + " " + shown(asked.input()));
    parts.put("expected", shown(asked.expected()));
    parts.put("came", shown(differs.came().toJson()));
    if (!differs.where().isEmpty()) {
      parts.put("differs first at", differs.where());
    }
    differs
        .intermediate()
        .ifPresent(
            value ->
                parts.put(
                    "first intermediate that differs",
                    value.name()
                        + ": expected "
                        + shown(value.expected())
                        + ", came "
                        + shown(value.came())));
    parts.put("as a known failure", test.id() + " " + differs.kind());
  }

  private static String history(TestCase test, int step) {
    return test.steps().subList(0, step).stream()
        .map(before -> before.op() + " " + shown(before.input()))
        .collect(Collectors.joining("\n"));
  }

  static String replay(String id, List<String> command) {
    String words = command.stream().map(FailureText::quoted).collect(Collectors.joining(" "));
    boolean options = !command.isEmpty() && command.get(0).startsWith("--");
    return "lockstep conformance --case " + id + (options ? " " : " -- ") + words;
  }

  private static String quoted(String word) {
    return PLAIN_WORD.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  private static String shown(JsonNode json) {
    String text = json.toString();
    return text.length() <= SHOWN_CHARACTERS
        ? text
        : text.substring(0, SHOWN_CHARACTERS) + "… (" + text.length() + " characters)";
  }

  /** One paragraph a part. */
  String asText() {
    return parts.entrySet().stream()
        .map(part -> part.getKey() + ": " + part.getValue().replace("\n", "\n    "))
        .collect(Collectors.joining("\n"));
  }
}
