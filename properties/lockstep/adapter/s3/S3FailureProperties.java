package lockstep.adapter.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import lockstep.adapter.storage.HeadClaim;
import lockstep.adapter.storage.SealedSamples;
import lockstep.adapter.storage.UnfinishedName;
import lockstep.backup.store.ProviderUnavailable;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users are told of a server that fails, and how long it is waited for. */
class S3FailureProperties {

  @TempDir Path home;
  private S3Weather weather;
  private S3Place place;

  @BeforeEach
  void start() throws IOException {
    weather = new S3Weather(S3Server.running().port());
    place = S3Server.running().place(weather.port());
  }

  @AfterEach
  void stop() throws IOException {
    weather.close();
  }

  private void fails(S3Place at, Map<String, String> environment, String... words) {
    assertThatThrownBy(
            () -> {
              try (S3Storage storage =
                  S3Storage.open(at, environment, S3Server.QUICK, S3Server.SMALL)) {
                storage.heads();
              }
            })
        .isInstanceOf(ProviderUnavailable.class)
        .message()
        .contains(words)
        .doesNotContain("test-secret", "words of a server");
  }

  @Test
  @Verifies({"PRV-18", "PRV-4~2"})
  void eachKindOfAnswerIsToldWithWhatToDoNext() {
    Map<String, String> told = new LinkedHashMap<>();
    told.put("400 ExpiredToken", "expired");
    told.put("403 InvalidToken", "expired");
    told.put("403 AccessDenied", "may not do that there");
    told.put("503 SlowDown", "wait a while");
    told.put("429 TooManyRequests", "wait a while");
    told.put("507 XMinioStorageFull", "full");
    told.put("403 QuotaExceeded", "full");
    told.put("403 TotalStorageExceeded", "full");
    told.put("301 PermanentRedirect", "--s3-region");
    told.put("400 AuthorizationHeaderMalformed", "--s3-region");
    told.put("501 NotImplemented", "lacks a request");
    told.put("500 InternalError", "failed (status 500, InternalError)");
    told.put("418 \u001b[31mRed", "failed (status 418)");
    told.forEach(
        (answer, words) -> {
          weather.becomes(
              head ->
                  S3Weather.failure(Integer.parseInt(answer.substring(0, 3)), answer.substring(4)));
          fails(place, S3Server.ENVIRONMENT, words);
        });
    weather.becomes(head -> S3Weather.answer(200, "<html>Welcome</html"));
    fails(place, S3Server.ENVIRONMENT, "no answer of an S3 server");
  }

  @Test
  @Verifies({"PRV-18", "PRV-16"})
  void aRealServerRefusesWhoHasNoBucketOrNoRightKey() throws IOException {
    S3Place nowhere =
        S3Place.parse("s3://not-there").flatMap(at -> at.withEndpoint(address())).orElseThrow();
    fails(nowhere, S3Server.ENVIRONMENT, "no bucket of that name");
    Map<String, String> wrong = new HashMap<>(S3Server.ENVIRONMENT);
    wrong.put("AWS_SECRET_ACCESS_KEY", "other");
    fails(place, wrong, "secret does not belong");
    wrong.put("AWS_ACCESS_KEY_ID", "other");
    fails(place, wrong, "does not know this access key");
    S3Place closed = place.withEndpoint("http://127.0.0.1:1").orElseThrow();
    fails(closed, S3Server.ENVIRONMENT, "cannot be reached");
    S3Place unknown = place.withEndpoint("http://nowhere.invalid").orElseThrow();
    fails(unknown, S3Server.ENVIRONMENT, "is not known");
    S3Place untrusted = place.withEndpoint("https://127.0.0.1:" + weather.port()).orElseThrow();
    weather.becomes(head -> S3Weather.answer(200, ""));
    fails(untrusted, S3Server.ENVIRONMENT, "server");
  }

  private String address() {
    return "http://127.0.0.1:" + weather.port();
  }

