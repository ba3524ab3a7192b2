package lockstep.trace;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Main code that was executed.
 *
 * @param methods names of executed methods by binary class name; a constructor has its class's
 *     simple name; a class of which only generated code ran has none
 */
record ExecutedCode(Map<String, Set<String>> methods) {

  static final ExecutedCode NOTHING = new ExecutedCode(Map.of());

  /** Both together. */
  ExecutedCode and(ExecutedCode other) {
    Map<String, Set<String>> all = new TreeMap<>();
    methods.forEach((type, names) -> all.put(type, new TreeSet<>(names)));
    other.methods.forEach(
        (type, names) -> all.computeIfAbsent(type, t -> new TreeSet<>()).addAll(names));
    return new ExecutedCode(all);
  }

  /** Whether the method ran or, of a class, anything in it or in its nested classes. */
  boolean includes(CodePlace place) {
    if (!place.member().isEmpty()) {
      return methods.getOrDefault(place.className(), Set.of()).contains(place.member());
    }
    return methods.keySet().stream()
        .anyMatch(t -> t.equals(place.className()) || t.startsWith(place.className() + "$"));
  }
}
