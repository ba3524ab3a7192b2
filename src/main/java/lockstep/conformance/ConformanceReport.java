package lockstep.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lockstep.conformance.CaseResult.Standing;
import lockstep.spec.Implements;

/** What a run showed. */
@Implements("CNF-7~2")
public final class ConformanceReport {

  private final Capabilities testee;
  private final List<String> command;
  private final List<CaseResult> results;
  private final List<String> troubles;
  private final Examination examination;

  ConformanceReport(
      Capabilities testee,
      List<String> command,
      List<CaseResult> results,
      List<String> troubles,
      Examination examination) {
    this.testee = testee;
    this.command = List.copyOf(command);
    this.results = List.copyOf(results);
    this.troubles = List.copyOf(troubles);
    this.examination = examination;
  }

  /**
   * Whether every profile that was examined was examined whole and nothing failed that is not
   * known; where one case was put, whether that one passed.
   */
  public boolean isConformant() {
    return !hasFailed()
        && (examination.onlyCase().isEmpty() ? examination.isWhole() : passed() + known() > 0);
  }

  /**
   * Whether a case failed that is not known, or the run itself met trouble. What has neither failed
   * nor is conformant was not examined whole.
   */
  public boolean hasFailed() {
    return !troubles.isEmpty() || failed() > 0;
  }

  /** In one line: what was examined, with which verdict, and what was not. */
  public String firstLine() {
    return (testee.implementation() + " " + testee.version()).replaceAll("\\p{Cntrl}", " ")
        + ". "
        + examination.firstLine()
        + ".";
  }

  /** How many cases passed. */
  public long passed() {
    return count(Standing.PASSED);
  }

  /** How many cases failed and are not listed as known. */
  public long failed() {
    return count(Standing.FAILED);
  }

  /** How many cases failed as listed. */
  public long known() {
    return count(Standing.KNOWN);
  }

  /** How many cases failed what the spec only advises. */
  public long adviceNotFollowed() {
    return count(Standing.ADVICE);
  }

  /** How many cases the testee does not claim to do. */
  public long notOffered() {
    return count(Standing.NOT_OFFERED);
  }

  /** What kept the run from examining all that was asked, in sentences; empty for nothing. */
  public List<String> troubles() {
    return troubles;
  }

  /** Each failure in text: its case, clauses, what was expected and what came. */
  public List<String> failures() {
    return results.stream()
        .filter(result -> result.standing() == Standing.FAILED)
        .map(result -> FailureText.of(result, ClauseTexts.bundled(), command).asText())
        .toList();
  }

  /**
   * What failed, for people: a table of causes, then for each of the first {@code most} causes one
   * failure whole, then the clauses that they cite, once each. Empty where nothing failed.
   */
  public List<String> explained(int most) {
    return CauseText.of(Cause.of(results), command, most);
  }

  /**
   * Writes {@code report.html}, {@code report.json} and {@code junit.xml} into a directory, which
   * is made where it is missing.
   *
   * @throws IOException when it cannot be written
   */
  public void write(Path directory) throws IOException {
    Files.createDirectories(directory);
    ClauseTexts clauses = ClauseTexts.bundled();
    Files.writeString(directory.resolve("report.html"), HtmlReport.of(this, clauses));
    Files.writeString(directory.resolve("report.json"), JsonReport.of(this, clauses));
    Files.writeString(directory.resolve("junit.xml"), JUnitReport.of(this, clauses));
  }

  Capabilities testee() {
    return testee;
  }

  List<String> command() {
    return command;
  }

  List<CaseResult> results() {
    return results;
  }

  Examination examination() {
    return examination;
  }

  long count(Standing standing) {
    return results.stream().filter(result -> result.standing() == standing).count();
  }

  /** One line with the counts. */
  public String summary() {
    return passed()
        + " passed, "
        + failed()
        + " failed, "
        + known()
        + " known failures, "
        + adviceNotFollowed()
        + " advice not followed, "
        + notOffered()
        + " not offered";
  }
}
