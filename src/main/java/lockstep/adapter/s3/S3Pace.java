package lockstep.adapter.s3;

import java.time.Duration;
import lockstep.adapter.storage.HeadClaim;

/**
 * How long things may take.
 *
 * @param attempts how often a request is sent before its failure is told
 * @param firstPause before the second attempt; it doubles with each
 * @param longestPause between two attempts
 * @param silence how long a connection may carry nothing
 * @param answer how long one request may take but for reading an object
 * @param claims where heads are made by claim
 */
record S3Pace(
    int attempts,
    Duration firstPause,
    Duration longestPause,
    Duration silence,
    Duration answer,
    HeadClaim.Pace claims) {

  /** A server that is only busy comes back within this; a person still waits for it. */
  static final S3Pace USUAL =
      new S3Pace(
          8,
          Duration.ofMillis(200),
          Duration.ofSeconds(20),
          Duration.ofSeconds(60),
          Duration.ofMinutes(10),
          HeadClaim.Pace.USUAL);
}
