package lockstep.trace;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A kind of evidence that a clause can demand, and which citations count as it. */
enum EvidenceKind {
  /** Code of {@code src/main/java} that carries the clause out. */
  IMPL(CitationKind.IMPLEMENTS, List.of("")),
  /** A property, an architecture rule or a fuzz target. */
  PROPERTY(CitationKind.VERIFIES, List.of("Properties", "Rules", "Fuzz")),
  /** A published or generated test vector. */
  VECTOR(CitationKind.VERIFIES, List.of("VectorsTest")),
  /** A named attack that fails against the code. */
  ATTACK(CitationKind.VERIFIES, List.of("AttackTest")),
  /** A checked model. */
  MODEL(CitationKind.VERIFIES, List.of("ModelTest")),
  /** A machine-checked proof. */
  PROOF(CitationKind.VERIFIES, List.of("ProofTest")),
  /** The code's shape leaves no other possibility; the implementing code is the evidence. */
  CONSTRUCTION(CitationKind.IMPLEMENTS, List.of(""));

  private final CitationKind demanded;

  @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
  private final List<String> suffixes;

  EvidenceKind(CitationKind demanded, List<String> suffixes) {
    this.demanded = demanded;
    this.suffixes = suffixes;
  }

  /** The word that the spec uses. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<EvidenceKind> ofWord(String word) {
    return Arrays.stream(values()).filter(k -> k.word().equals(word)).findFirst();
  }

  /** Whether the citation is evidence of this kind, going by its annotation and its class. */
  boolean isShownBy(Citation citation) {
    return citation.kind() == demanded
        && suffixes.stream().anyMatch(citation.place().topLevelName()::endsWith);
  }

  /** What to write to give this evidence, for a message. */
  String remedy() {
    return demanded == CitationKind.IMPLEMENTS
        ? "an @Implements in src/main/java"
        : "a @Verifies in a class named *" + String.join(" or *", suffixes);
  }
}
