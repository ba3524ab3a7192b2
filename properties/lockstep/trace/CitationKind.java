package lockstep.trace;

import lockstep.spec.Implements;
import lockstep.spec.Verifies;

/** Which annotation cites. */
enum CitationKind {
  /** {@link Implements}, in main code. */
  IMPLEMENTS,
  /** {@link Verifies}, in test code. */
  VERIFIES
}
