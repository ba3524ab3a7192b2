package lockstep.trace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Looks for clauses and assumptions that prose names but the spec does not have. */
final class References {

  private static final List<String> FOLDERS = List.of(Spec.FOLDER, "threat-model");
  private static final Pattern REFERENCE =
      Pattern.compile("\\b([A-Z]{2,6})-([1-9][0-9]{0,4})(?:~([1-9][0-9]{0,3}))?\\b");

  private final Spec spec;
  private final Map<String, Clause> clauses;
  private final Set<String> ids = new TreeSet<>();
  private final Set<String> series;
  private final List<Finding> findings = new ArrayList<>();

  private References(Spec spec) {
    this.spec = spec;
    this.clauses = spec.byId();
    ids.addAll(clauses.keySet());
    spec.assumptions().forEach(a -> ids.add(a.id()));
    this.series = spec.clauses().stream().map(Clause::series).collect(Collectors.toSet());
    series.add(Assumption.SERIES);
  }

  /** Reads {@code spec/*.md} and {@code threat-model/*.md} below the project's directory. */
  static List<Finding> check(Path project, Spec spec) throws IOException {
    References references = new References(spec);
    for (String folder : FOLDERS) {
      for (Path file : Spec.markdownFiles(project.resolve(folder))) {
        references.file(folder + "/" + file.getFileName(), Files.readAllLines(file));
      }
    }
    return references.findings;
  }

  private void file(String name, List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      Matcher matcher = REFERENCE.matcher(lines.get(i));
      while (matcher.find()) {
        String id = matcher.group(1) + "-" + matcher.group(2);
        String revision = matcher.group(3);
        if (series.contains(matcher.group(1)) && !isKnown(id, revision)) {
          findings.add(
              new Finding(
                  Finding.Kind.UNKNOWN_REFERENCE,
                  name,
                  i + 1,
                  matcher.group()
                      + " names nothing in the spec's "
                      + spec.clauses().size()
                      + " clauses"));
        }
      }
    }
  }

  private boolean isKnown(String id, String revision) {
    Clause clause = clauses.get(id);
    return ids.contains(id)
        && (revision == null
            || (clause != null && clause.revision() == Integer.parseInt(revision)));
  }
}
