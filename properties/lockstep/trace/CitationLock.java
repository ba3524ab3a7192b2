package lockstep.trace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code spec/citations.lock}: one line for each place in main code that cites a clause. It makes a
 * citation visible that was deleted while others of its clause still stand.
 *
 * @param lines {@code id~revision place}, as written; the same place twice for overloads
 */
record CitationLock(List<String> lines) {

  /** The file, relative to the project. */
  static final String FILE = "spec/citations.lock";

  static CitationLock read(Path project) throws IOException {
    Path file = project.resolve(FILE);
    return new CitationLock(Files.exists(file) ? Files.readAllLines(file) : List.of());
  }

  /** The lock's text for compiled code, sorted. */
  static String textFor(CompiledCode code) {
    return implementing(code).stream()
        .map(CitationLock::line)
        .sorted()
        .map(l -> l + "\n")
        .collect(Collectors.joining());
  }

  private static List<Citation> implementing(CompiledCode code) {
    return code.citations().stream().filter(c -> c.kind() == CitationKind.IMPLEMENTS).toList();
  }

  private static String line(Citation citation) {
    return citation.text() + " " + citation.place().display();
  }

  /**
   * Citations that are gone, and citations that nobody has locked yet.
   *
   * @param citable what a citation can name; one that names anything else is a fault of its own
   */
  List<Finding> differences(CompiledCode code, Set<String> citable) {
    List<Finding> found = new ArrayList<>();
    Map<String, Long> standing =
        implementing(code).stream()
            .collect(Collectors.groupingBy(CitationLock::line, Collectors.counting()));
    Map<String, Long> locked =
        lines.stream().collect(Collectors.groupingBy(l -> l, Collectors.counting()));
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      boolean first = lines.indexOf(line) == i;
      if (first && standing.getOrDefault(line, 0L) < locked.getOrDefault(line, 0L)) {
        found.add(gone(line, i + 1));
      }
    }
    for (Citation citation : implementing(code)) {
      String line = line(citation);
      if (standing.getOrDefault(line, 0L) > locked.getOrDefault(line, 0L)
          && citable.contains(citation.text())) {
        CodePlace place = citation.place();
        found.add(
            new Finding(
                Finding.Kind.UNLOCKED_CITATION,
                place.file(),
                place.line(),
                line + " is not locked (mvn exec:exec@spec-lock)"));
      }
    }
    return found;
  }

  private static Finding gone(String line, int number) {
    String[] parts = line.split(" ", 2);
    if (parts.length < 2) {
      return new Finding(
          Finding.Kind.MALFORMED_LOCK, FILE, number, "a line is `id~revision place`");
    }
    return new Finding(
        Finding.Kind.LOST_CITATION,
        FILE,
        number,
        parts[0]
            + " has lost a witness: "
            + parts[1]
            + " cites it no longer (mvn exec:exec@spec-lock, where that is meant)");
  }
}
