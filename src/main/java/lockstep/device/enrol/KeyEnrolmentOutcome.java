package lockstep.device.enrol;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import lockstep.device.state.NewRecoveryKey;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;

/** What becomes of an enrolment in key mode. */
@Implements({"ENR-4", "ENR-7"})
public sealed interface KeyEnrolmentOutcome {

  /**
   * There is a key to show.
   *
   * @param key the caller's to close
   */
  record KeyToShow(NewRecoveryKey key) implements KeyEnrolmentOutcome {}

  /** This device is enabled already. */
  record AlreadyEnabled() implements KeyEnrolmentOutcome {}

  /**
   * Plain copies that were neither removed nor accepted.
   *
   * @param names at the provider
   */
  record PlainCopiesFound(List<String> names) implements KeyEnrolmentOutcome {}

  /** Calls the one function that fits. */
  default <R extends @Nullable Object> R match(
      Function<NewRecoveryKey, R> keyToShow,
      Supplier<R> alreadyEnabled,
      Function<List<String>, R> plainCopiesFound) {
    if (this instanceof KeyToShow outcome) {
      return keyToShow.apply(outcome.key());
    }
    if (this instanceof AlreadyEnabled) {
      return alreadyEnabled.get();
    }
    return plainCopiesFound.apply(((PlainCopiesFound) this).names());
  }
}
