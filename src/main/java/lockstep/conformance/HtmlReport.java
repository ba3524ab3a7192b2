package lockstep.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lockstep.conformance.CaseResult.Standing;
import lockstep.spec.Implements;

/** A run as one page, for people: what failed and why first, then all cases. */
@Implements("CNF-7~2")
final class HtmlReport {

  private static final String STYLE =
      """
      body { font: 15px/1.5 sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em; }
      pre { background: #f4f4f4; padding: .5em; white-space: pre-wrap; overflow-wrap: anywhere; }
      dt { font-weight: bold; margin-top: .5em; } dd { margin: 0; }
      section { border-left: .3em solid #b00; padding-left: 1em; margin: 2em 0; }
      table { border-collapse: collapse; } td, th { text-align: left; padding: .1em 1em .1em 0; }
      .failed { color: #b00; } .passed { color: #060; }
      """;

  private final StringBuilder html = new StringBuilder();
  private final ConformanceReport report;
  private final ClauseTexts clauses;

  private HtmlReport(ConformanceReport report, ClauseTexts clauses) {
    this.report = report;
    this.clauses = clauses;
  }

  static String of(ConformanceReport report, ClauseTexts clauses) {
    HtmlReport page = new HtmlReport(report, clauses);
    page.head();
    page.causes();
    page.failures("Failures", Standing.FAILED);
    page.failures("Known failures", Standing.KNOWN);
    page.failures("Advice not followed", Standing.ADVICE);
    page.notOffered();
    page.table();
    return page.html.append("</body></html>\n").toString();
  }

  private void head() {
    String name =
        Markup.escaped(report.testee().implementation() + " " + report.testee().version());
    String verdict = report.isConformant() ? "conformant" : "not conformant";
    html.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
        .append(name)
        .append("</title><style>\n")
        .append(STYLE)
        .append("</style></head><body>\n<h1>")
        .append(name)
        .append("</h1>\n<p><strong class=\"")
        .append(report.isConformant() ? "passed" : "failed")
        .append("\">")
        .append(verdict)
        .append("</strong>. ")
        .append(Markup.escaped(report.examination().firstLine()))
        .append(".</p>\n<p>")
        .append(Markup.escaped(report.summary()))
        .append(".</p>\n");
    for (String trouble : report.troubles()) {
      html.append("<p class=\"failed\">").append(Markup.escaped(trouble)).append("</p>\n");
    }
  }

  private void causes() {
    List<Cause> causes = Cause.of(report.results());
    if (causes.isEmpty()) {
      return;
    }
    html.append("<h2>Causes</h2>\n<table><tr><th>cases</th><th>operation</th><th>expected</th>")
        .append("<th>came</th><th>clauses</th><th>replay</th></tr>\n");
    for (Cause cause : causes) {
      List<String> cells =
          List.of(
              Integer.toString(cause.cases()),
              cause.op(),
              cause.expected(),
              cause.came(),
              String.join(" ", cause.clauses()),
              FailureText.replay(cause.first().test().id(), report.command()));
      html.append("<tr>");
      cells.forEach(cell -> html.append("<td>").append(Markup.escaped(cell)).append("</td>"));
      html.append("</tr>\n");
    }
    html.append("</table>\n");
  }

  private void failures(String title, Standing standing) {
    List<CaseResult> shown =
        report.results().stream().filter(result -> result.standing() == standing).toList();
    if (shown.isEmpty()) {
      return;
    }
    html.append("<h2>").append(title).append("</h2>\n");
    for (CaseResult result : shown) {
      html.append("<section id=\"").append(Markup.escaped(result.test().id())).append("\"><dl>\n");
      FailureText.of(result, clauses, report.command())
          .parts()
          .forEach(
              (part, text) ->
                  html.append("<dt>")
                      .append(Markup.escaped(part))
                      .append("</dt><dd><pre>")
                      .append(Markup.escaped(text))
                      .append("</pre></dd>\n"));
      html.append("</dl></section>\n");
    }
  }

  private void notOffered() {
    Map<String, List<String>> casesByOp = new LinkedHashMap<>();
    for (CaseResult result : report.results()) {
      if (result.verdict() instanceof Verdict.NotOffered missing) {
        String ops = String.join(", ", missing.missing());
        casesByOp.computeIfAbsent(ops, op -> new ArrayList<>()).add(result.test().id());
      }
    }
    if (casesByOp.isEmpty()) {
      return;
    }
    html.append("<h2>Not offered</h2>\n<table><tr><th>operations</th><th>cases</th></tr>\n");
    casesByOp.forEach(
        (ops, cases) ->
            html.append("<tr><td>")
                .append(Markup.escaped(ops))
                .append("</td><td>")
                .append(cases.size())
                .append("</td></tr>\n"));
    html.append("</table>\n");
  }

  private void table() {
    html.append("<h2>All cases</h2>\n<table><tr><th>case</th><th>clauses</th><th></th></tr>\n");
    for (CaseResult result : report.results()) {
      html.append("<tr><td>")
          .append(Markup.escaped(result.test().id()))
          .append("</td><td>")
          .append(Markup.escaped(String.join(" ", result.test().clauses())))
          .append("</td><td class=\"")
          .append(result.standing() == Standing.FAILED ? "failed" : "passed")
          .append("\">")
          .append(result.standing().text())
          .append("</td></tr>\n");
    }
    html.append("</table>\n");
  }
}
