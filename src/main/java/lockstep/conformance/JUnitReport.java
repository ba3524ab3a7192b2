package lockstep.conformance;

import java.util.Locale;
import lockstep.conformance.CaseResult.Standing;
import lockstep.spec.Implements;

/** A run in JUnit's XML, which build servers show. */
@Implements("CNF-7~2")
final class JUnitReport {

  private JUnitReport() {}

  static String of(ConformanceReport report, ClauseTexts clauses) {
    long skipped = report.notOffered() + report.known() + report.adviceNotFollowed();
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.append("<testsuite name=\"lockstep conformance\" tests=\"")
        .append(report.results().size() + report.troubles().size())
        .append("\" failures=\"")
        .append(report.failed())
        .append("\" errors=\"")
        .append(report.troubles().size())
        .append("\" skipped=\"")
        .append(skipped)
        .append("\">\n");
    for (String trouble : report.troubles()) {
      xml.append("  <testcase classname=\"run\" name=\"run\"><error message=\"")
          .append(Markup.escaped(trouble))
          .append("\"/></testcase>\n");
    }
    for (CaseResult result : report.results()) {
      xml.append("  <testcase classname=\"")
          .append(Markup.escaped(result.test().home()))
          .append("\" name=\"")
          .append(Markup.escaped(result.test().id()))
          .append("\" time=\"")
          .append(String.format(Locale.ROOT, "%.3f", result.millis() / 1000.0))
          .append("\">")
          .append(body(result, clauses, report))
          .append("</testcase>\n");
    }
    return xml.append("</testsuite>\n").toString();
  }

  private static String body(CaseResult result, ClauseTexts clauses, ConformanceReport report) {
    if (result.standing() == Standing.PASSED) {
      return "";
    }
    if (result.standing() != Standing.FAILED) {
      return "<skipped message=\"" + result.standing().text() + "\"/>";
    }
    String text = FailureText.of(result, clauses, report.command()).asText();
    return "<failure message=\""
        + Markup.escaped(result.test().comment())
        + "\">"
        + Markup.escaped(text)
        + "</failure>";
  }
}
