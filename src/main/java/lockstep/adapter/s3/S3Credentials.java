package lockstep.adapter.s3;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import lockstep.backup.store.ProviderUnavailable;
import lockstep.spec.Decides;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileProperty;

/**
 * Who asks: by the environment, else by a profile of AWS's own files. Nothing else is asked for a
 * credential, such as an address that only a server in AWS's house has.
 */
@Decides("PRV-16")
final class S3Credentials {

  private static final String KEY = "AWS_ACCESS_KEY_ID";
  private static final String WORD = "AWS_SECRET_ACCESS_KEY";
  private static final String TOKEN = "AWS_SESSION_TOKEN";

  private final Map<String, String> environment;
  private final Optional<ProfileFile> files;
  private final String profile;

  S3Credentials(Map<String, String> environment) throws ProviderUnavailable {
    this.environment = environment;
    this.profile = set("AWS_PROFILE").orElse("default");
    this.files = read();
  }

  private Optional<String> set(String name) {
    return Optional.ofNullable(environment.get(name)).map(String::strip).filter(v -> !v.isEmpty());
  }

  private Optional<ProfileFile> read() throws ProviderUnavailable {
    try {
      ProfileFile.Aggregator all = ProfileFile.aggregator();
      boolean any =
          add(all, "AWS_SHARED_CREDENTIALS_FILE", "credentials", ProfileFile.Type.CREDENTIALS);
      any |= add(all, "AWS_CONFIG_FILE", "config", ProfileFile.Type.CONFIGURATION);
      return any ? Optional.of(all.build()) : Optional.empty();
    } catch (IllegalArgumentException
        | IllegalStateException
        | java.io.UncheckedIOException wrong) {
      throw new ProviderUnavailable(
          "AWS's configuration or credentials file cannot be read; look at AWS_CONFIG_FILE and"
              + " AWS_SHARED_CREDENTIALS_FILE",
          wrong);
    }
  }

  private boolean add(
      ProfileFile.Aggregator all, String variable, String usual, ProfileFile.Type type) {
    Optional<Path> file =
        set(variable).map(Path::of).or(() -> set("HOME").map(home -> Path.of(home, ".aws", usual)));
    try {
      file = file.filter(Files::isRegularFile);
    } catch (InvalidPathException none) {
      return false;
    }
    file.ifPresent(path -> all.addFile(ProfileFile.builder().content(path).type(type).build()));
    return file.isPresent();
  }

  /** The files' profiles, where there are any. */
  Optional<ProfileFile> files() {
    return files;
  }

  /** The name of the profile. */
  String profile() {
    return profile;
  }

  /** The region that environment or profile name. */
  Optional<String> region() {
    return set("AWS_REGION")
        .or(() -> set("AWS_DEFAULT_REGION"))
        .or(
            () ->
                files
                    .flatMap(found -> found.profile(profile))
                    .flatMap(found -> found.property(ProfileProperty.REGION)));
  }

  /** The server that the environment names for AWS's programs. */
  Optional<String> endpoint() {
    return set("AWS_ENDPOINT_URL_S3").or(() -> set("AWS_ENDPOINT_URL"));
  }

  /** How often a request is sent at most, where the environment says so to AWS's programs. */
  OptionalInt attempts() {
    return set("AWS_MAX_ATTEMPTS").filter(v -> v.matches("[1-9][0-9]?")).stream()
        .mapToInt(Integer::parseInt)
        .findAny();
  }

  /** Where credentials come from. */
  AwsCredentialsProvider source() throws ProviderUnavailable {
    Optional<String> key = set(KEY);
    Optional<String> word = set(WORD);
    if (key.isPresent() != word.isPresent()) {
      throw new ProviderUnavailable(
          "of " + KEY + " and " + WORD + " only one is set; set both, or neither");
    }
    if (key.isPresent() && word.isPresent()) {
      AwsCredentials given =
          set(TOKEN).isPresent()
              ? AwsSessionCredentials.create(key.get(), word.get(), set(TOKEN).get())
              : AwsBasicCredentials.create(key.get(), word.get());
      return StaticCredentialsProvider.create(given);
    }
    if (files.flatMap(found -> found.profile(profile)).isEmpty()) {
      throw new ProviderUnavailable(
          "there is no credential for it; set "
              + KEY
              + " and "
              + WORD
              + ", or name a profile of ~/.aws with AWS_PROFILE");
    }
    return new Checked(
        ProfileCredentialsProvider.builder().profileFile(files.get()).profileName(profile).build());
  }

  /** Tells a profile that gives no credential from a server that refuses one. */
  private record Checked(AwsCredentialsProvider profile) implements AwsCredentialsProvider {

    @Override
    public AwsCredentials resolveCredentials() {
      try {
        return profile.resolveCredentials();
      } catch (RuntimeException none) {
        throw new NoCredential(none);
      }
    }
  }

  /** The profile gives no credential. */
  static final class NoCredential extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoCredential(RuntimeException cause) {
      super(cause);
    }

    ProviderUnavailable unavailable() {
      return new ProviderUnavailable(
          "the profile gives no credential by itself; where it needs a login or another role, let"
              + " its own program print one into the environment (aws configure"
              + " export-credentials --format env)",
          this);
    }
  }
}
