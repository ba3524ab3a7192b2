package lockstep.vault.machine;

import java.io.IOException;
import lockstep.spec.Implements;

/** What the vault has stored is not what it wrote: nobody may act on it. */
@Implements("ATR-5~2")
public final class VaultDamagedException extends IOException {

  private static final long serialVersionUID = 1L;

  /** Says what is damaged, never its content. */
  public VaultDamagedException(String what) {
    super(what);
  }
}
