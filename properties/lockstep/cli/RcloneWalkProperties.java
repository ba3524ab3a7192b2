package lockstep.cli;

import java.io.IOException;
import java.util.Map;
import lockstep.evidence.Needs;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.Test;

/** README's walk with a remote of rclone's, which is an object store here. */
@Needs("rclone")
class RcloneWalkProperties extends CloudWalk {

  @Test
  @Verifies({"PRV-14~2", "PRV-11", "PRV-13", "PRV-4~2"})
  void aTreeAtARemoteSurvivesTheNetworkAndTheDevice() throws IOException {
    user.environment =
        Map.of(
            "PATH",
            "/usr/local/bin:/usr/bin:/bin",
            "RCLONE_CONFIG",
            "/dev/null",
            "RCLONE_LOW_LEVEL_RETRIES",
            "1",
            "RCLONE_RETRIES",
            "1");
    walk(
        "rclone::s3,provider=Other,access_key_id=test-key,secret_access_key=test-secret,"
            + "force_path_style=true,no_check_bucket=true,endpoint='http://127.0.0.1:"
            + weather.port()
            + "':"
            + place.bucket()
            + "/some/folder",
        "rclone::s3,...",
        3);
  }
}
