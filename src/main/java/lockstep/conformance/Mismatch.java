package lockstep.conformance;

/** Ends a scenario at the first reply that is not the one demanded, or at what is not offered. */
final class Mismatch extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Verdict verdict;

  Mismatch(Verdict verdict) {
    super(null, null, false, false);
    this.verdict = verdict;
  }

  Verdict verdict() {
    return verdict;
  }
}
