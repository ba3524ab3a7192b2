package lockstep.trace;

/**
 * What became of one test method in this build.
 *
 * @param method its name; overloads count as one
 * @param cases how many cases passed: tries of a property that were not discarded, invocations of a
 *     parameterised test, 1 for a plain one
 * @param seed of a property; empty for any other test
 * @param executed what it executed in main code, without its class's set-up
 */
record TestOutcome(String method, Status status, int cases, String seed, ExecutedCode executed) {

  /** How a test can end. */
  enum Status {
    PASSED,
    FAILED,
    /** A test engine was told to leave it out. */
    DISABLED
  }
}
