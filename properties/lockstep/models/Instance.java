package lockstep.models;

import edu.mit.csail.sdg.ast.Sig;
import edu.mit.csail.sdg.translator.A4Solution;
import edu.mit.csail.sdg.translator.A4Tuple;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads instances of a model as plain text, so that replays need nothing of Alloy. */
final class Instance {

  private Instance() {}

  /**
   * The atoms of {@code this/State} in order, each with its fields; several values are joined. What
   * no step changes stands in each of them.
   */
  static List<Map<String, String>> states(A4Solution solution) {
    Map<String, Map<String, String>> states =
        new TreeMap<>(Comparator.comparing(String::length).thenComparing(atom -> atom));
    Sig state =
        solution.getAllReachableSigs().makeConstList().stream()
            .filter(sig -> sig.label.equals("this/State"))
            .findFirst()
            .get();
    for (A4Tuple atom : solution.eval(state)) {
      states.put(atom.atom(0), new TreeMap<>());
    }
    for (Sig.Field field : state.getFields()) {
      List<String[]> values = new ArrayList<>();
      for (A4Tuple tuple : solution.eval(field)) {
        values.add(new String[] {tuple.atom(0), rest(tuple)});
      }
      values.stream()
          .sorted((a, b) -> a[1].compareTo(b[1]))
          .forEach(v -> states.get(v[0]).merge(field.label, v[1], (x, y) -> x + "," + y));
    }
    Map<String, String> still = stillParts(solution, state);
    states.values().forEach(fields -> fields.putAll(still));
    return List.copyOf(states.values());
  }

  /** The fields of the other signatures, which no step changes, as {@code Sig.field}. */
  private static Map<String, String> stillParts(A4Solution solution, Sig state) {
    Map<String, String> still = new TreeMap<>();
    for (Sig sig : solution.getAllReachableSigs()) {
      if (!sig.equals(state) && sig.label.startsWith("this/")) {
        for (Sig.Field field : sig.getFields()) {
          List<String> values = new ArrayList<>();
          for (A4Tuple tuple : solution.eval(field)) {
            values.add(atom(tuple, 0) + ">" + rest(tuple));
          }
          values.sort(Comparator.naturalOrder());
          if (!values.isEmpty()) {
            still.put(
                sig.label.substring("this/".length()) + "." + field.label,
                String.join(",", values));
          }
        }
      }
    }
    return still;
  }

  private static String atom(A4Tuple tuple, int place) {
    return tuple.atom(place).replace("$0", "").replace("$", "");
  }

  private static String rest(A4Tuple tuple) {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i < tuple.arity(); i++) {
      text.append(i == 1 ? "" : ">").append(atom(tuple, i));
    }
    return text.toString();
  }
}
