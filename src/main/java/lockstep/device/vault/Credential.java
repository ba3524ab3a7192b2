package lockstep.device.vault;

import java.io.IOException;
import java.util.function.Function;
import lockstep.spec.NonNormative;
import lockstep.wire.Authority;

/** What entitles the device to a command: a token, a key or a session. */
@FunctionalInterface
public interface Credential {

  /** Gets what the vault must give first; the result makes the authority of a request's part. */
  @NonNormative("each credential cites the clause of its authority")
  Function<byte[], Authority> prepare(VaultConversation conversation)
      throws ConversationEnded, IOException;
}
