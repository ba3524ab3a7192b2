package lockstep.adapter.s3;

import lockstep.spec.Implements;

/**
 * How much goes into one request.
 *
 * @param partBytes of an object: what is longer goes in parts
 * @param pageNames of a listing
 */
@Implements("OBS-1")
record S3Sizes(int partBytes, int pageNames) {

  /** The part is longer than the longest data object; the page is the longest that servers give. */
  static final S3Sizes USUAL = new S3Sizes(17 * 1024 * 1024, 1000);
}
