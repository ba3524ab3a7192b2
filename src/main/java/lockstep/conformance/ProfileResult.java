package lockstep.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lockstep.conformance.CaseResult.Standing;
import lockstep.spec.Decides;

/**
 * What a run says of one profile.
 *
 * @param claimed whether the testee says that it implements it
 * @param missing the operations of the profile that the testee does not offer
 * @param cases how many cases of the profile were put to it
 * @param failed how many of them failed and are not known
 * @param leftOut how many were left out for want of what
 */
@Decides("CNF-10")
record ProfileResult(
    String name,
    boolean claimed,
    Set<String> missing,
    long cases,
    long failed,
    Map<String, Long> leftOut) {

  ProfileResult {
    missing = new TreeSet<>(missing);
    leftOut = new TreeMap<>(leftOut);
  }

  /** The verdict on a profile over the results of its cases. */
  static ProfileResult of(String name, Capabilities testee, List<CaseResult> results) {
    List<CaseResult> own =
        results.stream().filter(result -> result.test().profiles().contains(name)).toList();
    Set<String> missing = Profiles.ops(name);
    missing.removeAll(testee.ops());
    long put = own.stream().filter(one -> one.standing() != Standing.NOT_OFFERED).count();
    long failed = own.stream().filter(one -> one.standing() == Standing.FAILED).count();
    return new ProfileResult(
        name, testee.profiles().contains(name), missing, put, failed, leftOut(own, missing));
  }

  /** What the implementer did not offer and need not, such as a clock that can be turned. */
  private static Map<String, Long> leftOut(List<CaseResult> own, Set<String> missing) {
    return own.stream()
        .flatMap(
            one -> one.verdict() instanceof Verdict.NotOffered not ? Stream.of(not) : Stream.of())
        .flatMap(not -> not.missing().stream())
        .filter(want -> want.contains(" ") && !want.startsWith("profile ") && missing.isEmpty())
        .collect(Collectors.groupingBy(want -> want, TreeMap::new, Collectors.counting()));
  }

  /** Claimed, every operation asked, nothing failed. */
  boolean isConformant() {
    return claimed && missing.isEmpty() && cases > 0 && failed == 0;
  }

  /** In words, with what it lacks. */
  String text() {
    List<String> words = new ArrayList<>();
    if (failed > 0) {
      words.add(failed + " of " + counted(cases) + " failed");
    } else if (claimed) {
      words.add(counted(cases));
    } else {
      words.add("not claimed");
    }
    if (claimed && !missing.isEmpty()) {
      words.add("not offered: " + String.join(", ", missing));
    }
    if (!leftOut.isEmpty()) {
      words.add(
          "left out for want of "
              + leftOut.entrySet().stream()
                  .map(want -> want.getKey() + ": " + want.getValue())
                  .collect(Collectors.joining(", ")));
    }
    return name + " (" + String.join("; ", words) + ")";
  }

  private static String counted(long cases) {
    return cases + (cases == 1 ? " case" : " cases");
  }
}
