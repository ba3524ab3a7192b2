package lockstep.trace;

import java.util.List;

/** Everything that an auditor should not have to look for: what is missing, waived or weaker. */
final class LimitsPage {

  private LimitsPage() {}

  static String html(DossierPage page, TracedBuild build, ThreatModel threats) {
    return page.html(
        "Limits of this evidence",
        findings(build.findings())
            + waivers(build.waivers().all())
            + byConstruction(page, build)
            + planned(page, build.spec())
            + "<h2>Risks that remain</h2>\n"
            + page.markup().blocks(threats.residualRisks()));
  }

  private static String findings(List<Finding> findings) {
    StringBuilder html = new StringBuilder("<h2 id=\"findings\">What the gate found</h2>\n");
    if (findings.isEmpty()) {
      return html.append("<p>Nothing.</p>\n").toString();
    }
    html.append("<ul>\n");
    findings.forEach(
        f -> html.append("<li>").append(Markup.escape(f.toString())).append("</li>\n"));
    return html.append("</ul>\n").toString();
  }

  private static String waivers(List<Waiver> waivers) {
    StringBuilder html = new StringBuilder("<h2 id=\"waivers\">Waivers</h2>\n");
    if (waivers.isEmpty()) {
      return html.append("<p>None.</p>\n").toString();
    }
    StringBuilder rows = new StringBuilder();
    for (Waiver waiver : waivers) {
      rows.append(
          DossierPage.row(
              waiver.id(),
              waiver.waives().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '),
              waiver.clause(),
              Markup.escape(waiver.reason()),
              waiver.expires().toString()));
    }
    return html.append(
            DossierPage.table(
                "Accepted for a while",
                List.of("id", "waives", "clause", "reason", "last day"),
                rows.toString()))
        .toString();
  }

  private static String byConstruction(DossierPage page, TracedBuild build) {
    StringBuilder rows = new StringBuilder();
    for (CitedTest test : build.runs().tests()) {
      if (test.byConstruction() && test.witnesses().isEmpty()) {
        Citation citation = test.citation();
        rows.append(
            DossierPage.row(
                page.links().id(citation.text().replaceAll("~.*", ""), citation.text()),
                page.links().place(citation.place()),
                Markup.escape(citation.byConstruction())));
      }
    }
    return "<h2 id=\"construction\">Shown without running the code</h2>\n"
        + DossierPage.table(
            "Citations that hold by construction",
            List.of("clause", "test", "why no witness is needed"),
            rows.toString());
  }

  private static String planned(DossierPage page, Spec spec) {
    StringBuilder html =
        new StringBuilder("<h2 id=\"planned\">Planned, built by nothing yet</h2>\n<ul>\n");
    spec.clauses().stream()
        .filter(c -> c.status() == ClauseStatus.PLANNED)
        .forEach(
            c ->
                html.append("<li>")
                    .append(page.links().id(c.id(), c.id()))
                    .append(" ")
                    .append(Markup.escape(c.title()))
                    .append("</li>\n"));
    return html.append("</ul>\n").toString();
  }
}
