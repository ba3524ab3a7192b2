package lockstep.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The parser never fails open: whatever a spec gains or loses is seen. */
class SpecParserProperties {

  private static final List<String> LINES = SmallProject.specText().lines().toList();
  private static final int BOILERPLATE_END = LINES.indexOf("<!-- /bcp14-boilerplate -->");

  private static SpecParser.Parsed parse(List<String> lines) {
    return SpecParser.parse("spec/x.md", lines);
  }

  @Property
  void aKeyWordAddedAnywhereIsFound(@ForAll @IntRange(max = 44) int at, @ForAll KeyWord word) {
    List<String> lines = new ArrayList<>(LINES);
    int line = Math.min(at, lines.size());
    boolean inBoilerplate = line > 2 && line <= BOILERPLATE_END;
    lines.add(line, "and " + word.text() + " do this");
    if (inBoilerplate) {
      assertThat(parse(lines).findings()).isEmpty();
    } else {
      assertThat(parse(lines).findings()).isNotEmpty();
    }
  }

  @Property
  void aLineLostIsFoundOrChangesAHash(@ForAll @IntRange(max = 43) int at) {
    List<String> lines = new ArrayList<>(LINES);
    String lost = lines.remove(Math.min(at, lines.size() - 1));
    SpecParser.Parsed before = parse(LINES);
    SpecParser.Parsed after = parse(lines);
    boolean binds = before.clauses().stream().anyMatch(c -> belongs(c, lost));
    if (binds) {
      boolean seen = !after.findings().isEmpty() || !hashes(after).equals(hashes(before));
      assertThat(seen).as("lost: %s", lost).isTrue();
    }
  }

  private static boolean belongs(Clause clause, String line) {
    return !line.isBlank()
        && (clause.normativeText().contains(line)
            || clause.badInput().contains(line)
            || line.contains(clause.id() + " " + clause.title())
            || line.startsWith("Revision:"));
  }

  private static List<String> hashes(SpecParser.Parsed parsed) {
    return parsed.clauses().stream().map(c -> c.citation() + c.status() + c.hash()).toList();
  }

  /** Every key word of BCP 14. */
  enum KeyWord {
    MUST,
    MUST_NOT,
    SHOULD,
    SHOULD_NOT,
    MAY,
    SHALL,
    REQUIRED,
    RECOMMENDED,
    OPTIONAL;

    String text() {
      return name().replace('_', ' ');
    }
  }
}
