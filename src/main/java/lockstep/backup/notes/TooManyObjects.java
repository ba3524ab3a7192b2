package lockstep.backup.notes;

import java.io.IOException;
import lockstep.spec.Implements;

/** What is to be backed up takes more objects than a manifest may have. */
@Implements("BAK-53")
public final class TooManyObjects extends IOException {

  private static final long serialVersionUID = 1L;

  TooManyObjects() {
    super("a backup has no place for so many objects");
  }
}
