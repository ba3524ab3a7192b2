package lockstep.trace;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import lockstep.trace.CitedMutants.Attempt;
import lockstep.trace.MutantJvm.Verdict;
import lockstep.trace.StrengthReport.CitedStrength;

/** Looks for a mutant of the cited code that each citation of a test denies. */
final class CitationStrength {

  /** So many mutants of each set are tried for one citation, and so many with all tries. */
  private static final int MOST = 20;

  private static final int MOST_WITH_ALL_TRIES = 6;

  /** Tests of these packages run files, sockets and processes, at minutes for each mutant. */
  private static final List<String> OUTSIDE_THE_CORE =
      List.of("lockstep.adapter.", "lockstep.cli.", "lockstep.oracle.");

  private static final String NOT_ASKED =
      "a test outside the core: it runs files and processes, not mutants";
  private static final String NOTHING_TO_CHANGE =
      "the cited code has nothing that PIT's mutators change";

  private final CitedMutants cited;
  private final List<Mutants> sets;
  private final StrengthTables weak;
  private final Trials trials;

  /**
   * @param sets the kinds of mutants, in the order in which they are tried
   */
  CitationStrength(CitedMutants cited, List<Mutants> sets, StrengthTables weak, Trials trials) {
    this.cited = cited;
    this.sets = sets;
    this.weak = weak;
    this.trials = trials;
  }

  /** Each citation in its order; those of one test class run on one worker. */
  List<CitedStrength> of(List<CitedTest> tests) throws IOException {
    Map<String, List<CitedTest>> byClass =
        tests.stream()
            .collect(
                Collectors.groupingBy(
                    t -> t.citation().place().className(), TreeMap::new, Collectors.toList()));
    Map<Citation, CitedStrength> found = new ConcurrentHashMap<>();
    List<Trials.Piece> pieces = new ArrayList<>();
    for (List<CitedTest> ofClass : byClass.values()) {
      pieces.add(
          () -> {
            for (CitedTest test : ofClass) {
              found.put(test.citation(), strength(test));
            }
          });
    }
    trials.each(pieces);
    return tests.stream().map(t -> found.get(t.citation())).toList();
  }

  /** Whether mutants are run against the test. */
  static boolean isAsked(CitedTest test) {
    return OUTSIDE_THE_CORE.stream().noneMatch(test.citation().place().className()::startsWith);
  }

  private CitedStrength strength(CitedTest test) throws IOException {
    if (!isAsked(test)) {
      return result(test.citation(), 0, 0, "", NOT_ASKED);
    }
    return trials.isLate()
        ? result(test.citation(), 0, 0, "", StrengthReport.NOT_REACHED)
        : strength(test.citation());
  }

  private CitedStrength strength(Citation citation) throws IOException {
    List<Attempt> some = new ArrayList<>();
    int all = 0;
    for (Mutants set : sets) {
      List<Attempt> attempts = cited.attempts(citation, set);
      for (Attempt attempt : attempts) {
        if (trials.isDenied(attempt.test(), attempt.mutant())) {
          return result(citation, attempts.size(), 1, attempt.mutant().display());
        }
      }
      all += attempts.size();
      some.addAll(attempts.subList(0, Math.min(MOST, attempts.size())));
    }
    int tried = 0;
    for (Attempt attempt : some) {
      tried++;
      if (isDenied(attempt, Trials.FEW_TRIES)) {
        return result(citation, all, tried, attempt.mutant().display());
      }
    }
    for (Attempt attempt : some.subList(0, Math.min(MOST_WITH_ALL_TRIES, some.size()))) {
      if (isDenied(attempt, Trials.ALL_TRIES)) {
        return result(citation, all, tried, attempt.mutant().display());
      }
    }
    return result(citation, all, tried, "");
  }

  private boolean isDenied(Attempt attempt, int tries) throws IOException {
    return trials.run(attempt.test(), attempt.mutant(), tries) == Verdict.DENIED;
  }

  private CitedStrength result(Citation citation, int mutants, int tried, String kills) {
    if (!kills.isEmpty()) {
      return result(citation, mutants, tried, kills, "");
    }
    String reason =
        mutants == 0 ? NOTHING_TO_CHANGE : weak.reason(citation.place().display(), citation.text());
    return result(citation, mutants, tried, "", reason);
  }

  private static CitedStrength result(
      Citation citation, int mutants, int tried, String kills, String reason) {
    return new CitedStrength(
        citation.place().display(), citation.text(), mutants, tried, kills, reason);
  }
}
