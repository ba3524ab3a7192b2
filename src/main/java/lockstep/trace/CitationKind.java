package lockstep.trace;

/** Which annotation cites. */
enum CitationKind {
  /** {@link Implements}, in main code. */
  IMPLEMENTS,
  /** {@link Verifies}, in test code. */
  VERIFIES
}
