package lockstep.keys;

import java.util.function.Function;
import java.util.function.IntFunction;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;

/** What a text typed as a 64-digit key turns out to be. */
@Implements("RKY-3~2")
public sealed interface RecoveryKeyResult {

  /**
   * A well-formed key; whether it is the right one, only a key-check value tells.
   *
   * @param rootKey the caller's to close
   */
  record Parsed(RootKey rootKey) implements RecoveryKeyResult {}

  /**
   * A character that is neither a digit nor a separator.
   *
   * @param position of the first one, counted in characters from 1 in the text as typed
   */
  record BadCharacter(int position) implements RecoveryKeyResult {}

  /**
   * Digits and separators only, but not 64 digits.
   *
   * @param digits how many there are
   */
  record WrongLength(int digits) implements RecoveryKeyResult {}

  /** Calls the one function that fits. */
  default <R extends @Nullable Object> R match(
      Function<RootKey, R> parsed, IntFunction<R> badCharacter, IntFunction<R> wrongLength) {
    if (this instanceof Parsed result) {
      return parsed.apply(result.rootKey());
    }
    if (this instanceof BadCharacter result) {
      return badCharacter.apply(result.position());
    }
    return wrongLength.apply(((WrongLength) this).digits());
  }
}
