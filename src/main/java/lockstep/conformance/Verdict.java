package lockstep.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** What a case showed. */
sealed interface Verdict {

  /** Calls the function of this case. */
  <R> R match(
      Function<? super Passed, ? extends R> passed,
      Function<? super Differs, ? extends R> differs,
      Function<? super NotOffered, ? extends R> notOffered);

  /** Every answer was the one demanded. */
  record Passed() implements Verdict {

    @Override
    public <R> R match(
        Function<? super Passed, ? extends R> passed,
        Function<? super Differs, ? extends R> differs,
        Function<? super NotOffered, ? extends R> notOffered) {
      return passed.apply(this);
    }
  }

  /**
   * An answer was another.
   *
   * @param step which request, from 0
   * @param asked the request
   * @param came the answer
   * @param where the path in the result that differs first; empty for another kind of answer
   * @param intermediate the first value on the way that differs, if the testee shows any
   */
  record Differs(
      int step, Step asked, Answer came, String where, Optional<Intermediate> intermediate)
      implements Verdict {

    /** What came, in a word that a list of known failures can hold. */
    String kind() {
      return came.match(
          result -> "result:" + Comparison.fingerprint(result.value()),
          rejected -> "rejected:" + rejected.outcome(),
          failed -> "error",
          broken -> broken.fault().jsonName());
    }

    @Override
    public <R> R match(
        Function<? super Passed, ? extends R> passed,
        Function<? super Differs, ? extends R> differs,
        Function<? super NotOffered, ? extends R> notOffered) {
      return differs.apply(this);
    }
  }

  /**
   * The testee does not claim to do this.
   *
   * @param missing the operations that it lacks
   */
  record NotOffered(Set<String> missing) implements Verdict {

    /** Sorts the names. */
    public NotOffered {
      missing = new TreeSet<>(missing);
    }

    @Override
    public <R> R match(
        Function<? super Passed, ? extends R> passed,
        Function<? super Differs, ? extends R> differs,
        Function<? super NotOffered, ? extends R> notOffered) {
      return notOffered.apply(this);
    }
  }

  /**
   * A value on the way to a result.
   *
   * @param name as the vector names it
   */
  record Intermediate(String name, JsonNode expected, JsonNode came) {}
}
