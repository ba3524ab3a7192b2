package lockstep.trace;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Whether an auditor guesses the folder from a clause's prefix: for a prefix that binds format,
 * device or vault, two thirds of the places that decide its clauses lie in one folder below {@code
 * lockstep}, sub-folders and all; each adapter is a folder of its own.
 *
 * @param prefixes how many there are
 * @param led how many of them lead to one folder
 */
record PrefixFolders(int prefixes, int led) {

  static PrefixFolders of(Spec spec, CompiledCode code) {
    Map<String, Map<String, Long>> folders =
        code.citations().stream()
            .filter(Citation::decides)
            .filter(c -> spec.clauses().stream().anyMatch(a -> isBinding(a, c)))
            .collect(
                Collectors.groupingBy(
                    c -> c.text().substring(0, c.text().indexOf('-')),
                    TreeMap::new,
                    Collectors.groupingBy(PrefixFolders::folder, Collectors.counting())));
    int led =
        (int)
            folders.values().stream()
                .map(counts -> counts.values().stream().mapToLong(n -> n).summaryStatistics())
                .filter(counts -> counts.getMax() * 3 >= counts.getSum() * 2)
                .count();
    return new PrefixFolders(folders.size(), led);
  }

  /** The share of prefixes that lead to one folder, in percent, rounded down. */
  int percent() {
    return prefixes == 0 ? 0 : led * 100 / prefixes;
  }

  String summary() {
    return led
        + " of "
        + prefixes
        + " prefixes of format, device and vault are decided in one folder (two thirds of their"
        + " places), "
        + percent()
        + " %";
  }

  private static boolean isBinding(Clause clause, Citation citation) {
    return clause.citation().equals(citation.text())
        && clause.bound().stream().anyMatch(a -> a != Addressee.IMPLEMENTATION);
  }

  private static String folder(Citation citation) {
    String[] parts = citation.place().packageName().split("\\.");
    int depth = parts.length > 2 && parts[1].equals("adapter") ? 3 : Math.min(2, parts.length);
    return String.join(".", Arrays.copyOf(parts, depth));
  }
}
