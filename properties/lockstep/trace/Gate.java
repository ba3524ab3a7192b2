package lockstep.trace;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Holds spec, locks and compiled code against each other. */
final class Gate {

  private static final Pattern CITATION =
      Pattern.compile("([A-Z]{2,6}-[1-9][0-9]{0,4})~([1-9][0-9]{0,3})");

  private final Spec spec;
  private final Map<String, Clause> clauses;
  private final CompiledCode code;

  private Gate(Spec spec, CompiledCode code) {
    this.spec = spec;
    this.clauses = spec.byId();
    this.code = code;
  }

  /** Every finding over a project's spec, locks and compiled code, sorted by file and line. */
  static GateReport check(Path project, CompiledCode code) throws IOException {
    Spec spec = Spec.read(project);
    Gate gate = new Gate(spec, code);
    List<Finding> findings = new ArrayList<>(spec.findings());
    findings.addAll(ClauseLock.read(project).differences(spec));
    findings.addAll(CitationLock.read(project).differences(code, spec.citable()));
    findings.addAll(References.check(project, spec));
    findings.addAll(code.findings());
    code.citations().forEach(c -> gate.fault(c).ifPresent(findings::add));
    findings.addAll(gate.missingEvidence());
    findings.addAll(gate.undecided());
    findings.addAll(gate.uncitedCode());
    FaultCover faults = FaultCover.read(project, spec, gate.carriedOut());
    findings.addAll(faults.findings());
    Collections.sort(findings);
    return new GateReport(spec, code, faults, List.copyOf(findings));
  }

  private Optional<Finding> fault(Citation citation) {
    Matcher parts = CITATION.matcher(citation.text());
    if (!parts.matches()) {
      return found(Finding.Kind.MALFORMED_CITATION, citation, "is not `id~revision`");
    }
    Clause clause = clauses.get(parts.group(1));
    if (clause == null) {
      return found(Finding.Kind.UNKNOWN_CLAUSE, citation, "names no clause of the spec");
    }
    return switch (clause.status()) {
      case WITHDRAWN -> found(Finding.Kind.WITHDRAWN_CLAUSE, citation, "names a withdrawn clause");
      case PLANNED ->
          found(Finding.Kind.PLANNED_CLAUSE, citation, "names a clause that is only planned");
      case ACTIVE ->
          clause.citation().equals(citation.text())
              ? Optional.empty()
              : found(
                  Finding.Kind.OUTDATED_REVISION,
                  citation,
                  "is outdated: the clause is at ~" + clause.revision());
    };
  }

  private static Optional<Finding> found(Finding.Kind kind, Citation citation, String message) {
    CodePlace place = citation.place();
    return Optional.of(
        new Finding(
            kind,
            place.file(),
            place.line(),
            "\"" + citation.text() + "\" on " + place.display() + " " + message));
  }

  private List<Finding> missingEvidence() {
    List<Finding> findings = new ArrayList<>();
    for (Clause clause : spec.clauses()) {
      if (clause.status() != ClauseStatus.ACTIVE) {
        continue;
      }
      for (EvidenceKind kind : clause.demanded()) {
        if (!isShown(clause, kind)) {
          findings.add(
              new Finding(
                  Finding.Kind.MISSING_EVIDENCE,
                  clause.citation(),
                  clause.file(),
                  clause.line(),
                  clause.citation() + " lacks " + kind.word() + ": " + kind.remedy()));
        }
      }
    }
    return findings;
  }

  /** The active clauses that code cites. */
  private List<Clause> carriedOut() {
    return spec.clauses().stream()
        .filter(c -> c.status() == ClauseStatus.ACTIVE && isShown(c, EvidenceKind.IMPL))
        .toList();
  }

  private boolean isShown(Clause clause, EvidenceKind kind) {
    return code.citations().stream()
        .anyMatch(c -> c.text().equals(clause.citation()) && kind.isShownBy(c));
  }

  /**
   * Of several places that cite a clause one decides it, so that an auditor knows where to look.
   */
  private List<Finding> undecided() {
    List<Finding> findings = new ArrayList<>();
    for (Clause clause : carriedOut()) {
      List<String> places =
          code.deciding(clause.citation()).stream().map(CodePlace::display).toList();
      if (places.size() != 1) {
        String message =
            places.isEmpty()
                ? " is cited by several places and decided by none: one of them says @Decides"
                : " is decided by more than one place: " + String.join(", ", places);
        findings.add(
            new Finding(
                Finding.Kind.UNDECIDED_CLAUSE,
                clause.citation(),
                clause.file(),
                clause.line(),
                clause.citation() + message));
      }
    }
    return findings;
  }

  private List<Finding> uncitedCode() {
    return code.uncited().stream()
        .map(
            p ->
                new Finding(
                    Finding.Kind.CODE_WITHOUT_CLAUSE,
                    p.file(),
                    p.line(),
                    p.display() + " cites no clause and gives no @NonNormative reason"))
        .toList();
  }
}
