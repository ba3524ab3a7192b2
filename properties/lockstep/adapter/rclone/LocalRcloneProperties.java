package lockstep.adapter.rclone;

import java.io.IOException;

/** The contract, asked of rclone's backend {@code local}. */
final class LocalRcloneProperties extends RcloneContract {

  @Override
  String remote(Served served) throws IOException {
    return served.local();
  }
}
