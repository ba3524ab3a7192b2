package lockstep.trace;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one clause below its heading. What is not in the form is a finding, never skipped. */
final class ClauseParser {

  private static final Pattern META =
      Pattern.compile(
          "Revision: ~([1-9][0-9]{0,3}) · Status: ([a-z]+)(?: · Binds: ([a-z, ]+))? · Evidence:"
              + " (.+)");
  private static final String RATIONALE = "Rationale:";
  private static final String BAD_INPUT = "Bad input:";
  private static final String NO_EVIDENCE = "none";

  private final String file;
  private final MarkdownSection section;
  private final String id;
  private final List<Finding> findings = new ArrayList<>();
  private final StringBuilder normative = new StringBuilder();
  private final StringBuilder badInput = new StringBuilder();
  private final StringBuilder rationale = new StringBuilder();

  private ClauseParser(String file, MarkdownSection section, String id) {
    this.file = file;
    this.section = section;
    this.id = id;
  }

  /** A clause where the revision line could be read, and what is wrong with it. */
  record Result(Optional<Clause> clause, List<Finding> findings) {}

  static Result parse(String file, MarkdownSection section, String id, String title) {
    ClauseParser parser = new ClauseParser(file, section, id);
    Optional<Clause> clause = parser.clause(title);
    return new Result(clause, List.copyOf(parser.findings));
  }

  private Optional<Clause> clause(String title) {
    List<String> body = section.body();
    int metaIndex = (int) body.stream().takeWhile(String::isBlank).count();
    if (metaIndex == body.size()) {
      malformed(section.line(), "has no revision line");
      return Optional.empty();
    }
    int metaLine = section.lineOf(metaIndex);
    Matcher meta = META.matcher(body.get(metaIndex).strip());
    if (!meta.matches()) {
      malformed(metaLine, "needs `Revision: ~1 · Status: … · Binds: … · Evidence: …`");
      return Optional.empty();
    }
    Optional<ClauseStatus> status = ClauseStatus.ofWord(meta.group(2));
    if (status.isEmpty()) {
      malformed(metaLine, "has an unknown status");
      return Optional.empty();
    }
    Set<Addressee> bound = bound(Optional.ofNullable(meta.group(3)), status.get(), metaLine);
    Set<EvidenceKind> demanded = evidence(meta.group(4), status.get(), metaLine);
    if (KeyWords.any(title)) {
      malformed(section.line(), "has a key word in its title");
    }
    body(metaIndex + 1, status.get());
    return Optional.of(
        new Clause(
            id,
            Integer.parseInt(meta.group(1)),
            status.get(),
            bound,
            demanded,
            title,
            normative.toString().strip(),
            badInput.toString().strip(),
            rationale.toString().strip(),
            file,
            section.line()));
  }

  private Set<Addressee> bound(Optional<String> words, ClauseStatus status, int line) {
    Set<Addressee> bound = EnumSet.noneOf(Addressee.class);
    if (words.isEmpty() != (status == ClauseStatus.WITHDRAWN)) {
      malformed(line, "says whom it binds unless it is withdrawn, and only then");
    }
    for (String word : words.map(w -> w.split(",", -1)).orElse(new String[0])) {
      Optional<Addressee> addressee = Addressee.ofWord(word.strip());
      if (addressee.isEmpty() || !bound.add(addressee.get())) {
        malformed(line, "binds somebody who is unknown or there twice");
      }
    }
    return bound;
  }

  private Set<EvidenceKind> evidence(String words, ClauseStatus status, int line) {
    Set<EvidenceKind> kinds = EnumSet.noneOf(EvidenceKind.class);
    boolean none = words.equals(NO_EVIDENCE);
    if (none != (status == ClauseStatus.WITHDRAWN)) {
      malformed(line, "demands no evidence if withdrawn (`Evidence: none`), and only then");
    }
    if (none) {
      return kinds;
    }
    for (String word : words.split(",", -1)) {
      Optional<EvidenceKind> kind = EvidenceKind.ofWord(word.strip());
      if (kind.isEmpty() || !kinds.add(kind.get())) {
        malformed(line, "names an evidence that is unknown or there twice");
      }
    }
    return kinds;
  }

  private void body(int from, ClauseStatus status) {
    int keyWords = 0;
    for (MarkdownSection.Paragraph paragraph : section.paragraphs(from)) {
      String text = paragraph.text();
      int found = KeyWords.in(text).size();
      if (!KeyWords.unusedIn(text).isEmpty()) {
        malformed(paragraph.line(), "uses a key word other than MUST, SHOULD and MAY");
      }
      if (text.lines().anyMatch(l -> l.startsWith("Revision:"))) {
        malformed(paragraph.line(), "has a second revision line");
      }
      if (text.startsWith(RATIONALE)) {
        informative(paragraph, found, rationale, RATIONALE);
      } else if (text.startsWith(BAD_INPUT)) {
        informative(paragraph, found, badInput, BAD_INPUT);
      } else {
        keyWords += found;
        normative.append(text).append("\n\n");
      }
    }
    int allowed = status == ClauseStatus.WITHDRAWN ? 0 : 1;
    if (keyWords != allowed) {
      malformed(section.line(), "has " + keyWords + " key words where " + allowed + " is right");
    }
  }

  private void informative(
      MarkdownSection.Paragraph paragraph, int keyWords, StringBuilder target, String prefix) {
    if (keyWords > 0) {
      malformed(paragraph.line(), "has a key word in its `" + prefix + "`");
    }
    target.append(paragraph.text().substring(prefix.length()).strip()).append("\n\n");
  }

  private void malformed(int line, String message) {
    findings.add(new Finding(Finding.Kind.MALFORMED_CLAUSE, file, line, id + " " + message));
  }
}
