package lockstep.trace;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where a clause stands: built, foreseen, or taken back. */
enum ClauseStatus {
  /** Implemented and shown. */
  ACTIVE,
  /** Written down for what no code does yet; counted, never cited. */
  PLANNED,
  /** A tombstone, so that the id is never used again. */
  WITHDRAWN;

  /** The word that the spec uses. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<ClauseStatus> ofWord(String word) {
    return Arrays.stream(values()).filter(s -> s.word().equals(word)).findFirst();
  }
}
