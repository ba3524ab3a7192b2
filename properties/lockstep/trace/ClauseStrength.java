package lockstep.trace;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import lockstep.trace.CitedMutants.Attempt;
import lockstep.trace.MutantJvm.Verdict;
import lockstep.trace.StrengthReport.ClauseScore;

/** Scores each clause: of the mutants of its code, those that a test of the clause notices. */
final class ClauseStrength {

  private static final int MOST_TESTS = 4;

  private final CitedMutants cited;
  private final Mutants mutants;
  private final int sample;
  private final Trials trials;

  /**
   * @param sample so many mutants of each clause are run, evenly spread over its code
   */
  ClauseStrength(CitedMutants cited, Mutants mutants, int sample, Trials trials) {
    this.cited = cited;
    this.mutants = mutants;
    this.sample = sample;
    this.trials = trials;
  }

  /** The score of each clause that these tests cite, by citation. */
  List<ClauseScore> of(List<CitedTest> tests) throws IOException {
    Map<String, List<CitedTest>> byClause =
        tests.stream()
            .collect(
                Collectors.groupingBy(t -> t.citation().text(), TreeMap::new, Collectors.toList()));
    Map<String, ClauseScore> scores = new TreeMap<>();
    List<Trials.Piece> pieces = new ArrayList<>();
    byClause.forEach(
        (clause, ofClause) ->
            pieces.add(
                () -> {
                  ClauseScore score;
                  do {
                    score = score(clause, ofClause);
                  } while (!trials.confirm());
                  synchronized (scores) {
                    scores.put(clause, score);
                  }
                }));
    trials.each(pieces);
    return List.copyOf(scores.values());
  }

  private ClauseScore score(String clause, List<CitedTest> tests) throws IOException {
    Map<Mutant, List<TestName>> noticing = new LinkedHashMap<>();
    for (CitedTest test : tests) {
      for (Attempt attempt : cited.attempts(test.citation(), mutants)) {
        noticing.computeIfAbsent(attempt.mutant(), m -> new ArrayList<>()).add(attempt.test());
      }
    }
    List<Mutant> all =
        noticing.keySet().stream()
            .sorted(
                Comparator.comparing(Mutant::type)
                    .thenComparingInt(Mutant::line)
                    .thenComparing(Mutant::numberedChange))
            .toList();
    int tried = Math.min(sample, all.size());
    int killed = 0;
    for (int i = 0; i < tried; i++) {
      if (trials.isLate()) {
        return new ClauseScore(clause, all.size(), i, killed);
      }
      Mutant mutant = all.get((int) ((long) i * all.size() / tried));
      killed += isKilled(mutant, noticing.get(mutant)) ? 1 : 0;
    }
    return new ClauseScore(clause, all.size(), tried, killed);
  }

  private boolean isKilled(Mutant mutant, List<TestName> tests) throws IOException {
    if (trials.isKilled(mutant)) {
      return true;
    }
    for (TestName test : tests.subList(0, Math.min(MOST_TESTS, tests.size()))) {
      if (trials.runUnconfirmed(test, mutant, Trials.FEW_TRIES) != Verdict.PASSED) {
        return true;
      }
    }
    return false;
  }
}
