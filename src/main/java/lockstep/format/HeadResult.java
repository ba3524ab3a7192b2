package lockstep.format;

import java.util.function.Function;
import java.util.function.Supplier;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;

/** What comes of opening a head. */
@Implements({"HED-2", "HED-4~2"})
public sealed interface HeadResult {

  /** The head is whole and this key's. */
  record Opened(HeadContent content) implements HeadResult {}

  /** The key-check value is another key's or account's, or was spoiled; no payload was read. */
  record WrongKey() implements HeadResult {}

  /** The key is right and the rest is not what was sealed. */
  record Damaged() implements HeadResult {}

  /** Calls the one function that fits. */
  default <R extends @Nullable Object> R match(
      Function<HeadContent, R> opened, Supplier<R> wrongKey, Supplier<R> damaged) {
    if (this instanceof Opened result) {
      return opened.apply(result.content());
    }
    return this instanceof WrongKey ? wrongKey.get() : damaged.get();
  }
}
