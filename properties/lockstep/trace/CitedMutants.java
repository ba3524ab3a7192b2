package lockstep.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which mutants a citation of a test stands on, from what its tests executed. */
final class CitedMutants {

  private final Map<String, TestRun> runs;
  private final Map<String, List<CodePlace>> places;

  CitedMutants(Map<String, TestRun> runs, List<Citation> citations) {
    this.runs = runs;
    this.places =
        citations.stream()
            .filter(c -> c.kind() == CitationKind.IMPLEMENTS)
            .collect(
                Collectors.groupingBy(
                    Citation::text, Collectors.mapping(Citation::place, Collectors.toList())));
  }

  /** A test and what it can be asked to notice. */
  record Attempt(TestName test, Mutant mutant) {}

  /** All that a citation's tests can be asked to notice, the most telling first. */
  List<Attempt> attempts(Citation citation, Mutants mutants) {
    Map<String, List<Attempt>> byMethod = new LinkedHashMap<>();
    tests(citation.place())
        .forEach(
            (test, executed) ->
                ofClause(citation.text(), executed, mutants).stream()
                    .sorted(Comparator.comparingInt(CitedMutants::silence))
                    .forEach(
                        m ->
                            byMethod
                                .computeIfAbsent(
                                    m.type() + "." + m.method(), k -> new ArrayList<>())
                                .add(new Attempt(test, m))));
    List<Attempt> all = new ArrayList<>();
    for (int i = 0; all.size() < byMethod.values().stream().mapToInt(List::size).sum(); i++) {
      for (List<Attempt> ofMethod : byMethod.values()) {
        if (i < ofMethod.size()) {
          all.add(ofMethod.get(i));
        }
      }
    }
    return all;
  }

  /** The tests that a citation stands on. */
  private Map<TestName, ExecutedCode> tests(CodePlace place) {
    Map<TestName, ExecutedCode> tests = new LinkedHashMap<>();
    for (TestRun run : runs.values()) {
      for (TestOutcome test : run.tests()) {
        if (RunEvidence.isOn(place, run.testClass(), test.method())) {
          tests.put(new TestName(run.testClass(), test.method()), run.executedBy(test));
        }
      }
    }
    return tests;
  }

  /** Mutants of the clause's code in executed methods. */
  private Set<Mutant> ofClause(String clause, ExecutedCode executed, Mutants mutants) {
    Set<Mutant> found = new LinkedHashSet<>();
    for (CodePlace place : places.getOrDefault(clause, List.of())) {
      executed
          .methods()
          .forEach(
              (type, methods) -> {
                if (isOf(place, type)) {
                  mutants.of(type).stream()
                      .filter(m -> methods.contains(m.method()))
                      .filter(m -> place.member().isEmpty() || place.member().equals(m.method()))
                      .forEach(found::add);
                }
              });
    }
    return found;
  }

  private static boolean isOf(CodePlace place, String type) {
    return type.equals(place.className())
        || (place.member().isEmpty() && type.startsWith(place.className() + "$"));
  }

  /**
   * Every test that executed the mutant's method, but those of models and proofs; those of its
   * package first, and of these the one that executed the least code.
   */
  List<TestName> executing(Mutant mutant) {
    Map<TestName, Integer> sizes = new HashMap<>();
    for (TestRun run : runs.values()) {
      for (TestOutcome test : run.tests()) {
        Map<String, Set<String>> executed = run.executedBy(test).methods();
        if (executed.getOrDefault(mutant.type(), Set.of()).contains(mutant.method())
            && !isModel(run.testClass())) {
          sizes.put(new TestName(run.testClass(), test.method()), executed.size());
        }
      }
    }
    String home = packageOf(mutant.type());
    return sizes.keySet().stream()
        .sorted(
            Comparator.<TestName, Boolean>comparing(t -> !packageOf(t.testClass()).equals(home))
                .thenComparing(sizes::get)
                .thenComparing(TestName::display))
        .toList();
  }

  private static boolean isModel(String testClass) {
    try {
      return TestKinds.isModel(
          Class.forName(testClass, false, CitedMutants.class.getClassLoader()));
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String packageOf(String type) {
    return type.substring(0, type.lastIndexOf('.'));
  }

  /** A changed answer is noticed by assertions; a missing object by an exception before them. */
  private static int silence(Mutant mutant) {
    if (mutant.change().contains("with null")) {
      return 2;
    }
    return mutant.change().startsWith("replaced") ? 0 : 1;
  }
}
