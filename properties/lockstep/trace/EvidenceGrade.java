package lockstep.trace;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a clause is known to hold, the strongest first. */
enum EvidenceGrade {
  PROVED("proved", EvidenceKind.PROOF),
  MODEL_CHECKED("model-checked", EvidenceKind.MODEL),
  EXHAUSTIVE("tested exhaustively", EvidenceKind.EXHAUSTIVE),
  PROPERTY_TESTED("property-tested", EvidenceKind.PROPERTY),
  FUZZED("fuzzed", EvidenceKind.FUZZ),
  VECTOR_TESTED("vector-tested", EvidenceKind.VECTOR),
  ATTACK_TESTED("attack-tested", EvidenceKind.ATTACK),
  RULE("held by a rule", EvidenceKind.RULE),
  EXAMPLE("tested by examples", EvidenceKind.EXAMPLE),
  BY_CONSTRUCTION("by construction", EvidenceKind.CONSTRUCTION),
  ASSUMED("assumed", null),
  NONE("no evidence", null);

  private final String words;

  @SuppressWarnings("ImmutableEnumChecker") // Optional of an enum is immutable
  private final Optional<EvidenceKind> kind;

  EvidenceGrade(String words, @Nullable EvidenceKind kind) {
    this.words = words;
    this.kind = Optional.ofNullable(kind);
  }

  String words() {
    return words;
  }

  /** The style of its word. */
  String style() {
    return "grade g-" + words.replace(' ', '-');
  }

  /** The grade that a test gives which passed; one without a witness never counts as tested. */
  static EvidenceGrade of(CitedTest test) {
    for (EvidenceGrade grade : values()) {
      boolean needsWitness =
          grade != PROVED && grade != MODEL_CHECKED && grade != RULE && grade != BY_CONSTRUCTION;
      if (grade.kind.filter(k -> k.isShownBy(test.citation())).isPresent()
          && !(needsWitness && test.witnesses().isEmpty())) {
        return grade;
      }
    }
    return test.byConstruction() ? BY_CONSTRUCTION : NONE;
  }
}
