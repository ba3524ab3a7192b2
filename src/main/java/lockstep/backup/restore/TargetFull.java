package lockstep.backup.restore;

import java.io.IOException;
import lockstep.spec.NonNormative;

/** The disk that a restore writes to has no room left. */
@NonNormative("tells a full disk from the target's other failures, for exit code 41")
public final class TargetFull extends IOException {

  private static final long serialVersionUID = 1L;

  /** A write that found the disk full. */
  public TargetFull(IOException cause) {
    super("the target's disk is full", cause);
  }
}
