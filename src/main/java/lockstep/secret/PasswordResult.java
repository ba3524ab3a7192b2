package lockstep.secret;

import java.util.function.Function;
import java.util.function.Supplier;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;

/** What becomes of a typed password; only {@link Prepared} may be used, nothing else is sent. */
@Implements({"PWD-1~2", "PWD-2"})
public sealed interface PasswordResult {

  /**
   * The typed text is a password.
   *
   * @param password the caller's to close
   */
  record Prepared(Password password) implements PasswordResult {}

  /** Fewer than {@value Password#MINIMUM_CODE_POINTS} code points after preparation. */
  record TooShort() implements PasswordResult {}

  /** More than {@value Password#MAXIMUM_BYTES} bytes of UTF-8 after preparation. */
  record TooLong() implements PasswordResult {}

  /** Refused by OpaqueString: empty, control characters, invisible and unassigned code points. */
  record NotAllowed() implements PasswordResult {}

  /** Calls the one function that fits. */
  default <R extends @Nullable Object> R match(
      Function<Password, R> prepared,
      Supplier<R> tooShort,
      Supplier<R> tooLong,
      Supplier<R> notAllowed) {
    if (this instanceof Prepared result) {
      return prepared.apply(result.password());
    }
    if (this instanceof TooShort) {
      return tooShort.get();
    }
    return this instanceof TooLong ? tooLong.get() : notAllowed.get();
  }
}