  @Test
  @Verifies("PRV-16")
  void theCredentialIsTheEnvironmentsOrTheProfiles() throws IOException {
    fails(place, Map.of(), "no credential", "AWS_PROFILE");
    fails(place, Map.of("AWS_ACCESS_KEY_ID", "test-key"), "only one is set");
    Path files = Files.createDirectory(home.resolve(".aws"));
    Map<String, String> environment = new HashMap<>(Map.of("HOME", home.toString()));
    Files.writeString(
        files.resolve("credentials"),
        """
        [default]
        aws_access_key_id = test-key
        aws_secret_access_key = wrong
        [right]
        aws_access_key_id = test-key
        aws_secret_access_key = test-secret
        """);
    Files.writeString(files.resolve("config"), "[profile right]\nregion = eu-west-7\n");
    fails(place, environment, "secret does not belong");
    environment.put("AWS_PROFILE", "right");
    try (S3Storage storage = S3Storage.open(place, environment, S3Server.QUICK, S3Server.SMALL)) {
      assertThat(storage.heads()).isEmpty();
    }
    assertThat(weather.heads()).last().asString().contains("/eu-west-7/s3/");
    Files.writeString(
        files.resolve("config"), "[profile role]\nrole_arn = a\nsource_profile = right\n");
    environment.put("AWS_PROFILE", "role");
    fails(place, environment, "gives no credential by itself");
    environment.putAll(S3Server.ENVIRONMENT);
    environment.put("AWS_SESSION_TOKEN", "given");
    weather.becomes(head -> S3Weather.failure(400, "ExpiredToken"));
    fails(place, environment, "expired");
    assertThat(weather.heads())
        .last()
        .asString()
        .containsIgnoringCase("x-amz-security-token: given");
  }

  @Test
  @Verifies("PRV-18")
  void aClockThatIsWrongIsPutRightByTheServersDate() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    weather.becomes(
        head ->
            asked.getAndIncrement() == 0
                ? S3Weather.failure(
                    403, "RequestTimeTooSkewed", "Date: Tue, 01 Jan 2036 12:00:00 GMT")
                : S3Weather.failure(403, "AccessDenied"));
    fails(place, S3Server.ENVIRONMENT, "may not");
    assertThat(weather.heads()).last().asString().containsIgnoringCase("x-amz-date: 20360101T12");
  }

  @Test
  @Verifies("PRV-17")
  void aServerThatIsSilentOrAnswersOrListsWithoutEndIsGivenUp() throws IOException {
    S3Pace hasty =
        new S3Pace(
            2,
            Duration.ofMillis(1),
            Duration.ofMillis(1),
            Duration.ofMillis(300),
            Duration.ofSeconds(5),
            HeadClaim.Pace.USUAL);
    weather.becomes(head -> new S3Weather.Fate.Unanswered());
    try (S3Storage storage = S3Storage.open(place, S3Server.ENVIRONMENT, hasty, S3Server.SMALL)) {
      assertThatThrownBy(storage::heads)
          .isInstanceOf(ProviderUnavailable.class)
          .hasMessageContaining("did not answer in time");
      assertThat(weather.heads()).hasSizeGreaterThanOrEqualTo(2);
    }
    weather.becomes(head -> S3Weather.answer(200, "<a>" + " ".repeat(9 * 1024 * 1024) + "</a>"));
    fails(place, S3Server.ENVIRONMENT, "answers without end");
    weather.becomes(
        head ->
            S3Weather.answer(
                200,
                "<ListBucketResult><IsTruncated>true</IsTruncated>"
                    + "<NextContinuationToken>again</NextContinuationToken></ListBucketResult>"));
    fails(place, S3Server.ENVIRONMENT, "lists without end");
  }

  @Test
  @Verifies({"PRV-17", "PRV-12"})
  void aServerThatShowsOthersClaimsForEverIsGivenUp() throws IOException {
    SealedSamples samples = new SealedSamples();
    S3Pace hasty =
        new S3Pace(
            1,
            Duration.ofMillis(1),
            Duration.ofMillis(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            new HeadClaim.Pace(Duration.ofMillis(200), Duration.ofMillis(20)));
    weather.becomes(
        head -> {
          if (S3Weather.has(head, "if-none-match")) {
            return S3Weather.failure(501, "NotImplemented");
          }
          String claim =
              place.prefix() + "lockstep-v1/heads/" + UnfinishedName.of(samples.headName(1));
          return head.contains("list-type=2")
              ? S3Weather.answer(
                  200,
                  "<ListBucketResult><Contents><Key>"
                      + claim
                      + "</Key></Contents></ListBucketResult>")
              : S3Weather.passed(head);
        });
    try (S3Storage storage = S3Storage.open(place, S3Server.ENVIRONMENT, hasty, S3Server.SMALL)) {
      assertThatThrownBy(() -> storage.addHead(samples.headName(1), samples.head(1)))
          .isInstanceOf(ProviderUnavailable.class)
          .hasMessageContaining("for too long");
    }
  }
}
