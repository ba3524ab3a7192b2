package lockstep.models;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Traces through a transition table that a model enumerated. Every sequence of steps of the table
 * is a trace of the model, since a model's traces are the sequences of its steps.
 */
final class Walks {

  private static final long SEED = 20211014L;
  private static final Set<String> INPUTS = Set.of("did", "at", "who");

  private final Map<Map<String, String>, List<Map<String, String>>> steps = new LinkedHashMap<>();
  private final Set<String> ignored;
  private List<Map<String, String>> starts = List.of();

  /** Reads a table, leaving out the fields that do not tell one state from another. */
  Walks(List<List<Map<String, String>>> table, Set<String> ignored) {
    this.ignored = ignored;
    for (List<Map<String, String>> pair : table) {
      steps.computeIfAbsent(key(pair.get(0)), k -> new ArrayList<>()).add(shown(pair.get(1)));
    }
    steps.values().forEach(list -> list.sort((a, b) -> a.toString().compareTo(b.toString())));
  }

  /** Begins in the states of the table that are such. */
  Walks from(Predicate<Map<String, String>> start) {
    starts =
        steps.keySet().stream()
            .filter(start)
            .sorted((a, b) -> a.toString().compareTo(b.toString()))
            .toList();
    return this;
  }

  /** Distinct traces of random steps, alike in every run. */
  List<List<Map<String, String>>> traces(int count, int length) {
    SplittableRandom random = new SplittableRandom(SEED);
    Set<List<Map<String, String>>> traces = new HashSet<>();
    List<List<Map<String, String>>> inOrder = new ArrayList<>();
    for (int tries = 0; inOrder.size() < count && tries < 20 * count; tries++) {
      List<Map<String, String>> trace = new ArrayList<>();
      Map<String, String> state = starts.get(random.nextInt(starts.size()));
      trace.add(state);
      while (trace.size() <= length && steps.containsKey(key(state))) {
        List<Map<String, String>> next = steps.get(key(state));
        state = next.get(random.nextInt(next.size()));
        trace.add(state);
      }
      if (traces.add(trace)) {
        inOrder.add(trace);
      }
    }
    return inOrder;
  }

  /** For each transition that can be reached, a shortest trace that ends with it. */
  List<List<Map<String, String>>> everyTransition() {
    Map<Map<String, String>, List<Map<String, String>>> paths = new HashMap<>();
    Deque<Map<String, String>> open = new ArrayDeque<>();
    List<List<Map<String, String>>> traces = new ArrayList<>();
    for (Map<String, String> start : starts) {
      paths.put(start, List.of(start));
      open.add(start);
    }
    while (!open.isEmpty()) {
      Map<String, String> state = open.remove();
      for (Map<String, String> next : steps.getOrDefault(state, List.of())) {
        List<Map<String, String>> path = new ArrayList<>(paths.get(state));
        path.add(next);
        traces.add(path);
        if (paths.putIfAbsent(key(next), path) == null) {
          open.add(key(next));
        }
      }
    }
    return traces;
  }

  /** Whether a trace comes back to a state that it left. */
  static boolean loops(List<Map<String, String>> trace) {
    Set<Map<String, String>> seen = new HashSet<>();
    Map<String, String> before = Map.of();
    for (Map<String, String> state : trace) {
      Map<String, String> place = without(state, INPUTS);
      if (!place.equals(before) && !seen.add(place)) {
        return true;
      }
      before = place;
    }
    return false;
  }

  private Map<String, String> shown(Map<String, String> state) {
    return without(state, ignored);
  }

  private Map<String, String> key(Map<String, String> state) {
    return without(shown(state), INPUTS);
  }

  private static Map<String, String> without(Map<String, String> state, Set<String> fields) {
    Map<String, String> rest = new TreeMap<>(state);
    rest.keySet().removeAll(fields);
    return rest;
  }
}
