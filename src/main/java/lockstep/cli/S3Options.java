package lockstep.cli;

import java.util.Optional;
import java.util.function.BiFunction;
import lockstep.adapter.s3.S3Place;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How an object store's server is reached, where it is not AWS's own. */
@Implements("PRV-14~2")
final class S3Options {

  private static final String ENDPOINT = "--s3-endpoint";
  private static final String REGION = "--s3-region";
  private static final String PATH_STYLE = "--s3-path-style";

  @Option(
      names = ENDPOINT,
      paramLabel = "URL",
      description = "The S3 server's https://host:port, where it is not AWS's own.")
  private @Nullable String endpoint;

  @Option(
      names = REGION,
      paramLabel = "NAME",
      description = "The bucket's region, where environment and profile name none.")
  private @Nullable String region;

  @Option(
      names = PATH_STYLE,
      paramLabel = "true|false",
      description =
          "Whether the bucket stands in the path rather than before the server's name; usual with"
              + " --s3-endpoint.")
  private @Nullable String pathStyle;

  /** The place with what these options say of it; a usage error where they do not fit. */
  ProviderPlace with(ProviderPlace typed) {
    if (endpoint == null && region == null && pathStyle == null) {
      return typed;
    }
    S3Place place =
        typed
            .bucket()
            .orElseThrow(
                () ->
                    new Ended(
                        Answer.usage(
                            "The options --s3-... belong to a --provider s3://BUCKET/PREFIX.",
                            "Leave them out, or name the bucket.")));
    place = set(place, endpoint, S3Place::withEndpoint, ENDPOINT, "https://host:port");
    place = set(place, region, S3Place::withRegion, REGION, "eu-central-1");
    place = set(place, pathStyle, S3Place::withPathStyle, PATH_STYLE, "true");
    return new ProviderPlace(place.toString());
  }

  private static S3Place set(
      S3Place place,
      @Nullable String value,
      BiFunction<S3Place, String, Optional<S3Place>> setting,
      String option,
      String example) {
    return value == null
        ? place
        : setting
            .apply(place, value)
            .orElseThrow(
                () ->
                    new Ended(
                        Answer.usage(
                            "What stands after " + option + " does not fit there.",
                            "Write it like " + option + " " + example + ".")));
  }
}
