package lockstep.trace;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lockstep.trace.MutantJvm.Verdict;
import lockstep.trace.StrengthReport.ClassScore;

/** Looks for mutants of a class, or of the code of a clause, that no test notices. */
final class ClassStrength {

  /** A mutant that so many tests do not notice, the nearest with all tries, is a survivor. */
  private static final int MOST_TESTS = 100;

  /** So many are asked before a mutant is looked up among those listed as equivalent. */
  private static final int NEAR_TESTS = 12;

  private static final int NEAREST_TESTS = 6;

  private final CitedMutants cited;
  private final Mutants mutants;
  private final Trials trials;

  ClassStrength(CitedMutants cited, Mutants mutants, Trials trials) {
    this.cited = cited;
    this.mutants = mutants;
    this.trials = trials;
  }

  /**
   * The outermost classes of which a place decides a clause, as its annotation says; of each, every
   * mutant is killed or listed as equivalent.
   */
  static List<String> deciding(CompiledCode code) {
    return code.citations().stream()
        .filter(c -> c.kind() == CitationKind.IMPLEMENTS)
        .map(Citation::text)
        .distinct()
        .flatMap(clause -> code.deciding(clause).stream())
        .map(CodePlace::topLevelName)
        .distinct()
        .sorted()
        .toList();
  }

  /**
   * The score of each class, its nested classes included.
   *
   * @param types names of outermost classes among {@code compiled}
   */
  List<ClassScore> of(List<String> types, List<String> compiled, StrengthTables equivalent)
      throws IOException {
    Map<String, ClassScore> scores = new TreeMap<>();
    List<Trials.Piece> pieces = new ArrayList<>();
    for (String type : types) {
      List<Mutant> ofType =
          compiled.stream()
              .filter(c -> c.equals(type) || c.startsWith(type + "$"))
              .flatMap(c -> mutants.of(c).stream())
              .toList();
      pieces.add(
          () -> {
            ClassScore score;
            do {
              score = score(type, ofType, equivalent);
            } while (!trials.confirm());
            synchronized (scores) {
              scores.put(type, score);
            }
          });
    }
    trials.each(pieces);
    return List.copyOf(scores.values());
  }

  private ClassScore score(String type, List<Mutant> all, StrengthTables equivalent)
      throws IOException {
    List<String> survivors = new ArrayList<>();
    int killed = 0;
    int listed = 0;
    for (Mutant mutant : all) {
      if (isKilled(mutant, NEAR_TESTS, Trials.FEW_TRIES)
          || isKilled(mutant, NEAREST_TESTS, Trials.ALL_TRIES)) {
        killed++;
      } else if (equivalent.lists(mutant)) {
        listed++;
      } else if (isKilled(mutant, MOST_TESTS, Trials.FEW_TRIES)) {
        killed++;
      } else {
        survivors.add(mutant.display());
      }
    }
    return new ClassScore(type, all.size(), killed, listed, List.copyOf(survivors));
  }

  private boolean isKilled(Mutant mutant, int most, int tries) throws IOException {
    if (trials.isKilled(mutant)) {
      return true;
    }
    List<TestName> tests = cited.executing(mutant);
    for (TestName test : tests.subList(0, Math.min(most, tests.size()))) {
      if (trials.runUnconfirmed(test, mutant, tries) != Verdict.PASSED) {
        return true;
      }
    }
    return false;
  }
}
