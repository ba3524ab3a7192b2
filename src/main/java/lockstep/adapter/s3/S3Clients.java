package lockstep.adapter.s3;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import lockstep.backup.store.ProviderUnavailable;
import lockstep.spec.Implements;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Makes the client of a place: plain requests that servers other than AWS's understand, too. */
@Implements({"PRV-16", "PRV-17"})
final class S3Clients {

  private static final String ANY_REGION = "us-east-1";

  private S3Clients() {}

  static S3Client open(S3Place place, Map<String, String> environment, S3Pace pace)
      throws ProviderUnavailable {
    S3Credentials credentials = new S3Credentials(environment);
    Optional<URI> endpoint = place.endpoint().or(() -> named(place, credentials));
    String region = place.region().or(credentials::region).orElse(ANY_REGION);
    S3ClientBuilder builder =
        S3Client.builder()
            .credentialsProvider(credentials.source())
            .region(Region.of(region))
            .forcePathStyle(
                place.isPathStyle() || (endpoint.isPresent() && place.pathStyle().isEmpty()))
            // AWS tells where a bucket is; another server has one place only.
            .crossRegionAccessEnabled(endpoint.isEmpty())
            // What it computes otherwise, other servers refuse; each object is sealed.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .serviceConfiguration(
                S3Configuration.builder()
                    // There are servers that store the chunks' own signatures with the content.
                    .chunkedEncodingEnabled(false)
                    // A server that does not know it would be waited for.
                    .expectContinueEnabled(false)
                    .build())
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(pace.silence())
                    .socketTimeout(pace.silence()))
            .overrideConfiguration(overrides(credentials, pace));
    endpoint.ifPresent(builder::endpointOverride);
    return builder.build();
  }

  private static Optional<URI> named(S3Place place, S3Credentials credentials) {
    return credentials.endpoint().flatMap(place::withEndpoint).flatMap(S3Place::endpoint);
  }

  private static ClientOverrideConfiguration overrides(S3Credentials credentials, S3Pace pace) {
    ProfileFile none = ProfileFile.aggregator().build();
    return ClientOverrideConfiguration.builder()
        .defaultProfileFile(credentials.files().orElse(none))
        .defaultProfileName(credentials.profile())
        .apiCallAttemptTimeout(pace.answer())
        .addExecutionInterceptor(new BoundedAnswer())
        .retryStrategy(retries(credentials.attempts().orElse(pace.attempts()), pace))
        .build();
  }

  private static StandardRetryStrategy retries(int attempts, S3Pace pace) {
    BackoffStrategy pauses =
        BackoffStrategy.exponentialDelay(pace.firstPause(), pace.longestPause());
    return AwsRetryStrategy.standardRetryStrategy().toBuilder()
        .maxAttempts(attempts)
        .backoffStrategy(pauses)
        .throttlingBackoffStrategy(pauses)
        .retryOnException(
            failed -> failed instanceof S3Exception answered && S3Failure.of(answered).isConflict())
        .circuitBreakerEnabled(false)
        .build();
  }
}
