package lockstep.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads one Markdown file of the spec. It never skips what it does not understand: every
 * third-level heading is a clause or a finding, and a key word elsewhere is a finding.
 */
final class SpecParser {

  private static final Pattern ID_HEADING = Pattern.compile("([A-Z]{2,6}-[1-9][0-9]{0,4}) (\\S.*)");
  private static final Pattern LOOKS_LIKE_ID = Pattern.compile("[`*]*[A-Z]{2,6}-[0-9]+\\b.*");
  private static final Pattern ASSUMPTION_ROW =
      Pattern.compile("\\| (ASM-[1-9][0-9]{0,4}) \\| (\\S.*) \\|");
  private static final Pattern TABLE_HEAD = Pattern.compile("\\| id \\| .*|[|-]+");
  private static final String BOILERPLATE_START = "<!-- bcp14-boilerplate -->";
  private static final String BOILERPLATE_END = "<!-- /bcp14-boilerplate -->";

  private final String file;
  private final List<Clause> clauses = new ArrayList<>();
  private final List<Assumption> assumptions = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private int boilerplates;

  private SpecParser(String file) {
    this.file = file;
  }

  /**
   * What one file holds.
   *
   * @param boilerplates how many marked BCP 14 paragraphs it has
   */
  record Parsed(
      List<Clause> clauses,
      List<Assumption> assumptions,
      List<Finding> findings,
      int boilerplates) {}

  static Parsed parse(String file, List<String> lines) {
    SpecParser parser = new SpecParser(file);
    MarkdownSection.split(lines).forEach(parser::section);
    return new Parsed(
        List.copyOf(parser.clauses),
        List.copyOf(parser.assumptions),
        List.copyOf(parser.findings),
        parser.boilerplates);
  }

  private void section(MarkdownSection section) {
    if (section.fenceOpen()) {
      malformed(section.line(), "a fenced block is never closed");
    }
    if (section.level() != 3) {
      prose(section);
      return;
    }
    Matcher heading = ID_HEADING.matcher(section.heading());
    if (!heading.matches() || heading.group(1).startsWith(Assumption.SERIES + "-")) {
      malformed(section.line(), "a third-level heading is a clause's: `### ID-number Title`");
      prose(section);
    } else {
      ClauseParser.Result result =
          ClauseParser.parse(file, section, heading.group(1), heading.group(2));
      result.clause().ifPresent(clauses::add);
      findings.addAll(result.findings());
    }
  }

  private void assumptions(MarkdownSection section) {
    List<String> body = section.body();
    for (int i = 0; i < body.size(); i++) {
      String line = body.get(i);
      Matcher row = ASSUMPTION_ROW.matcher(line);
      if (row.matches()) {
        assumptions.add(new Assumption(row.group(1), row.group(2), file, section.lineOf(i)));
      } else if (line.startsWith("|") && !TABLE_HEAD.matcher(line).matches()) {
        malformed(section.lineOf(i), "a row of this table is `| ASM-number | text |`");
      }
    }
  }

  private void prose(MarkdownSection section) {
    if (file.equals(Assumption.FILE)) {
      assumptions(section);
    }
    if (section.level() != 3 && LOOKS_LIKE_ID.matcher(section.heading()).matches()) {
      malformed(section.line(), "a clause's heading has three #");
    }
    if (KeyWords.any(section.heading())) {
      stray(section.line());
    }
    List<String> body = section.body();
    int start = body.indexOf(BOILERPLATE_START);
    int end = body.indexOf(BOILERPLATE_END);
    if (start < 0 && end < 0) {
      noKeyWords(section, 0, body.size());
      return;
    }
    if (start < 0 || end < start || body.subList(start, end).stream().anyMatch(String::isBlank)) {
      malformed(section.line(), "the BCP 14 marks hold exactly one paragraph");
      noKeyWords(section, 0, body.size());
      return;
    }
    boilerplates++;
    noKeyWords(section, 0, start);
    noKeyWords(section, end + 1, body.size());
  }

  private void noKeyWords(MarkdownSection section, int from, int to) {
    for (int i = from; i < to; i++) {
      String line = section.body().get(i);
      if (KeyWords.any(line)) {
        stray(section.lineOf(i));
      }
      if (line.startsWith("Revision:")) {
        malformed(section.lineOf(i), "a revision line stands outside a clause");
      }
    }
  }

  private void stray(int line) {
    findings.add(
        new Finding(
            Finding.Kind.KEYWORD_OUTSIDE_CLAUSE, file, line, "a BCP 14 key word outside a clause"));
  }

  private void malformed(int line, String message) {
    findings.add(new Finding(Finding.Kind.MALFORMED_CLAUSE, file, Math.max(line, 1), message));
  }
}
