package lockstep.oracle;

import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import lockstep.spec.Implements;

/** Gives out the values that a request names, in the order in which they are drawn. */
@Implements("ORC-5")
final class InjectedRandom extends SecureRandom {

  private static final long serialVersionUID = 1L;

  private final transient Deque<Optional<byte[]>> named = new ArrayDeque<>();
  private final transient SecureRandom rest;

  /**
   * @param rest draws what is not named
   */
  InjectedRandom(SecureRandom rest) {
    this.rest = rest;
  }

  /** The next draw: {@code value}, or fresh where a request names none. */
  InjectedRandom then(Optional<byte[]> value) {
    named.add(value);
    return this;
  }

  @Override
  public void nextBytes(byte[] bytes) {
    Optional<byte[]> value = named.isEmpty() ? Optional.empty() : named.remove();
    if (value.isEmpty()) {
      rest.nextBytes(bytes);
      return;
    }
    if (value.get().length != bytes.length) {
      throw new IllegalStateException("a draw of another length than was named");
    }
    System.arraycopy(value.get(), 0, bytes, 0, bytes.length);
    Arrays.fill(value.get(), (byte) 0);
  }
}
