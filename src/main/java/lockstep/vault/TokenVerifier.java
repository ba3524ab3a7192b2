package lockstep.vault;

import lockstep.spec.NonNormative;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;

/** Says whether someone holds an account; the messenger's word. */
@NonNormative("a port; MessengerTokens carries AUT-2 out")
public interface TokenVerifier {

  /**
   * Whether {@code token} is valid for {@code account} at {@code time}, in milliseconds since 1970.
   */
  boolean isValid(AccountName account, Bytes token, long time);
}
