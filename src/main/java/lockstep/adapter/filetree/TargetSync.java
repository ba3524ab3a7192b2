package lockstep.adapter.filetree;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.concurrent.atomic.AtomicBoolean;
import lockstep.adapter.durable.DurableFiles;
import lockstep.spec.Implements;

/** Forces what a restore writes to the disk, and remembers whether the file system can do that. */
@Implements("RST-21")
final class TargetSync {

  private final AtomicBoolean missing = new AtomicBoolean();

  /** Makes a file or directory durable, where the file system has a way to. */
  void force(FileChannel channel) throws IOException {
    try {
      channel.force(true);
    } catch (IOException failed) {
      if (!DurableFiles.saysThereIsNoSync(failed)) {
        throw failed;
      }
      isMissing();
    }
  }

  void isMissing() {
    missing.set(true);
  }

  boolean isThere() {
    return !missing.get();
  }
}
