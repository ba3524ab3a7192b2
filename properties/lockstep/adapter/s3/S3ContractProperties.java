package lockstep.adapter.s3;

import java.io.IOException;
import lockstep.adapter.storage.StorageContract;
import lockstep.backup.store.BackupStorage;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/** The contract, asked of a server that puts only what is absent when asked to. */
final class S3ContractProperties extends StorageContract {

  private S3Storage one;
  private S3Storage other;
  private int asked;

  @BeforeTry
  void start() throws IOException {
    S3Server server = S3Server.running();
    S3Place place = server.place(server.port());
    one = S3Server.device(place);
    other = S3Server.device(place);
  }

  @AfterTry
  void stop() {
    one.close();
    other.close();
  }

  @Override
  protected BackupStorage device() {
    return asked++ % 2 == 0 ? one : other;
  }

  @Override
  protected int many() {
    return 90;
  }
}
