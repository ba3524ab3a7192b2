package lockstep.trace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The whole spec: every clause and assumption of {@code spec/*.md}, in the order of files and
 * lines.
 *
 * @param findings what is wrong with it by itself
 */
record Spec(List<Clause> clauses, List<Assumption> assumptions, List<Finding> findings) {

  /** The folder, relative to the project. */
  static final String FOLDER = "spec";

  Spec {
    clauses = List.copyOf(clauses);
    assumptions = List.copyOf(assumptions);
    findings = List.copyOf(findings);
  }

  /** Reads {@code spec/*.md} below the project's directory. */
  static Spec read(Path project) throws IOException {
    List<Clause> clauses = new ArrayList<>();
    List<Assumption> assumptions = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    int boilerplates = 0;
    for (Path file : markdownFiles(project.resolve(FOLDER))) {
      String name = FOLDER + "/" + file.getFileName();
      SpecParser.Parsed parsed = SpecParser.parse(name, Files.readAllLines(file));
      clauses.addAll(parsed.clauses());
      assumptions.addAll(parsed.assumptions());
      findings.addAll(parsed.findings());
      boilerplates += parsed.boilerplates();
    }
    if (boilerplates > 1) {
      findings.add(
          new Finding(Finding.Kind.KEYWORD_OUTSIDE_CLAUSE, FOLDER, 1, "a second BCP 14 paragraph"));
    }
    findings.addAll(duplicates(clauses, assumptions));
    return new Spec(clauses, assumptions, findings);
  }

  static List<Path> markdownFiles(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.getFileName().toString().endsWith(".md")).sorted().toList();
    }
  }

  /** The clauses by id; of two with one id the first. */
  Map<String, Clause> byId() {
    Map<String, Clause> byId = new TreeMap<>();
    clauses.forEach(c -> byId.putIfAbsent(c.id(), c));
    return byId;
  }

  /** What a citation can name: the active clauses, each with its revision. */
  Set<String> citable() {
    return byId().values().stream()
        .filter(c -> c.status() == ClauseStatus.ACTIVE)
        .map(Clause::citation)
        .collect(Collectors.toSet());
  }

  long count(ClauseStatus status) {
    return clauses.stream().filter(c -> c.status() == status).count();
  }

  private static List<Finding> duplicates(List<Clause> clauses, List<Assumption> assumptions) {
    List<Finding> findings = new ArrayList<>();
    Map<String, String> seen = new TreeMap<>();
    for (Clause clause : clauses) {
      note(seen, findings, clause.id(), clause.file(), clause.line());
    }
    for (Assumption assumption : assumptions) {
      note(seen, findings, assumption.id(), assumption.file(), assumption.line());
    }
    return findings;
  }

  private static void note(
      Map<String, String> seen, List<Finding> findings, String id, String file, int line) {
    String first = seen.putIfAbsent(id, file + ":" + line);
    if (first != null) {
      findings.add(
          new Finding(Finding.Kind.DUPLICATE_ID, file, line, id + " stands already at " + first));
    }
  }
}
