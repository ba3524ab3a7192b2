package lockstep.cli;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import lockstep.adapter.s3.S3Server;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.Test;

/** README's walk with a bucket. */
class S3WalkProperties extends CloudWalk {

  @Test
  @Verifies({"PRV-14~2", "OBS-1", "PRV-4~2", "PRV-16"})
  void aTreeInABucketSurvivesTheNetworkAndTheDevice() throws IOException {
    Map<String, String> environment = new HashMap<>(S3Server.ENVIRONMENT);
    environment.put("AWS_MAX_ATTEMPTS", "1");
    user.environment = environment;
    String provider = "s3://" + place.bucket() + "/some/folder";
    walk(provider, provider, 4, "--s3-endpoint", "http://127.0.0.1:" + weather.port());
  }
}
