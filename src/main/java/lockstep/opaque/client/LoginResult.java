package lockstep.opaque.client;

import java.util.function.Function;
import java.util.function.Supplier;
import lockstep.opaque.KE3;
import lockstep.secret.SecretBytes;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;

/** What a client learns from KE2: that both sides share keys, or nothing. */
@Implements("OPQ-6~2")
public sealed interface LoginResult {

  /**
   * Password and record fit, and the server proved its key; closing closes the keys.
   *
   * @param ke3 the proof to send
   * @param sessionKey 32 bytes, which the server has when it accepts {@code ke3}
   * @param exportKey 32 bytes, those of the registration
   */
  record Authenticated(KE3 ke3, SecretBytes sessionKey, SecretBytes exportKey)
      implements LoginResult, AutoCloseable {

    @Override
    public void close() {
      sessionKey.close();
      exportKey.close();
    }
  }

  /** A wrong password, or a KE2 that is malformed or was tampered with: never told apart. */
  record Failed() implements LoginResult {}

  /** Calls the one function that fits. */
  default <R extends @Nullable Object> R match(
      Function<Authenticated, R> authenticated, Supplier<R> failed) {
    return this instanceof Authenticated result ? authenticated.apply(result) : failed.get();
  }
}
