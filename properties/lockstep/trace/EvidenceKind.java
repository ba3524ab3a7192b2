package lockstep.trace;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A kind of evidence that a clause can demand. What a test is, its annotations say. */
enum EvidenceKind {
  /** Code of {@code src/main/java} that carries the clause out. */
  IMPL("an @Implements in src/main/java"),
  /** Random cases, with their number and seed. */
  PROPERTY("a jqwik @Property with @Verifies"),
  /** Every point of an enumerated space, with their number. */
  EXHAUSTIVE("a test with @Exhaustive and @Verifies that counts its points"),
  /** Cases that someone chose. */
  EXAMPLE("a test with @Verifies"),
  /** Published or generated vectors. */
  VECTOR("a test with @Vector and @Verifies"),
  /** A named attack that fails against the code. */
  ATTACK("a test with @Attack and @Verifies"),
  /** A fuzz target, its kept seeds at least. */
  FUZZ("a Jazzer @FuzzTest with @Verifies"),
  /** A rule about code or project. */
  RULE("an @ArchTest, or a test with @Rule, with @Verifies"),
  /** A checked model. */
  MODEL("a test with @Model and @Verifies"),
  /** A machine-checked proof. */
  PROOF("a test with @Proof and @Verifies"),
  /** The code's shape leaves no other possibility; the implementing code is the evidence. */
  CONSTRUCTION("an @Implements in src/main/java");

  private final String remedy;

  EvidenceKind(String remedy) {
    this.remedy = remedy;
  }

  /** The word that the spec uses. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<EvidenceKind> ofWord(String word) {
    return Arrays.stream(values()).filter(k -> k.word().equals(word)).findFirst();
  }

  /** Whether the citation is evidence of this kind. */
  boolean isShownBy(Citation citation) {
    return (this == IMPL || this == CONSTRUCTION)
        ? citation.kind() == CitationKind.IMPLEMENTS
        : citation.kinds().contains(this);
  }

  /** What to write to give this evidence, for a message. */
  String remedy() {
    return remedy;
  }
}
