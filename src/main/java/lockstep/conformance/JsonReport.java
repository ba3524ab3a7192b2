package lockstep.conformance;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import lockstep.conformance.CaseResult.Standing;
import lockstep.spec.Implements;

/** A run as one JSON object, for programs. */
@Implements("CNF-7")
final class JsonReport {

  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonReport() {}

  static String of(ConformanceReport report, ClauseTexts clauses) {
    ObjectNode root = JSON.createObjectNode();
    root.put("implementation", report.testee().implementation());
    root.put("version", report.testee().version());
    root.put("conformant", report.isConformant());
    ObjectNode counts = root.putObject("counts");
    for (Standing standing : Standing.values()) {
      counts.put(standing.text(), report.count(standing));
    }
    ArrayNode troubles = root.putArray("troubles");
    report.troubles().forEach(troubles::add);
    ArrayNode cases = root.putArray("cases");
    for (CaseResult result : report.results()) {
      ObjectNode entry = cases.addObject();
      entry.put("id", result.test().id());
      entry.put("profile", result.test().profile());
      entry.put("standing", result.standing().text());
      entry.put("millis", result.millis());
      ArrayNode citations = entry.putArray("clauses");
      result.test().clauses().forEach(citations::add);
      if (result.verdict() instanceof Verdict.NotOffered notOffered) {
        notOffered.missing().forEach(entry.putArray("missingOps")::add);
      }
      if (result.standing() != Standing.PASSED && result.standing() != Standing.NOT_OFFERED) {
        Map<String, String> parts = FailureText.of(result, clauses, report.command()).parts();
        parts.forEach(entry.putObject("failure")::put);
      }
    }
    return root.toPrettyString() + "\n";
  }
}
