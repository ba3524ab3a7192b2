package lockstep.trace;

import java.util.List;

/**
 * What the gate found.
 *
 * @param faults those planted for the clauses
 * @param findings sorted by file and line; empty when the gate is open
 */
record GateReport(Spec spec, CompiledCode code, FaultCover faults, List<Finding> findings) {

  List<Finding> of(Finding.Group group) {
    return findings.stream().filter(f -> f.kind().group() == group).toList();
  }

  /** The counts, in one line. */
  String summary() {
    return String.format(
        "%d clauses: %d active, %d planned, %d withdrawn; %d assumptions; %d citations: %d"
            + " implement, %d verify; %d findings",
        spec.clauses().size(),
        spec.count(ClauseStatus.ACTIVE),
        spec.count(ClauseStatus.PLANNED),
        spec.count(ClauseStatus.WITHDRAWN),
        spec.assumptions().size(),
        code.citations().size(),
        code.count(CitationKind.IMPLEMENTS),
        code.count(CitationKind.VERIFIES),
        findings.size());
  }
}
