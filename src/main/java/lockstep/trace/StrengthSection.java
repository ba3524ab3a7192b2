package lockstep.trace;

import java.util.List;
import java.util.Optional;

/** What a clause's page says of mutants. */
final class StrengthSection {

  private StrengthSection() {}

  /** Nothing where no mutants were run. */
  static String html(Clause clause, Optional<StrengthReport> report) {
    return report.map(r -> html(clause, r)).orElse("");
  }

  private static String html(Clause clause, StrengthReport report) {
    StringBuilder rows = new StringBuilder();
    for (StrengthReport.CitedStrength cited : report.citations()) {
      if (cited.clause().equals(clause.citation())) {
        rows.append(
            DossierPage.row(
                "<code>" + Markup.escape(simpleName(cited.test())) + "</code>",
                cited.kills().isEmpty() ? result(cited) : Markup.escape(simpleName(cited.kills())),
                cited.tried() + " of " + cited.mutants()));
      }
    }
    if (rows.length() == 0) {
      return "";
    }
    return "<h2>Mutants</h2>\n<p>"
        + report.score(clause.citation()).map(StrengthSection::score).orElse("")
        + " A test kills a mutant, a small change of the clause's code, when an assertion of the"
        + " test fails for it.</p>\n"
        + DossierPage.table(
            "Mutants of " + clause.id(),
            List.of("test", "a mutant that it kills", "tried"),
            rows.toString());
  }

  private static String score(StrengthReport.ClauseScore score) {
    return String.format(
        "%d of %d mutants tried, of %d in the clause's code, were noticed by its tests.",
        score.killed(), score.tried(), score.mutants());
  }

  private static String result(StrengthReport.CitedStrength cited) {
    return cited.reason().isEmpty()
        ? "<strong>none</strong>"
        : "none: " + Markup.escape(cited.reason());
  }

  /** The name without the packages. */
  private static String simpleName(String name) {
    return name.replaceAll("\\b(?:[a-z0-9]+\\.)+(?=[A-Z])", "");
  }
}
