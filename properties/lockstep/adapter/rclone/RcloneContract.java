package lockstep.adapter.rclone;

import java.io.IOException;
import lockstep.adapter.storage.StorageContract;
import lockstep.backup.store.BackupStorage;
import lockstep.evidence.Needs;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/** The contract, asked of what rclone reaches, by two devices with an rclone each. */
@Needs("rclone")
abstract class RcloneContract extends StorageContract {

  private Served served;
  private RcloneStorage one;
  private RcloneStorage other;
  private int asked;

  /** Starts the server, and names the remote. */
  abstract String remote(Served served) throws IOException;

  @BeforeTry
  void start() throws IOException {
    served = new Served();
    String remote = remote(served);
    one = RcloneStorage.open(remote, served.environment());
    other = RcloneStorage.open(remote, served.environment());
  }

  @AfterTry
  void stop() throws IOException {
    one.close();
    other.close();
    served.close();
  }

  @Override
  protected BackupStorage device() {
    return asked++ % 2 == 0 ? one : other;
  }

  @Override
  protected int many() {
    return 120;
  }
}
