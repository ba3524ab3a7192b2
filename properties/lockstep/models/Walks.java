package lockstep.models;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Traces through a transition table that a model enumerated. Every sequence of steps of the table
 * is a trace of the model, since a model's traces are the sequences of its steps.
 */
final class Walks {

  private static final long SEED = 20211014L;
  private static final Set<String> INPUTS = Set.of("did", "at", "who", "reply", "told");

  private final Map<Map<String, String>, List<Map<String, String>>> steps = new LinkedHashMap<>();
  private final Set<String> ignored;
  private Map<Map<String, String>, List<Map<String, String>>> paths = Map.of();

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
    List<Map<String, String>> starts =
        steps.keySet().stream()
            .filter(start)
            .sorted((a, b) -> a.toString().compareTo(b.toString()))
            .toList();
    paths = shortest(starts);
    return this;
  }

  /**
   * Distinct traces, alike in every run: by turns a way to a state that can be reached and chance
   * from there, and a way to a state, a step out of it and the way back to it.
   */
  List<List<Map<String, String>>> traces(int count, int length) {
    SplittableRandom random = new SplittableRandom(SEED);
    List<List<Map<String, String>>> begun = List.copyOf(paths.values());
    Set<List<Map<String, String>>> traces = new LinkedHashSet<>();
    for (int tries = 0; traces.size() < count && tries < 20 * count; tries++) {
      List<Map<String, String>> begin = begun.get(random.nextInt(begun.size()));
      if (tries % 2 == 0) {
        traces.add(wander(begin, length, random));
      } else {
        loop(begin, random).ifPresent(traces::add);
      }
    }
    return List.copyOf(traces);
  }

  /** For each transition that can be reached, a shortest trace that ends with it. */
  List<List<Map<String, String>>> everyTransition() {
    List<List<Map<String, String>>> traces = new ArrayList<>();
    paths.forEach(
        (state, path) ->
            steps.getOrDefault(state, List.of()).forEach(next -> traces.add(with(path, next))));
    return traces;
  }

  /**
   * Traces that together take every transition that can be reached. Each goes on to the nearest
   * transition that none has taken yet, and ends after {@code length} steps, or before the action
   * {@code counted} comes for the {@code most + 1}st time.
   */
  List<List<Map<String, String>>> covering(int length, String counted, int most) {
    Map<Map<String, String>, Deque<Map<String, String>>> left = new LinkedHashMap<>();
    paths.keySet().forEach(state -> left.put(state, new ArrayDeque<>(outOf(state))));
    Map<String, String> start = paths.keySet().iterator().next();
    List<List<Map<String, String>>> traces = new ArrayList<>();
    List<Map<String, String>> trace = new ArrayList<>(List.of(start));
    for (; ; ) {
      List<Map<String, String>> more = toNearest(key(last(trace)), left);
      boolean fits = !more.isEmpty() && trace.size() + more.size() <= length + 1;
      if (fits && count(trace, counted) + count(more, counted) <= most) {
        Map<String, String> from = key(more.size() == 1 ? last(trace) : more.get(more.size() - 2));
        left.get(from).remove(last(more));
        trace.addAll(more);
      } else if (trace.size() > 1) {
        traces.add(trace);
        trace = new ArrayList<>(List.of(start));
      } else if (more.isEmpty()) {
        return traces;
      } else {
        throw new IllegalArgumentException("a transition is further than " + length + " steps");
      }
    }
  }

  /** The steps to the nearest transition that is left, that one included; none if none is. */
  private List<Map<String, String>> toNearest(
      Map<String, String> from, Map<Map<String, String>, Deque<Map<String, String>>> left) {
    for (var way : shortest(List.of(from)).entrySet()) {
      Deque<Map<String, String>> out = left.get(way.getKey());
      if (!out.isEmpty()) {
        List<Map<String, String>> path = way.getValue();
        return with(path.subList(1, path.size()), out.peek());
      }
    }
    return List.of();
  }

  private static long count(List<Map<String, String>> trace, String action) {
    return trace.stream().filter(state -> action.equals(state.get("did"))).count();
  }

  private List<Map<String, String>> outOf(Map<String, String> state) {
    return steps.getOrDefault(state, List.of());
  }

  /** The steps of traces that a model drew: a part of its transition table. */
  static List<List<Map<String, String>>> steps(List<List<Map<String, String>>> traces) {
    Set<List<Map<String, String>>> steps = new LinkedHashSet<>();
    for (List<Map<String, String>> trace : traces) {
      for (int i = 1; i < trace.size(); i++) {
        steps.add(List.of(without(trace.get(i - 1), INPUTS), trace.get(i)));
      }
    }
    return List.copyOf(steps);
  }

  /** What is done in the traces. */
  static Set<String> actions(List<List<Map<String, String>>> traces) {
    return traces.stream()
        .flatMap(trace -> trace.stream().skip(1))
        .map(state -> state.get("did"))
        .collect(Collectors.toCollection(TreeSet::new));
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

  private List<Map<String, String>> wander(
      List<Map<String, String>> begin, int length, SplittableRandom random) {
    List<Map<String, String>> trace = new ArrayList<>(begin);
    Map<String, String> state = last(trace);
    for (int i = 0; i < length && steps.containsKey(key(state)); i++) {
      state = any(steps.get(key(state)), random);
      trace.add(state);
    }
    return trace;
  }

  private Optional<List<Map<String, String>>> loop(
      List<Map<String, String>> begin, SplittableRandom random) {
    Map<String, String> state = key(last(begin));
    List<Map<String, String>> out =
        steps.getOrDefault(state, List.of()).stream()
            .filter(next -> !key(next).equals(state))
            .toList();
    if (out.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> away = any(out, random);
    return Optional.ofNullable(shortest(List.of(key(away))).get(state))
        .map(
            back -> {
              List<Map<String, String>> trace = with(begin, away);
              trace.addAll(back.subList(1, back.size()));
              return trace;
            });
  }

  /** A shortest way to each state that can be reached, in the order of their lengths. */
  private Map<Map<String, String>, List<Map<String, String>>> shortest(
      List<Map<String, String>> starts) {
    Map<Map<String, String>, List<Map<String, String>>> found = new LinkedHashMap<>();
    Deque<Map<String, String>> open = new ArrayDeque<>(starts);
    starts.forEach(start -> found.put(start, List.of(start)));
    while (!open.isEmpty()) {
      Map<String, String> state = open.remove();
      for (Map<String, String> next : steps.getOrDefault(state, List.of())) {
        if (!found.containsKey(key(next))) {
          found.put(key(next), with(found.get(state), next));
          open.add(key(next));
        }
      }
    }
    return found;
  }

  private static List<Map<String, String>> with(
      List<Map<String, String>> path, Map<String, String> next) {
    List<Map<String, String>> longer = new ArrayList<>(path);
    longer.add(next);
    return longer;
  }

  private static Map<String, String> any(List<Map<String, String>> of, SplittableRandom random) {
    return of.get(random.nextInt(of.size()));
  }

  private static Map<String, String> last(List<Map<String, String>> trace) {
    return trace.get(trace.size() - 1);
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
