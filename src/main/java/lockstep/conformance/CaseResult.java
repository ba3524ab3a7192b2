package lockstep.conformance;

import lockstep.spec.Implements;

/**
 * A case, what it showed, and what that means for the run.
 *
 * @param note what is to be said about it beyond the verdict; may be empty
 * @param millis how long it took
 */
record CaseResult(TestCase test, Verdict verdict, Standing standing, String note, long millis) {

  /** What a case means for the run. */
  enum Standing {
    PASSED("passed"),
    FAILED("failed"),
    /** Failed as its authors know. */
    KNOWN("known failure"),
    /** Failed what is only advised. */
    ADVICE("advice not followed"),
    NOT_OFFERED("not offered");

    private final String text;

    Standing(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  /** Holds a verdict against the list of known failures. */
  @Implements("CNF-5")
  static CaseResult of(TestCase test, Verdict verdict, KnownFailures known, long millis) {
    String listed = known.kindOf(test.id()).orElse("");
    return verdict.match(
        passed ->
            listed.isEmpty()
                ? new CaseResult(test, passed, Standing.PASSED, "", millis)
                : new CaseResult(
                    test, passed, Standing.FAILED, "passes, but is listed as " + listed, millis),
        differs -> failed(test, differs, listed, millis),
        notOffered -> new CaseResult(test, notOffered, Standing.NOT_OFFERED, "", millis));
  }

  private static CaseResult failed(
      TestCase test, Verdict.Differs differs, String listed, long millis) {
    if (differs.kind().equals(listed)) {
      return new CaseResult(test, differs, Standing.KNOWN, "", millis);
    }
    if (!listed.isEmpty()) {
      String note = "fails otherwise than listed: " + listed;
      return new CaseResult(test, differs, Standing.FAILED, note, millis);
    }
    return new CaseResult(
        test, differs, test.should() ? Standing.ADVICE : Standing.FAILED, "", millis);
  }
}
