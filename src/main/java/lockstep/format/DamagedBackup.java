package lockstep.format;

import java.io.IOException;
import lockstep.spec.Implements;

/**
 * An object is not what this device sealed: changed, cut, swapped, or sealed under another key.
 *
 * <p>Checked, and an {@link IOException}, because it comes out of streams. It names the object and
 * says nothing of its content or of where the damage lies.
 */
@Implements({"PAY-4", "OBJ-8", "SEC-5"})
public final class DamagedBackup extends IOException {

  private static final long serialVersionUID = 1L;

  private final String objectName;

  /** Damage in the object of that name. */
  public DamagedBackup(ObjectName objectName) {
    super("object " + objectName + " is damaged");
    this.objectName = objectName.toString();
  }

  /** The name under which the provider holds the damaged object. */
  public String objectName() {
    return objectName;
  }
}
