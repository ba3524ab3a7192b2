package lockstep.trace;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The first page: what is claimed, how well it is shown, and the way to each clause. */
final class OverviewPage {

  private static final List<EvidenceKind> COLUMNS =
      List.of(
          EvidenceKind.IMPL,
          EvidenceKind.PROPERTY,
          EvidenceKind.EXHAUSTIVE,
          EvidenceKind.EXAMPLE,
          EvidenceKind.VECTOR,
          EvidenceKind.ATTACK,
          EvidenceKind.FUZZ,
          EvidenceKind.RULE,
          EvidenceKind.MODEL,
          EvidenceKind.PROOF);

  private final DossierPage page;
  private final TracedBuild build;
  private final List<ClauseEvidence> clauses;
  private final ThreatModel threats;

  OverviewPage(
      DossierPage page, TracedBuild build, List<ClauseEvidence> clauses, ThreatModel threats) {
    this.page = page;
    this.build = build;
    this.clauses = clauses;
    this.threats = threats;
  }

  String html() {
    return page.html(
        "What Lockstep claims, and how you can know",
        summary()
            + questions()
            + "<h2>Who is trusted with what</h2>\n"
            + ZonePicture.svg()
            + grades()
            + FaultSection.overview(build)
            + StrengthSection.overview(build.strength())
            + matrix());
  }

  private String summary() {
    boolean open = build.findings().isEmpty();
    String gate =
        open
            ? "<p class=\"pass\">The gate found nothing: every active clause has the evidence that"
                + " it demands.</p>\n"
            : "<p class=\"fail\">The gate is closed: "
                + page.links().link("limits.html#findings", build.findings().size() + " findings")
                + ".</p>\n";
    return "<p>A numbered spec comes first; code cites the clauses that it carries out, tests those"
        + " that they show. This dossier says for each clause which code, which tests, and"
        + " whether those tests ran that code in this very build. It was built on Java "
        + Runtime.version().feature()
        + ".</p>\n"
        + gate
        + counts();
  }

  private String counts() {
    CompiledCode code = build.gate().code();
    return "<ul class=\"counts\">"
        + count(build.spec().count(ClauseStatus.ACTIVE), "active clauses")
        + count(build.spec().count(ClauseStatus.PLANNED), "planned")
        + count(code.count(CitationKind.IMPLEMENTS), "citations by code")
        + count(code.count(CitationKind.VERIFIES), "citations by tests")
        + count(build.witnessed(), "witnessed in this build")
        + count(build.byConstruction(), "by construction")
        + count(build.waivers().all().size(), "waivers")
        + build
            .strength()
            .map(s -> count(s.killed(), "mutants killed of the classes that decide"))
            .orElse("")
        + "</ul>\n<p>In one line: <code>"
        + Markup.escape(build.summary())
        + "</code></p>\n";
  }

  private static String count(long number, String what) {
    return "<li><strong>" + number + "</strong> " + what + "</li>";
  }

  private String questions() {
    StringBuilder rows = new StringBuilder();
    for (Threat threat : threats.threats()) {
      String question = threat.question().isEmpty() ? threat.claim() : threat.question();
      rows.append(
          DossierPage.row(
              page.links().link("threats/" + threat.id() + ".html", Markup.escape(question)),
              threat.adversaries().stream()
                  .map(threats::adversaryName)
                  .map(Markup::escape)
                  .collect(Collectors.joining("; ")),
              threat.clauses().size() + " clauses"));
    }
    return "<h2 id=\"questions\">Ask</h2>\n"
        + DossierPage.table(
            "Questions that the threat model answers",
            List.of("question", "against whom", "rests on"),
            rows.toString());
  }

  private String grades() {
    Map<EvidenceGrade, Long> counts = new EnumMap<>(EvidenceGrade.class);
    clauses.stream()
        .filter(c -> c.clause().status() == ClauseStatus.ACTIVE)
        .forEach(c -> counts.merge(c.grade(), 1L, Long::sum));
    StringBuilder list =
        new StringBuilder(
            "<h2>Strongest evidence of each active clause</h2>\n<ul class=\"counts\">");
    counts.forEach(
        (grade, number) ->
            list.append("<li><strong>")
                .append(number)
                .append("</strong> <span class=\"")
                .append(grade.style())
                .append("\">")
                .append(grade.words())
                .append("</span></li>"));
    return list.append("</ul>\n").toString() + kinds();
  }

