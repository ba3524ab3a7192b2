package lockstep.conformance;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import lockstep.conformance.CaseResult.Standing;
import lockstep.spec.Implements;

/** A run as one JSON object, for programs. */
@Implements("CNF-7~2")
final class JsonReport {

  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonReport() {}

  static String of(ConformanceReport report, ClauseTexts clauses) {
    ObjectNode root = JSON.createObjectNode();
    root.put("implementation", report.testee().implementation());
    root.put("version", report.testee().version());
    root.put("firstLine", report.firstLine());
    root.put("conformant", report.isConformant());
    addProfiles(root, report);
    ObjectNode counts = root.putObject("counts");
    for (Standing standing : Standing.values()) {
      counts.put(standing.text(), report.count(standing));
    }
    ArrayNode troubles = root.putArray("troubles");
    report.troubles().forEach(troubles::add);
    addCauses(root, report);
    ArrayNode cases = root.putArray("cases");
    for (CaseResult result : report.results()) {
      ObjectNode entry = cases.addObject();
      entry.put("id", result.test().id());
      result.test().profiles().forEach(entry.putArray("profiles")::add);
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

  private static void addProfiles(ObjectNode root, ConformanceReport report) {
    ArrayNode profiles = root.putArray("profiles");
    for (ProfileResult profile : report.examination().results()) {
      ObjectNode entry = profiles.addObject().put("name", profile.name());
      entry.put("conformant", profile.isConformant()).put("claimed", profile.claimed());
      entry.put("cases", profile.cases()).put("failed", profile.failed());
      profile.missing().forEach(entry.putArray("notOffered")::add);
    }
  }

  private static void addCauses(ObjectNode root, ConformanceReport report) {
    ArrayNode causes = root.putArray("causes");
    for (Cause cause : Cause.of(report.results())) {
      ObjectNode entry = causes.addObject().put("operation", cause.op());
      entry.put("expected", cause.expected()).put("came", cause.came());
      entry.put("cases", cause.cases());
      cause.clauses().forEach(entry.putArray("clauses")::add);
      entry.put("replay", FailureText.replay(cause.first().test().id(), report.command()));
    }
  }
}
