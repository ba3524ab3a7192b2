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

  /** The first page's part: what became of the mutants, and how the classes that decide stand. */
  static String overview(Optional<StrengthReport> report) {
    return report.map(StrengthSection::overview).orElse("");
  }

  private static String overview(StrengthReport report) {
    StringBuilder rows = new StringBuilder();
    for (StrengthReport.ClassScore score : report.classes()) {
      rows.append(
          DossierPage.row(
              "<code>" + Markup.escape(simpleName(score.name())) + "</code>",
              Integer.toString(score.mutants()),
              Integer.toString(score.killed()),
              Integer.toString(score.equivalent()),
              score.survivors().isEmpty()
                  ? "none"
                  : "<strong>" + score.survivors().size() + "</strong>"));
    }
    return "<h2 id=\"mutants\">Would the tests notice wrong code?</h2>\n"
        + "<p>A mutant is a small change of the code; a test that checks its clause fails"
        + " for one. In one line: <code>"
        + Markup.escape(report.summary())
        + "</code></p>\n"
        + DossierPage.table(
            "Mutants of the classes that decide",
            List.of("class", "mutants", "killed", "equivalent", "survivors"),
            rows.toString());
  }

  /** A clause's score, as in "5 of 6"; empty where none of its mutants was run. */
  static String score(Clause clause, StrengthReport report) {
    return report
        .score(clause.citation())
        .filter(s -> s.tried() > 0)
        .map(s -> s.killed() + " of " + s.tried())
        .orElse("");
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
