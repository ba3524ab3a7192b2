package lockstep.trace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** The dossier for programs. */
final class DossierJson {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private DossierJson() {}

  static String text(TracedBuild build, List<ClauseEvidence> clauses, Dossier.Inputs inputs) {
    ObjectNode root = JSON.createObjectNode();
    root.put("java", Runtime.version().feature());
    root.put("summary", build.summary());
    ObjectNode counts = root.putObject("counts");
    for (ClauseStatus status : ClauseStatus.values()) {
      counts.put(status.word(), build.spec().count(status));
    }
    counts.put("implements", build.gate().code().count(CitationKind.IMPLEMENTS));
    counts.put("verifies", build.gate().code().count(CitationKind.VERIFIES));
    counts.put("witnessed", build.witnessed());
    counts.put("byConstruction", build.byConstruction());
    strings(root.putArray("findings"), build.findings().stream().map(Finding::toString).toList());
    ArrayNode list = root.putArray("clauses");
    clauses.forEach(c -> clause(list.addObject(), c, build.strength()));
    ArrayNode threats = root.putArray("threats");
    for (Threat threat : inputs.threats().threats()) {
      ObjectNode node = threats.addObject();
      node.put("id", threat.id()).put("question", threat.question()).put("claim", threat.claim());
      strings(node.putArray("clauses"), threat.clauses());
      strings(node.putArray("tests"), threat.tests());
      strings(node.putArray("assumptions"), threat.assumptions());
    }
    ArrayNode assumptions = root.putArray("assumptions");
    build
        .spec()
        .assumptions()
        .forEach(a -> assumptions.addObject().put("id", a.id()).put("text", a.text()));
    try {
      return JSON.writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain nodes is always JSON", e);
    }
  }

  private static void tests(ArrayNode tests, List<CitedTest> cited) {
    for (CitedTest each : cited) {
      ObjectNode test = tests.addObject();
      test.put("test", each.citation().place().display()).put("cases", each.cases());
      strings(test.putArray("results"), each.tests().stream().map(t -> t.status().name()).toList());
      strings(
          test.putArray("seeds"),
          each.tests().stream().map(TestOutcome::seed).filter(s -> !s.isEmpty()).toList());
      strings(
          test.putArray("executed"), each.witnesses().stream().map(CodePlace::display).toList());
      test.put("byConstruction", each.citation().byConstruction());
    }
  }

  private static void clause(
      ObjectNode node, ClauseEvidence evidence, Optional<StrengthReport> strength) {
    Clause clause = evidence.clause();
    node.put("id", clause.id())
        .put("revision", clause.revision())
        .put("status", clause.status().word())
        .put("title", clause.title())
        .put("text", clause.normativeText())
        .put("rationale", clause.rationale())
        .put("grade", evidence.gradeText())
        .put("file", clause.file())
        .put("line", clause.line());
    strings(node.putArray("binds"), clause.bound().stream().map(Addressee::word).toList());
    strings(node.putArray("demands"), clause.demanded().stream().map(EvidenceKind::word).toList());
    strings(node.putArray("code"), evidence.code().stream().map(CodePlace::display).toList());
    tests(node.putArray("tests"), evidence.tests());
    strength
        .flatMap(s -> s.score(clause.citation()))
        .ifPresent(
            score ->
                node.putObject("mutants")
                    .put("all", score.mutants())
                    .put("tried", score.tried())
                    .put("killed", score.killed()));
    strings(node.putArray("files"), evidence.files());
    strings(node.putArray("threats"), evidence.threats().stream().map(Threat::id).toList());
    strings(node.putArray("assumptions"), List.copyOf(evidence.assumptions().stream().toList()));
  }

  private static void strings(ArrayNode array, List<String> values) {
    values.forEach(array::add);
  }
}