  /** A clause counts for each kind of which a test of this build shows it. */
  private String kinds() {
    StringBuilder rows = new StringBuilder();
    for (EvidenceKind kind : COLUMNS.subList(1, COLUMNS.size())) {
      List<ClauseEvidence> shown =
          clauses.stream()
              .filter(c -> c.clause().status() == ClauseStatus.ACTIVE && c.isShown(kind))
              .toList();
      rows.append(
          DossierPage.row(
              kind.word(),
              String.valueOf(shown.size()),
              String.valueOf(demanding(kind)),
              String.valueOf(shown.stream().mapToLong(c -> c.cases(kind)).sum())));
    }
    return "<h2 id=\"kinds\">Active clauses by kind of evidence</h2>\n"
        + "<p>A property draws random cases from a seed, an exhaustive test visits every"
        + " point of a space, an example is a case that someone chose. "
        + Markup.escape(build.propertyLine())
        + "</p>\n"
        + DossierPage.table(
            "Kinds of evidence",
            List.of(
                "kind",
                "clauses that have it",
                "clauses that demand it",
                "cases, a test counted for each clause"),
            rows.toString());
  }

  private long demanding(EvidenceKind kind) {
    return clauses.stream()
        .map(ClauseEvidence::clause)
        .filter(c -> c.status() == ClauseStatus.ACTIVE && c.demanded().contains(kind))
        .count();
  }

  private String matrix() {
    Map<String, List<ClauseEvidence>> byFile =
        clauses.stream()
            .collect(
                Collectors.groupingBy(
                    c -> c.clause().file(), java.util.TreeMap::new, Collectors.toList()));
    StringBuilder html =
        new StringBuilder(
            "<h2 id=\"matrix\">Clauses and their evidence</h2>\n"
                + "<p>A number counts citations; a framed one is of a kind that the clause demands,"
                + " and “missing” says that it is not there.</p>\n");
    byFile.forEach((file, list) -> html.append(matrix(file, list)));
    return html.toString();
  }

  private String matrix(String file, List<ClauseEvidence> list) {
    StringBuilder rows = new StringBuilder();
    for (ClauseEvidence evidence : list) {
      Clause clause = evidence.clause();
      StringBuilder cells = new StringBuilder();
      COLUMNS.forEach(kind -> cells.append(cell(evidence, kind)));
      rows.append("<tr><th scope=\"row\">")
          .append(page.links().id(clause.id(), clause.id()))
          .append(" ")
          .append(Markup.escape(clause.title()))
          .append("</th>")
          .append(cells)
          .append(build.strength().map(s -> score(clause, s)).orElse(""))
          .append("<td>")
          .append(DossierPage.badge(evidence))
          .append("</td></tr>\n");
    }
    List<String> headings =
        new ArrayList<>(
            Stream.of(
                    Stream.of("clause", "code"),
                    COLUMNS.stream().skip(1).map(EvidenceKind::word),
                    Stream.of("grade"))
                .flatMap(s -> s)
                .toList());
    build.strength().ifPresent(s -> headings.add(headings.size() - 1, "mutants killed"));
    return DossierPage.table(file, headings, rows.toString());
  }

  private static String score(Clause clause, StrengthReport report) {
    return "<td class=\"n\">" + StrengthSection.score(clause, report) + "</td>";
  }

  private static String cell(ClauseEvidence evidence, EvidenceKind kind) {
    long count = evidence.count(kind);
    boolean demanded =
        evidence.clause().status() == ClauseStatus.ACTIVE
            && evidence.clause().demanded().contains(kind);
    if (!demanded) {
      return "<td class=\"n\">" + (count == 0 ? "" : count) + "</td>";
    }
    return count == 0
        ? "<td class=\"n missing\">missing</td>"
        : "<td class=\"n\"><span class=\"demanded\">" + count + "</span></td>";
  }
}
