package lockstep.conformance;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of each clause, so that a failure explains itself. */
final class ClauseTexts {

  private static final Pattern CLAUSE =
      Pattern.compile(
          "^### ([A-Z]{2,6}-\\d+) (.*)\\R(?:Revision:.*\\R)?((?:(?!^#{1,3} ).*(?:\\R|\\z))*)",
          Pattern.MULTILINE);

  private final Map<String, String> byId = new HashMap<>();

  private ClauseTexts() {}

  static ClauseTexts bundled() {
    ClauseTexts texts = new ClauseTexts();
    BundledFiles.read("", ".md").values().forEach(texts::add);
    return texts;
  }

  private void add(String markdown) {
    Matcher clause = CLAUSE.matcher(markdown);
    while (clause.find()) {
      byId.put(clause.group(1), clause.group(2).strip() + "\n\n" + clause.group(3).strip());
    }
  }

  /** Title and text of a clause that is cited as {@code LIM-3~1}. */
  String of(String citation) {
    int tilde = citation.indexOf('~');
    String id = tilde < 0 ? citation : citation.substring(0, tilde);
    return byId.getOrDefault(id, "(no such clause in this version of the spec)");
  }
}
