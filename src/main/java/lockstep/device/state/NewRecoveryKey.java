package lockstep.device.state;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.function.Function;
import lockstep.keys.RecoveryKey;
import lockstep.keys.RootKey;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;

/**
 * A new 64-digit key that the user has yet to write down. It takes effect when a part of it, chosen
 * at random, was given back, or when the user waives that; closed before, it is forgotten.
 */
@Implements("ENR-4")
public final class NewRecoveryKey implements AutoCloseable {

  private final RootKey rootKey;
  private final int group;
  private final Effect effect;
  private boolean shown;

  /** What happens once the user holds the key. */
  @FunctionalInterface
  public interface Effect {
    void take() throws IOException;
  }

  /** Takes over {@code rootKey}. */
  public NewRecoveryKey(RootKey rootKey, SecureRandom random, Effect effect) {
    this.rootKey = rootKey;
    this.group = 1 + random.nextInt(RecoveryKey.GROUPS);
    this.effect = effect;
  }

  /**
   * Calls {@code screen} with the 79 characters to show (RKY-2), which are wiped afterwards.
   *
   * @throws IllegalStateException at a second call
   */
  public <R extends @Nullable Object> R showOnce(Function<char[], R> screen) {
    if (shown) {
      throw new IllegalStateException("the key is shown once");
    }
    shown = true;
    return RecoveryKey.show(rootKey, screen);
  }

  /** Which group of four digits is asked back, from 1 to 16. */
  public int askedGroup() {
    return group;
  }

  /** Takes effect if {@code typed} is the group asked for; otherwise the user may try again. */
  public boolean confirm(char[] typed) throws IOException {
    if (!RecoveryKey.isGroup(rootKey, group, typed)) {
      return false;
    }
    effect.take();
    return true;
  }

  /** Takes effect without asking back, because the user said so. */
  public void waive() throws IOException {
    effect.take();
  }

  @Override
  public void close() {
    rootKey.close();
  }
}
