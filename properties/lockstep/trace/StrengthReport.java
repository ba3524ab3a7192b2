package lockstep.trace;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the tests made of mutants: small changes of the code that cites a clause. Running code is
 * not yet checking it; a test checks it when an assertion of the test fails for a mutant.
 *
 * @param clauses by citation, each clause whose code has mutants
 * @param citations every citation of a test that needs a witness, in the citations' order
 * @param classes those that decide, by name
 * @param findings for which the run fails, in this order
 */
record StrengthReport(
    List<ClauseScore> clauses,
    List<CitedStrength> citations,
    List<ClassScore> classes,
    List<String> findings) {

  /** Below the build's folder. */
  static final String FILE = "strength/strength.json";

  /** The reason of a citation that a bounded run did not come to. */
  static final String NOT_REACHED = "not reached in this run's time";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /**
   * The mutants of the code that cites a clause.
   *
   * @param mutants all of them that a test of the clause executes
   * @param tried how many were run against tests of the clause
   * @param killed for how many of those a test failed or did not end
   */
  record ClauseScore(String clause, int mutants, int tried, int killed) {}

  /**
   * A test's citation of a clause.
   *
   * @param test class and method; a citation of a whole class has no method
   * @param mutants of the clause's code that the test executes
   * @param tried how many were run before one was killed, or in vain
   * @param kills a mutant for which an assertion of the test failed; empty where there is none
   * @param reason why none is needed; empty where one is
   */
  record CitedStrength(
      String test, String clause, int mutants, int tried, String kills, String reason) {

    /** Whether the run did not come to it. */
    boolean isLeft() {
      return reason.equals(NOT_REACHED);
    }

    /** Whether none has to be killed. */
    boolean isExcused() {
      return !reason.isEmpty() && !isLeft();
    }
  }

  /**
   * A class that decides.
   *
   * @param equivalent mutants that no test can tell from the code, each listed with its reason
   * @param survivors mutants that are neither killed nor listed
   */
  record ClassScore(String name, int mutants, int killed, int equivalent, List<String> survivors) {}

  /**
   * A report with a finding for each citation that kills nothing and needs to, and for each mutant
   * that survives.
   *
   * @param faults other findings
   */
  static StrengthReport of(
      List<ClauseScore> clauses,
      List<CitedStrength> citations,
      List<ClassScore> classes,
      List<String> faults) {
    List<String> findings = new ArrayList<>();
    citations.stream()
        .filter(c -> c.kills().isEmpty() && c.reason().isEmpty())
        .map(
            c ->
                String.format(
                    "%s: %s denies none of %d mutants of the code that it cites",
                    c.clause(), c.test(), c.tried()))
        .forEach(findings::add);
    classes.stream()
        .flatMap(c -> c.survivors().stream())
        .map(s -> "no test notices " + s)
        .forEach(findings::add);
    findings.addAll(faults);
    return new StrengthReport(clauses, citations, classes, List.copyOf(findings));
  }

  /** The report of a build whose mutants were run; one from before its tests says nothing of it. */
  static Optional<StrengthReport> read(Path build) throws IOException {
    Path file = build.resolve(FILE);
    return Files.exists(file) && !isOld(file, build.resolve(TestRun.FOLDER))
        ? Optional.of(JSON.readValue(file.toFile(), StrengthReport.class))
        : Optional.empty();
  }

  private static boolean isOld(Path file, Path records) throws IOException {
    if (!Files.isDirectory(records)) {
      return false;
    }
    FileTime written = Files.getLastModifiedTime(file);
    try (DirectoryStream<Path> all = Files.newDirectoryStream(records)) {
      for (Path record : all) {
        if (Files.getLastModifiedTime(record).compareTo(written) > 0) {
          return true;
        }
      }
    }
    return false;
  }

  void write(Path build) throws IOException {
    Path file = build.resolve(FILE);
    Files.createDirectories(file.getParent());
    JSON.writeValue(file.toFile(), this);
  }

  Optional<ClauseScore> score(String clause) {
    return clauses.stream().filter(c -> c.clause().equals(clause)).findFirst();
  }

  /** Mutants of the classes that decide that a test notices. */
  int killed() {
    return classes.stream().mapToInt(ClassScore::killed).sum();
  }

  /** The counts, in one line. */
  String summary() {
    return String.format(
        "%d of %d citations of tests kill a mutant, %d need none, %d not reached; %d of %d mutants"
            + " of cited code tried, %d killed; %d classes that decide: %d mutants, %d killed,"
            + " %d equivalent; %d findings",
        citations.stream().filter(c -> !c.kills().isEmpty()).count(),
        citations.size(),
        citations.stream().filter(CitedStrength::isExcused).count(),
        citations.stream().filter(CitedStrength::isLeft).count(),
        clauses.stream().mapToInt(ClauseScore::tried).sum(),
        clauses.stream().mapToInt(ClauseScore::mutants).sum(),
        clauses.stream().mapToInt(ClauseScore::killed).sum(),
        classes.size(),
        classes.stream().mapToInt(ClassScore::mutants).sum(),
        killed(),
        classes.stream().mapToInt(ClassScore::equivalent).sum(),
        findings.size());
  }
}
