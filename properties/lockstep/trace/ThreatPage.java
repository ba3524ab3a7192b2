package lockstep.trace;

import java.util.List;

/** One claim: what it says, against whom, and the clauses, tests and assumptions that carry it. */
final class ThreatPage {

  private ThreatPage() {}

  static String html(
      DossierPage page, Threat threat, ThreatModel model, List<ClauseEvidence> clauses, Spec spec) {
    String title = threat.question().isEmpty() ? threat.id() : threat.question();
    return page.html(
        title,
        "<p class=\"quiet\">"
            + threat.id()
            + ", threat-model/claims.md line "
            + threat.line()
            + "</p>\n"
            + "<blockquote class=\"clause\"><p>"
            + page.markup().inline(threat.claim())
            + "</p></blockquote>\n"
            + clauses(page, threat, clauses)
            + tests(page, threat)
            + assumptions(page, threat, spec)
            + adversaries(page, threat, model));
  }

  private static String clauses(DossierPage page, Threat threat, List<ClauseEvidence> clauses) {
    StringBuilder rows = new StringBuilder();
    for (ClauseEvidence evidence : clauses) {
      Clause clause = evidence.clause();
      if (threat.clauses().contains(clause.id())) {
        rows.append(
            DossierPage.row(
                page.links().id(clause.id(), clause.id() + " " + clause.title()),
                page.markup().inline(clause.normativeText().split("\n\n", 2)[0]),
                DossierPage.badge(evidence)));
      }
    }
    return "<h2>What stops it</h2>\n"
        + DossierPage.table(
            "Clauses that make the claim true",
            List.of("clause", "text", "how it is known"),
            rows.toString());
  }

  private static String tests(DossierPage page, Threat threat) {
    StringBuilder html = new StringBuilder("<h2>Tests that the threat model names</h2>\n<ul>\n");
    for (String test : threat.tests()) {
      String link =
          page.links().classes().stream()
              .filter(c -> c.endsWith("." + test))
              .findFirst()
              .map(c -> page.links().link("code/" + c + ".html", "<code>" + test + "</code>"))
              .orElse("<code>" + test + "</code>");
      html.append("<li>").append(link).append("</li>\n");
    }
    return html.append("</ul>\n").toString();
  }

  private static String assumptions(DossierPage page, Threat threat, Spec spec) {
    StringBuilder html = new StringBuilder("<h2>What must hold for it</h2>\n<ul>\n");
    spec.assumptions().stream()
        .filter(a -> threat.assumptions().contains(a.id()))
        .forEach(
            a ->
                html.append("<li>")
                    .append(page.links().id(a.id(), a.id()))
                    .append(" ")
                    .append(page.markup().inline(a.text()))
                    .append("</li>\n"));
    return html.append("</ul>\n").toString();
  }

  private static String adversaries(DossierPage page, Threat threat, ThreatModel model) {
    StringBuilder html = new StringBuilder("<h2>Against whom</h2>\n");
    for (String id : threat.adversaries()) {
      MarkdownSection section = model.adversaries().get(id);
      html.append("<h3>").append(Markup.escape(model.adversaryName(id))).append("</h3>\n");
      if (section != null) {
        html.append(page.markup().blocks(String.join("\n", section.body())));
      }
    }
    return html.toString();
  }
}
