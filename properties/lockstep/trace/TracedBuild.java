package lockstep.trace;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A finished build with everything that ties it to the spec: what the dossier shows.
 *
 * @param strength what tests made of mutants; empty where that was not run
 * @param faults what tests made of planted faults; empty where that was not run
 * @param findings what no waiver covers, and what is wrong with the waivers; sorted
 */
record TracedBuild(
    GateReport gate,
    RunEvidence runs,
    Waivers waivers,
    GitHistory history,
    Optional<StrengthReport> strength,
    Optional<FaultReport> faults,
    List<Finding> findings) {

  /**
   * Reads spec, classes and the records of the tests.
   *
   * @param build the folder with {@code classes} and {@code test-classes}
   * @param records the folder of the tests' records
   * @param loader finds the compiled classes
   */
  static TracedBuild read(Path project, Path build, Path records, ClassLoader loader)
      throws IOException {
    CompiledCode code =
        CompiledCode.read(project, build.resolve("classes"), build.resolve("test-classes"), loader);
    GateReport gate = Gate.check(project, code);
    RunEvidence runs = RunEvidence.of(code.citations(), TestRun.readAll(records));
    Waivers waivers = Waivers.read(project);
    GitHistory history = new GitHistory(project);
    List<Finding> found = new ArrayList<>(gate.findings());
    found.addAll(runs.findings());
    List<Finding> left = new ArrayList<>(waivers.without(found));
    left.addAll(waivers.faults(found, history.commitDate()));
    Collections.sort(left);
    return new TracedBuild(
        gate,
        runs,
        waivers,
        history,
        StrengthReport.read(build),
        FaultReport.read(build),
        List.copyOf(left));
  }

  /** The faults of a clause, each with what this build's tests made of it. */
  List<FaultReport.Result> faultsOf(Clause clause) {
    return gate.faults().of(clause).stream()
        .map(f -> faults.flatMap(r -> r.of(f)).orElseGet(() -> FaultReport.Result.notRun(f)))
        .toList();
  }

  Spec spec() {
    return gate.spec();
  }

  /** Tests that executed code of the clause that they cite. */
  long witnessed() {
    return runs.tests().stream().filter(t -> !t.witnesses().isEmpty()).count();
  }

  /** Citations that need no witness and have none. */
  long byConstruction() {
    return runs.tests().stream().filter(t -> t.byConstruction() && t.witnesses().isEmpty()).count();
  }

  /** Citations of tests that need a program which this machine has not; nothing where none does. */
  private String lackingTools() {
    long lacking = runs.tests().stream().filter(CitedTest::lacksTool).count();
    return lacking == 0 ? "" : " " + lacking + " citations not run here, for want of a program;";
  }

  /** Whether each clause that demands a property has one. */
  String propertyLine() {
    long lacking =
        findings.stream()
            .filter(f -> f.kind() == Finding.Kind.MISSING_EVIDENCE)
            .filter(f -> f.message().contains(" lacks " + EvidenceKind.PROPERTY.word() + ":"))
            .count();
    return lacking == 0
        ? "No clause that demands property is without one."
        : lacking + " clauses that demand property are without one.";
  }

  /** The counts, in one line. */
  String summary() {
    return String.format(
        "%d clauses: %d active, %d planned, %d withdrawn; %d assumptions; %d citations: %d"
            + " implement, %d verify; %d witnessed, %d by construction;%s"
            + " %d waivers; %d findings%s",
        spec().clauses().size(),
        spec().count(ClauseStatus.ACTIVE),
        spec().count(ClauseStatus.PLANNED),
        spec().count(ClauseStatus.WITHDRAWN),
        spec().assumptions().size(),
        gate.code().citations().size(),
        gate.code().count(CitationKind.IMPLEMENTS),
        gate.code().count(CitationKind.VERIFIES),
        witnessed(),
        byConstruction(),
        lackingTools(),
        waivers.all().size(),
        findings.size(),
        strength.map(s -> "; " + s.summary()).orElse(""));
  }
}
