package lockstep.trace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Claims, adversaries and what remains, from {@code threat-model/*.md}.
 *
 * @param threats in the file's order
 * @param adversaries heading and text in Markdown, by id such as {@code A1}
 * @param residualRisks in Markdown
 */
record ThreatModel(
    List<Threat> threats, Map<String, MarkdownSection> adversaries, String residualRisks) {

  private static final String FOLDER = "threat-model";
  private static final Pattern CLAIM =
      Pattern.compile(
          "\\| (THR-[0-9]+) \\| (.+?) \\| (A[0-9, A]+) \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|");
  private static final Pattern QUESTION = Pattern.compile("\\| (THR-[0-9]+) \\| ([^|]+\\?) \\|");
  private static final Pattern ID = Pattern.compile("[A-Z]{2,6}-[0-9]+");

  static ThreatModel read(Path project) throws IOException {
    Path folder = project.resolve(FOLDER);
    Map<String, MarkdownSection> adversaries = new TreeMap<>();
    for (MarkdownSection section : MarkdownSection.split(lines(folder.resolve("adversaries.md")))) {
      Matcher heading = Pattern.compile("(A[0-9]+) .+").matcher(section.heading());
      if (heading.matches()) {
        adversaries.put(heading.group(1), section);
      }
    }
    List<String> risks = new ArrayList<>(lines(folder.resolve("residual-risks.md")));
    risks.removeIf(l -> l.startsWith("# "));
    return new ThreatModel(
        claims(lines(folder.resolve("claims.md"))), adversaries, String.join("\n", risks));
  }

  private static List<Threat> claims(List<String> lines) {
    Map<String, String> questions = new TreeMap<>();
    for (String line : lines) {
      Matcher question = QUESTION.matcher(line);
      if (question.matches()) {
        questions.put(question.group(1), question.group(2));
      }
    }
    List<Threat> threats = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Matcher row = CLAIM.matcher(lines.get(i));
      if (row.matches()) {
        threats.add(
            new Threat(
                row.group(1),
                questions.getOrDefault(row.group(1), ""),
                row.group(2),
                List.of(row.group(3).split(", *")),
                ids(row.group(4)),
                Pattern.compile("`([A-Za-z0-9]+)`")
                    .matcher(row.group(5))
                    .results()
                    .map(m -> m.group(1))
                    .toList(),
                ids(row.group(6)),
                i + 1));
      }
    }
    return threats;
  }

  static List<String> ids(String text) {
    return ID.matcher(text).results().map(MatchResult::group).distinct().toList();
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  /** The adversary's name, such as {@code Provider}; its id where no heading gives one. */
  String adversaryName(String id) {
    return Optional.ofNullable(adversaries.get(id))
        .map(s -> s.heading().substring(id.length() + 1))
        .orElse(id);
  }

  /** The claims that a clause helps to make true. */
  List<Threat> answeredBy(Clause clause) {
    return threats.stream().filter(t -> t.clauses().contains(clause.id())).toList();
  }
}
