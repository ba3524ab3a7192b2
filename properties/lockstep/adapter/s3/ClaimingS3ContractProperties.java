package lockstep.adapter.s3;

import java.io.IOException;
import lockstep.adapter.storage.StorageContract;
import lockstep.backup.store.BackupStorage;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.DelegatingS3Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** The contract, asked of a server that overlooks the condition of a put. */
final class ClaimingS3ContractProperties extends StorageContract {

  private S3Storage one;
  private S3Storage other;
  private int asked;

  @BeforeTry
  void start() throws IOException {
    S3Server server = S3Server.running();
    S3Place place = server.place(server.port());
    one = overlooking(place);
    other = overlooking(place);
  }

  /** A device at a server that overlooks conditions. */
  static S3Storage overlooking(S3Place place) {
    S3Client overlooking =
        new DelegatingS3Client(S3Server.client(place)) {
          @Override
          public PutObjectResponse putObject(PutObjectRequest request, RequestBody content) {
            return super.putObject(request.toBuilder().ifNoneMatch(null).build(), content);
          }
        };
    return new S3Storage(overlooking, place, S3Server.QUICK, S3Server.SMALL);
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
    return 45;
  }

  @Override
  protected int contested() {
    return 3;
  }
}
