package lockstep.backup.store;

import java.io.IOException;
import lockstep.spec.Implements;

/** The provider is missing, full, or failed; nothing that it held before was changed. */
@Implements("PRV-4~2")
public final class ProviderUnavailable extends IOException {

  private static final long serialVersionUID = 1L;

  /** A failure of the provider for that reason, in words for the user. */
  public ProviderUnavailable(String reason) {
    super(reason);
  }

  /** A failure of the provider, told by its storage. */
  public ProviderUnavailable(String reason, Exception cause) {
    super(reason, cause);
  }
}
