package lockstep.trace;

/** How a clause is known to hold, the strongest first. */
enum EvidenceGrade {
  PROVED("proved"),
  MODEL_CHECKED("model-checked"),
  PROPERTY_TESTED("property-tested"),
  VECTOR_TESTED("vector-tested"),
  ATTACK_TESTED("attack-tested"),
  BY_CONSTRUCTION("by construction"),
  ASSUMED("assumed"),
  NONE("no evidence");

  private final String words;

  EvidenceGrade(String words) {
    this.words = words;
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
    Citation citation = test.citation();
    if (EvidenceKind.PROOF.isShownBy(citation)) {
      return PROVED;
    }
    if (EvidenceKind.MODEL.isShownBy(citation)) {
      return MODEL_CHECKED;
    }
    if (test.witnesses().isEmpty()) {
      return BY_CONSTRUCTION;
    }
    if (EvidenceKind.PROPERTY.isShownBy(citation)) {
      return PROPERTY_TESTED;
    }
    if (EvidenceKind.VECTOR.isShownBy(citation)) {
      return VECTOR_TESTED;
    }
    return EvidenceKind.ATTACK.isShownBy(citation) ? ATTACK_TESTED : NONE;
  }
}
