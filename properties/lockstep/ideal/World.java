package lockstep.ideal;

/** A system that plays steps and says what everybody sees. */
interface World {

  /** When a schedule begins; times in a story count from here. */
  long START = 1_000_000_000;

  /** What is seen of the step. */
  String play(Step step);

  /** What the account's holder is told at the end. */
  String standing();
}
