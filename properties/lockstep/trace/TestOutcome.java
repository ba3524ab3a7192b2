package lockstep.trace;

/**
 * What became of one test method in this build.
 *
 * @param method its name; overloads count as one
 * @param cases how many cases passed: tries of a property that were not discarded, invocations of a
 *     parameterised test, 1 for a plain one
 * @param seed of a property; empty for any other test
 * @param executed what it executed in main code, without its class's set-up
 * @param hollow whether its own body names no code of the project, so that what was executed was
 *     executed for it by others
 */
record TestOutcome(
    String method, Status status, int cases, String seed, ExecutedCode executed, boolean hollow) {

  /** The same test as another class has it, too. */
  TestOutcome and(TestOutcome other) {
    boolean worse = other.status.compareTo(status) < 0;
    TestOutcome told = worse ? other : this;
    return new TestOutcome(
        method,
        told.status,
        Math.max(cases, other.cases),
        told.seed,
        executed.and(other.executed),
        hollow && other.hollow);
  }

  /** How a test can end; of one that several classes have, the first of these counts. */
  enum Status {
    FAILED,
    PASSED,
    /** A test engine was told to leave it out. */
    DISABLED,
    /** Its class says that it needs a program, which this machine has not. */
    LACKS_TOOL
  }
}
