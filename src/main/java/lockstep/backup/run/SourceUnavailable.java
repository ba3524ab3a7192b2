package lockstep.backup.run;

import java.io.IOException;
import lockstep.spec.NonNormative;

/** The folder to back up is missing, is no directory, or cannot be listed. */
@NonNormative("tells the source's failures from the device's own")
public final class SourceUnavailable extends IOException {

  private static final long serialVersionUID = 1L;

  /** A failure to list the source, told by its file system. */
  public SourceUnavailable(IOException cause) {
    super("the source cannot be listed", cause);
  }
}
