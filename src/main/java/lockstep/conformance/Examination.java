package lockstep.conformance;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lockstep.spec.Decides;

/**
 * What was to be examined, and what came of each profile.
 *
 * @param results a verdict for each profile that was examined; empty where one case was
 * @param onlyCase the id of the one case that was put; empty for none
 */
@Decides("CNF-11")
record Examination(List<ProfileResult> results, String onlyCase) {

  Examination {
    results = List.copyOf(results);
  }

  /** The profiles that are examined: those chosen, or, where none is, those claimed. */
  static List<String> profiles(Set<String> chosen, Capabilities testee) {
    Set<String> wanted = chosen.isEmpty() ? testee.profiles() : chosen;
    return Profiles.all().stream().filter(wanted::contains).toList();
  }

  static Examination of(List<String> profiles, Capabilities testee, List<CaseResult> cases) {
    return new Examination(
        profiles.stream().map(name -> ProfileResult.of(name, testee, cases)).toList(), "");
  }

  static Examination ofCase(String id) {
    return new Examination(List.of(), id);
  }

  /** Whether every profile that was examined is conformant, and there is one. */
  boolean isWhole() {
    return !results.isEmpty() && results.stream().allMatch(ProfileResult::isConformant);
  }

  /** What was examined, what failed, what was left out and what was not examined. */
  String firstLine() {
    if (!onlyCase.isEmpty()) {
      return "One case was put, " + onlyCase + "; no profile was examined";
    }
    List<String> parts = new ArrayList<>();
    add(parts, "Conformant", results.stream().filter(ProfileResult::isConformant));
    add(parts, "Not conformant", results.stream().filter(one -> one.failed() > 0));
    add(
        parts,
        "Not examined whole",
        results.stream().filter(one -> one.failed() == 0 && !one.isConformant()));
    Set<String> rest = new LinkedHashSet<>(Profiles.all());
    results.forEach(one -> rest.remove(one.name()));
    if (!rest.isEmpty()) {
      parts.add("Not examined: " + String.join(", ", rest));
    }
    return String.join(". ", parts);
  }

  private static void add(List<String> parts, String title, Stream<ProfileResult> some) {
    String names = some.map(ProfileResult::text).collect(Collectors.joining(", "));
    if (!names.isEmpty()) {
      parts.add(title + ": " + names);
    }
  }
}
