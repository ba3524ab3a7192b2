package lockstep.vault;

import lockstep.trace.Implements;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;

/** Says whether someone holds an account; the messenger's word. */
@Implements("AUT-2~1")
public interface TokenVerifier {

  /**
   * Whether {@code token} is valid for {@code account} at {@code time}, in milliseconds since 1970.
   */
  boolean isValid(AccountName account, Bytes token, long time);
}
