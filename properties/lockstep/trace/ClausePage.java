package lockstep.trace;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One clause: its text, who carries it out, who shows it, and against what it stands. */
final class ClausePage {

  private final DossierPage page;
  private final Dossier.Inputs inputs;
  private final TracedBuild build;

  ClausePage(DossierPage page, Dossier.Inputs inputs, TracedBuild build) {
    this.page = page;
    this.inputs = inputs;
    this.build = build;
  }

  String html(ClauseEvidence evidence) {
    Clause clause = evidence.clause();
    return page.html(
        clause.id() + " " + clause.title(),
        "<p>"
            + DossierPage.badge(evidence)
            + " <span class=\"quiet\">revision "
            + clause.revision()
            + " · "
            + clause.status().word()
            + bound(clause)
            + " · demands "
            + demanded(clause)
            + " · "
            + Markup.escape(clause.file())
            + " line "
            + clause.line()
            + "</span></p>\n"
            + findings(evidence)
            + text(clause)
            + code(evidence)
            + tests(evidence)
            + FaultSection.html(evidence)
            + StrengthSection.html(evidence.clause(), build.strength())
            + files(evidence)
            + threats(evidence)
            + history(evidence));
  }

  private static String bound(Clause clause) {
    return clause.bound().isEmpty()
        ? ""
        : clause.bound().stream()
            .map(Addressee::word)
            .collect(Collectors.joining(", ", " · binds ", ""));
  }

  private static String demanded(Clause clause) {
    return clause.demanded().isEmpty()
        ? "nothing"
        : clause.demanded().stream().map(EvidenceKind::word).collect(Collectors.joining(", "));
  }

  private static String findings(ClauseEvidence evidence) {
    StringBuilder html = new StringBuilder();
    evidence
        .findings()
        .forEach(
            f ->
                html.append("<p class=\"fail\">")
                    .append(Markup.escape(f.toString()))
                    .append("</p>\n"));
    return html.toString();
  }

  private String text(Clause clause) {
    Markup markup = page.markup();
    String html =
        "<blockquote class=\"clause\">" + markup.blocks(clause.normativeText()) + "</blockquote>\n";
    if (!clause.badInput().isEmpty()) {
      html += "<h2>Bad input</h2>\n" + markup.blocks(clause.badInput());
    }
    return clause.rationale().isEmpty()
        ? html
        : html + "<h2>Why</h2>\n" + markup.blocks(clause.rationale());
  }

  private String code(ClauseEvidence evidence) {
    StringBuilder html =
        new StringBuilder("<h2>Code that carries it out, the place that decides first</h2>\n");
    if (evidence.code().isEmpty()) {
      html.append("<p>None.</p>\n");
    }
    boolean first = true;
    for (CodePlace place : evidence.code()) {
      JavaSource source = inputs.sources().get(place.topLevelName());
      html.append("<details")
          .append(first ? " open" : "")
          .append("><summary>")
          .append(Markup.escape(place.display()))
          .append(first ? " decides it" : "")
          .append("</summary>\n<p>")
          .append(page.links().place(place))
          .append(", ")
          .append(Markup.escape(place.file() + ":" + place.line()))
          .append("</p>\n")
          .append(source == null ? "" : source.excerptHtml(place.line()))
          .append("</details>\n");
      first = false;
    }
    return html.toString();
  }

  private String tests(ClauseEvidence evidence) {
    if (evidence.tests().isEmpty()) {
      return "<h2>Tests that show it</h2>\n<p>None.</p>\n";
    }
    StringBuilder rows = new StringBuilder();
    for (CitedTest cited : evidence.tests()) {
      String witness =
          cited.witnesses().stream().map(page.links()::place).collect(Collectors.joining(", "));
      String construction =
          cited.byConstruction()
              ? "by construction: " + Markup.escape(cited.citation().byConstruction())
              : "<strong>none</strong>";
      rows.append(
          DossierPage.row(
              page.links().place(cited.citation().place()),
              result(cited.tests()),
              String.valueOf(cited.cases()),
              seeds(cited.tests()),
              witness.isEmpty() ? construction : witness));
    }
    return "<h2>Tests that show it</h2>\n"
        + DossierPage.table(
            "Tests of " + evidence.clause().id(),
            List.of("test", "result", "tries", "seed", "code of this clause that it ran"),
            rows.toString());
  }

  private static String result(List<TestOutcome> tests) {
    Map<String, Long> counts =
        tests.stream()
            .collect(
                Collectors.groupingBy(
                    t -> t.status().name().toLowerCase(java.util.Locale.ROOT),
                    java.util.TreeMap::new,
                    Collectors.counting()));
    if (tests.isEmpty()) {
      return "<strong>did not run</strong>";
    }
    return tests.size() == 1
        ? counts.keySet().iterator().next()
        : counts.entrySet().stream()
            .map(e -> e.getValue() + " " + e.getKey())
            .collect(Collectors.joining(", "));
  }

  private static String seeds(List<TestOutcome> tests) {
    return tests.size() == 1 && !tests.get(0).seed().isEmpty()
        ? "<code>" + Markup.escape(tests.get(0).seed()) + "</code>"
        : "";
  }

  private String files(ClauseEvidence evidence) {
    if (evidence.files().isEmpty()) {
      return "";
    }
    StringBuilder html = new StringBuilder("<h2>Vectors, models and their bounds</h2>\n<ul>\n");
    for (String file : evidence.files()) {
      List<String> bounds = inputs.boundsOf(file);
      html.append("<li><code>").append(Markup.escape(file)).append("</code>");
      bounds.forEach(
          b -> html.append("<br>checked <code>").append(Markup.escape(b)).append("</code>"));
      html.append("</li>\n");
    }
    return html.append("</ul>\n").toString();
  }

  private String threats(ClauseEvidence evidence) {
    StringBuilder html = new StringBuilder();
    if (!evidence.threats().isEmpty()) {
      html.append("<h2>Claims that rest on it</h2>\n<ul>\n");
      for (Threat threat : evidence.threats()) {
        html.append("<li>")
            .append(page.links().id(threat.id(), threat.id()))
            .append(" ")
            .append(page.markup().inline(threat.claim()))
            .append("</li>\n");
      }
      html.append("</ul>\n");
    }
    if (!evidence.assumptions().isEmpty()) {
      html.append("<h2>Assumptions that it rests on</h2>\n<ul>\n");
      build.spec().assumptions().stream()
          .filter(a -> evidence.assumptions().contains(a.id()))
          .forEach(
              a ->
                  html.append("<li>")
                      .append(page.links().id(a.id(), a.id()))
                      .append(" ")
                      .append(page.markup().inline(a.text()))
                      .append("</li>\n"));
      html.append("</ul>\n");
    }
    return html.toString();
  }

  private static String history(ClauseEvidence evidence) {
    if (evidence.history().isEmpty()) {
      return "";
    }
    StringBuilder rows = new StringBuilder();
    for (GitHistory.Revision revision : evidence.history()) {
      rows.append(
          DossierPage.row(
              "~" + revision.revision(),
              revision.status(),
              revision.day(),
              "<code>" + revision.commit() + "</code>"));
    }
    return "<h2>Revisions</h2>\n"
        + DossierPage.table(
            "Revisions of " + evidence.clause().id(),
            List.of("revision", "status", "since", "commit"),
            rows.toString());
  }
}
