package lockstep.trace;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import lockstep.models.FaultTable;
import lockstep.models.PlantedFault;

/**
 * The planted faults held against the clauses that code carries out: each clause has one, those of
 * {@link #HIGH_RISK} have three, and they are not all of one kind.
 *
 * @param faults in the table's order
 * @param covered clauses that have as many as they need
 * @param clauses that need some
 */
record FaultCover(List<PlantedFault> faults, int covered, int clauses, List<Finding> findings) {

  /** The series whose clauses cost a key, a backup or an attempt where they are broken. */
  static final Set<String> HIGH_RISK =
      Set.of(
          "ATR", "AUT", "BAK", "CHG", "DEV", "DIS", "ENR", "HED", "LEA", "LIM", "MAN", "MRK", "OBJ",
          "OPQ", "OPR", "PAY", "PWD", "RCP", "ROT", "RST", "SEC", "SES", "STG", "WRP");

  private static final int OF_A_CLAUSE = 1;
  private static final int OF_HIGH_RISK = 3;

  /** Two kinds at least, so that three faults are not one test seen three times. */
  private static final int KINDS = 2;

  /**
   * Reads the table below the project's folder.
   *
   * @param carriedOut the active clauses that code cites
   */
  static FaultCover read(Path project, Spec spec, List<Clause> carriedOut) throws IOException {
    FaultTable table = FaultTable.read(project);
    List<Finding> findings = new ArrayList<>();
    table.misfits().forEach(m -> findings.add(malformed(m.file(), m.line(), m.message())));
    table.unplantable().forEach(m -> findings.add(malformed(m.file(), m.line(), m.message())));
    Map<String, Clause> clauses = spec.byId();
    for (PlantedFault fault : table.faults()) {
      Clause clause = clauses.get(fault.clause());
      if (clause == null || clause.status() != ClauseStatus.ACTIVE) {
        String message = fault.name() + ": " + fault.clause() + " is no active clause";
        findings.add(malformed(fault.file(), fault.line(), message));
      }
    }
    Map<String, List<PlantedFault>> byClause =
        table.faults().stream().collect(Collectors.groupingBy(PlantedFault::clause));
    int covered = 0;
    for (Clause clause : carriedOut) {
      String lacking = lacking(clause, byClause.getOrDefault(clause.id(), List.of()));
      if (lacking.isEmpty()) {
        covered++;
      } else {
        findings.add(
            new Finding(
                Finding.Kind.UNPLANTED_CLAUSE,
                clause.citation(),
                clause.file(),
                clause.line(),
                clause.citation() + lacking));
      }
    }
    return new FaultCover(table.faults(), covered, carriedOut.size(), List.copyOf(findings));
  }

  private static Finding malformed(String file, int line, String message) {
    return new Finding(Finding.Kind.MALFORMED_FAULT, file, line, message);
  }

  private static String lacking(Clause clause, List<PlantedFault> faults) {
    boolean high = HIGH_RISK.contains(clause.series());
    int needed = high ? OF_HIGH_RISK : OF_A_CLAUSE;
    if (faults.size() < needed) {
      return " has " + faults.size() + " planted faults in " + FaultTable.FOLDER + ", of " + needed;
    }
    Set<String> kinds = new HashSet<>();
    faults.forEach(f -> kinds.add(f.kind()));
    return high && kinds.size() < KINDS
        ? " has planted faults of one kind only, `" + faults.get(0).kind() + "`"
        : "";
  }

  List<PlantedFault> of(Clause clause) {
    return faults.stream().filter(f -> f.clause().equals(clause.id())).toList();
  }

  /** The counts, in one line. */
  String summary() {
    return faults.size()
        + " planted faults; "
        + covered
        + " of "
        + clauses
        + " active clauses that code decides have theirs; "
        + faults.stream().filter(f -> !f.open().isEmpty()).count()
        + " faults open";
  }
}
