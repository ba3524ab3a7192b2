package lockstep.cli;

/**
 * Carries the answer of a command that cannot go on (an option is missing, a file cannot be read)
 * from where that is noticed to {@link Main}. It never leaves this package.
 */
final class Ended extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient Answer answer;

  Ended(Answer answer) {
    super(answer.outcome().jsonName(), null, false, false);
    this.answer = answer;
  }

  Answer answer() {
    return answer;
  }
}
