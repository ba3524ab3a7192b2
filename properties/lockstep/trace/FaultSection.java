package lockstep.trace;

import java.util.List;
import lockstep.trace.FaultReport.Fate;

/** What the pages say of planted faults. */
final class FaultSection {

  private FaultSection() {}

  /** A clause's faults and what killed them; nothing where none is planted. */
  static String html(ClauseEvidence evidence) {
    if (evidence.faults().isEmpty()) {
      return "";
    }
    StringBuilder rows = new StringBuilder();
    for (FaultReport.Result fault : evidence.faults()) {
      rows.append(
          DossierPage.row(
              Markup.escape(fault.kind() + ": " + fault.title()),
              Markup.escape(fault.harms()),
              "<code>" + Markup.escape(fault.type()) + "</code>",
              fate(fault)));
    }
    return "<h2>Planted faults</h2>\n"
        + "<p>Each is a small change of the code that breaks this clause; an assertion of a test"
        + " of the clause has to fail for it.</p>\n"
        + DossierPage.table(
            "Planted faults of " + evidence.clause().id(),
            List.of("what is wrong", "what it would do", "class", "killed by"),
            rows.toString());
  }

  private static String fate(FaultReport.Result fault) {
    return switch (fault.fate()) {
      case KILLED ->
          "<code>"
              + Markup.escape(fault.killer().replaceAll("\\b(?:[a-z0-9]+\\.)+(?=[A-Z])", ""))
              + "</code>, "
              + Markup.escape(fault.evidence());
      case NOT_RUN -> "not run in this build";
      case SURVIVED, OPEN -> "<strong>" + fault.fate().words() + "</strong>";
    };
  }

  /** The first page's part: clauses, faults, and by what they were killed. */
  static String overview(TracedBuild build) {
    String ran =
        build
            .faults()
            .map(r -> Markup.escape(r.summary()) + survivors(r))
            .orElse("They were not run in this build: <code>mvn -Pfaults exec:exec@faults</code>.");
    return "<h2 id=\"faults\">Would the tests notice a maintainer’s mistake?</h2>\n<p>"
        + Markup.escape(build.gate().faults().summary())
        + ". "
        + ran
        + "</p>\n";
  }

  private static String survivors(FaultReport report) {
    List<String> names =
        report.faults().stream()
            .filter(f -> f.fate() == Fate.SURVIVED || f.fate() == Fate.OPEN)
            .map(f -> f.clause() + " " + f.title())
            .toList();
    return names.isEmpty()
        ? ". None that was run survived."
        : ". Not noticed: <strong>" + Markup.escape(String.join("; ", names)) + "</strong>.";
  }
}
