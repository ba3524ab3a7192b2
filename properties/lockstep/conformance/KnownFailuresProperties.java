package lockstep.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import lockstep.conformance.CaseResult.Standing;
import lockstep.spec.Verifies;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** A list of known failures says neither more nor less than what fails. */
class KnownFailuresProperties {

  private static final TestCase TEST = Cases.of("a-1", "op", "{\"result\":{\"x\":1}}");

  private static Standing standing(String list, Answer answer) {
    KnownFailures known = KnownFailures.read(list.lines().toList()).orElseThrow();
    Verdict verdict = new CaseRun(Cases.answering(answer), Set.of("op")).judge(TEST);
    return CaseResult.of(TEST, verdict, known, 0).standing();
  }

  @Example
  @Verifies("CNF-5")
  void aListedFailureDoesNotFailTheRun() {
    assertThat(standing("a-1 rejected:Damaged", new Answer.Rejected("Damaged")))
        .isEqualTo(Standing.KNOWN);
    assertThat(standing("# slow\na-1 error  # why", new Answer.Failed("anything")))
        .isEqualTo(Standing.KNOWN);
    assertThat(standing("a-1 hang", new Answer.Broken(Answer.Fault.HANG, "1 s")))
        .isEqualTo(Standing.KNOWN);
  }

  @Example
  @Verifies("CNF-5")
  void aListedCaseThatPassesFailsTheRun() {
    assertThat(standing("a-1 rejected:Damaged", Cases.result("{\"x\":1}")))
        .isEqualTo(Standing.FAILED);
  }

  @Example
  @Verifies("CNF-5")
  void aListedCaseThatFailsOtherwiseFailsTheRun() {
    assertThat(standing("a-1 rejected:Damaged", new Answer.Rejected("Refused")))
        .isEqualTo(Standing.FAILED);
    assertThat(standing("a-1 rejected:Damaged", Cases.result("{\"x\":2}")))
        .isEqualTo(Standing.FAILED);
    String listed = "a-1 result:" + Comparison.fingerprint(Cases.json("{\"x\":2}"));
    assertThat(standing(listed, Cases.result("{\"x\":2}"))).isEqualTo(Standing.KNOWN);
    assertThat(standing(listed, Cases.result("{\"x\":3}"))).isEqualTo(Standing.FAILED);
  }

  @Example
  @Verifies("CNF-5")
  void aListedCaseThatDoesNotExistFailsTheRun() {
    KnownFailures known = KnownFailures.read(List.of("no-such-case crash")).orElseThrow();
    ConformanceReport report =
        Conformance.standard()
            .withProfiles(Set.of("limiter"))
            .withSchedules(1, 1)
            .withKnownFailures(known)
            .examine(new ReferenceTestee());
    assertThat(report.troubles()).hasSize(1).first().asString().contains("no-such-case");
    assertThat(report.isConformant()).isFalse();
  }

  @Property(tries = 200)
  @Verifies("CNF-5")
  void aLineThatIsNoEntryIsRefused(@ForAll String line) {
    String bare = line.replaceFirst("(^|\\s)#.*", "").strip();
    boolean read = KnownFailures.read(List.of(line)).isPresent();
    assertThat(read && !bare.isEmpty() && !bare.contains(" ") && !bare.contains("\t")).isFalse();
    assertThat(KnownFailures.read(List.of("a-1 crash", "a-1 hang"))).isEmpty();
    assertThat(KnownFailures.read(List.of("a-1 explodes"))).isEmpty();
  }
}
