package lockstep.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import lockstep.conformance.CaseResult.Standing;
import lockstep.spec.Decides;

/**
 * What a run says of one profile.
 *
 * @param claimed whether the testee says that it implements it
 * @param missing the operations of the profile that the testee does not offer
 * @param cases how many cases of the profile were put to it
 * @param failed how many of them failed and are not known
 */
@Decides("CNF-10")
record ProfileResult(String name, boolean claimed, Set<String> missing, long cases, long failed) {

  ProfileResult {
    missing = new TreeSet<>(missing);
  }

  /** The verdict on a profile over the results of its cases. */
  static ProfileResult of(String name, Capabilities testee, List<CaseResult> results) {
    List<CaseResult> own =
        results.stream().filter(result -> result.test().profiles().contains(name)).toList();
    Set<String> missing = Profiles.ops(name);
    missing.removeAll(testee.ops());
    long put = own.stream().filter(one -> one.standing() != Standing.NOT_OFFERED).count();
    long failed = own.stream().filter(one -> one.standing() == Standing.FAILED).count();
    return new ProfileResult(name, testee.profiles().contains(name), missing, put, failed);
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
    return name + " (" + String.join("; ", words) + ")";
  }

  private static String counted(long cases) {
    return cases + (cases == 1 ? " case" : " cases");
  }
}
