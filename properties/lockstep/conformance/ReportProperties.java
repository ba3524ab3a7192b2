package lockstep.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import lockstep.evidence.TestsFolder;
import lockstep.spec.Verifies;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** A failure explains itself, in every form of the report. */
class ReportProperties {

  private static final Capabilities CLAIMS =
      new Capabilities("their <thing>", "1.0", Set.of("primitives"), Set.of("chunked.seal"));
  private static final List<String> COMMAND = List.of("node", "their harness.mjs", "it's");

  private static TestCase test(String intermediates) {
    return new TestCase(
        "payload-0007",
        "primitives",
        List.of("PAY-1~1"),
        false,
        "catches a nonce that stands still",
        List.of(
            new Step(
                "chunked.seal",
                Cases.json("{\"key\":\"00\"}"),
                Cases.json("{\"result\":{\"ciphertext\":\"aa\"}}"))),
        Cases.json(intermediates));
  }

  private static ConformanceReport reportOf(TestCase test, Answer answer) {
    Verdict verdict = new CaseRun(Cases.answering(answer), CLAIMS.ops()).judge(test);
    CaseResult result = CaseResult.of(test, verdict, KnownFailures.none(), 5);
    List<CaseResult> results = List.of(result);
    Examination examined = Examination.of(List.of("primitives"), CLAIMS, results);
    return new ConformanceReport(CLAIMS, COMMAND, results, List.of(), examined);
  }

  private static ConformanceReport failing() {
    return reportOf(
        test("{\"key\":\"11\",\"nonce\":\"22\",\"tag\":\"33\"}"),
        Cases.result(
            "{\"ciphertext\":\"bb\",\"intermediates\":{\"key\":\"11\",\"nonce\":\"99\",\"tag\":\"98\"}}"));
  }

  @Example
  @Verifies("CNF-7~2")
  void aFailureShowsClauseExpectationAnswerIntermediateAndReplay() {
    assertThat(failing().failures())
        .hasSize(1)
        .first()
        .asString()
        .contains("payload-0007", "catches a nonce that stands still")
        .contains("Cobblestone-256", "HKDF-Expand over SHA-512")
        .contains("expected: {\"result\":{\"ciphertext\":\"aa\"}}")
        .contains("\"ciphertext\":\"bb\"")
        .contains("differs first at: ciphertext")
        .contains("first intermediate that differs: nonce: expected \"22\", came \"99\"")
        .contains("lockstep conformance --case payload-0007 -- node 'their harness.mjs' 'it'\\''s'")
        .doesNotContain("\"33\"");
  }

  @Example
  void anOperationOfItsOwnMayShowTheIntermediates() {
    Testee testee =
        new Testee() {
          @Override
          public Answer answer(String op, JsonNode input) {
            return Cases.result(
                op.endsWith(".intermediates") ? "{\"nonce\":\"99\"}" : "{\"ciphertext\":\"bb\"}");
          }

          @Override
          public void restart() {}
        };
    Set<String> ops = Set.of("chunked.seal", "chunked.seal.intermediates");
    Verdict verdict = new CaseRun(testee, ops).judge(test("{\"nonce\":\"22\"}"));
    assertThat(((Verdict.Differs) verdict).intermediate().orElseThrow().name()).isEqualTo("nonce");
  }

  @Example
  @Verifies("CNF-7~2")
  void allThreeFormsAreWrittenAndSaySo() throws IOException {
    Path directory = Files.createTempDirectory(TestsFolder.path(), "report").resolve("new/folder");
    failing().write(directory);
    String html = Files.readString(directory.resolve("report.html"));
    assertThat(html)
        .contains(
            "their &lt;thing&gt;",
            "not conformant",
            "<h2>Causes</h2>",
            "payload-0007",
            "HKDF-Expand",
            "--case")
        .doesNotContain("<thing>");
    JsonNode json = new ObjectMapper().readTree(directory.resolve("report.json").toFile());
    assertThat(json.path("conformant").asBoolean(true)).isFalse();
    assertThat(json.path("counts").path("failed").asInt()).isOne();
    assertThat(json.path("cases").path(0).path("failure").path("came").asText()).contains("bb");
    Element suite = xml(Files.readString(directory.resolve("junit.xml")));
    assertThat(suite.getAttribute("failures")).isEqualTo("1");
    assertThat(suite.getElementsByTagName("failure").getLength()).isOne();
  }

  @Property(tries = 200)
  @Verifies("CNF-7~2")
  void whateverATesteeSaysTheReportIsWellFormed(@ForAll String said) {
    ConformanceReport report = reportOf(test("{}"), new Answer.Rejected(said));
    Element suite = xml(JUnitReport.of(report, ClauseTexts.bundled()));
    assertThat(suite.getElementsByTagName("failure").getLength()).isOne();
    assertThat(HtmlReport.of(report, ClauseTexts.bundled())).endsWith("</html>\n");
  }

  @Example
  @Verifies("CNF-2~2")
  void whatIsNotOfferedIsReportedAndNotPassed() {
    TestCase other = Cases.of("x-1", "oprf.blind", "{\"result\":{}}");
    ConformanceReport report = reportOf(other, Cases.result("{}"));
    assertThat(report.notOffered()).isOne();
    assertThat(report.passed()).isZero();
    assertThat(report.isConformant()).isFalse();
    assertThat(HtmlReport.of(report, ClauseTexts.bundled())).contains("oprf.blind");
  }

  private static Element xml(String text) {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(text)))
          .getDocumentElement();
    } catch (Exception malformed) {
      throw new AssertionError(text, malformed);
    }
  }
}
