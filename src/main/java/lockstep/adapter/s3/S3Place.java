package lockstep.adapter.s3;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lockstep.spec.Implements;

/**
 * Which bucket it is, where in it, and how its server is reached.
 *
 * @param bucket its name
 * @param prefix what all names there begin with: empty, or folders that end with a slash
 * @param endpoint the server; AWS's own where none is named
 * @param region its region, where one is named
 * @param pathStyle whether the bucket stands in the path rather than in the server's name, where
 *     that is named
 */
@Implements("PRV-14~2")
public record S3Place(
    String bucket,
    String prefix,
    Optional<URI> endpoint,
    Optional<String> region,
    Optional<Boolean> pathStyle) {

  /** What a place begins with. */
  public static final String SCHEME = "s3://";

  private static final int MAX_PREFIX_BYTES = 512;
  private static final Pattern BUCKET =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]");
  private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,40}");
  private static final Pattern NOTED =
      Pattern.compile("([^/?]*)(?:/([^?]*))?(?:\\?((?:(?:endpoint|region|path-style)=[^&]*&?)*))?");

  /** The place that a text is, which {@link #toString} gives again; nothing where it is none. */
  public static Optional<S3Place> parse(String text) {
    if (!text.startsWith(SCHEME)) {
      return Optional.empty();
    }
    Matcher parts = NOTED.matcher(text.substring(SCHEME.length()));
    if (!parts.matches() || !BUCKET.matcher(parts.group(1)).matches()) {
      return Optional.empty();
    }
    String named = Optional.ofNullable(parts.group(2)).orElse("").replaceAll("/$", "");
    if (!isPrefix(named)) {
      return Optional.empty();
    }
    String prefix = named.isEmpty() ? "" : named + "/";
    S3Place place =
        new S3Place(parts.group(1), prefix, Optional.empty(), Optional.empty(), Optional.empty());
    return with(place, Optional.ofNullable(parts.group(3)).orElse(""));
  }

  private static Optional<S3Place> with(S3Place place, String settings) {
    Optional<S3Place> found = Optional.of(place);
    for (String setting : settings.isEmpty() ? new String[0] : settings.split("&", -1)) {
      String value = setting.substring(setting.indexOf('=') + 1);
      found =
          found.flatMap(
              so ->
                  switch (setting.substring(0, setting.indexOf('='))) {
                    case "endpoint" -> so.withEndpoint(value);
                    case "region" -> so.withRegion(value);
                    default -> so.withPathStyle(value);
                  });
    }
    return found;
  }

  /** The same at that server; nothing where the text is no address of one. */
  public Optional<S3Place> withEndpoint(String address) {
    return address(address)
        .map(server -> new S3Place(bucket, prefix, Optional.of(server), region, pathStyle));
  }

  /** The same in that region; nothing where the text is none. */
  public Optional<S3Place> withRegion(String name) {
    return REGION.matcher(name).matches()
        ? Optional.of(new S3Place(bucket, prefix, endpoint, Optional.of(name), pathStyle))
        : Optional.empty();
  }

  /** The same with the bucket in the path, or not; nothing where the text is neither. */
  public Optional<S3Place> withPathStyle(String trueOrFalse) {
    return trueOrFalse.equals("true") || trueOrFalse.equals("false")
        ? Optional.of(
            new S3Place(
                bucket, prefix, endpoint, region, Optional.of(Boolean.valueOf(trueOrFalse))))
        : Optional.empty();
  }

  // What a person types as a login would be shown and noted.
  private static Optional<URI> address(String text) {
    try {
      URI address = new URI(text);
      boolean http = "https".equals(address.getScheme()) || "http".equals(address.getScheme());
      boolean only =
          address.getRawPath() == null
              || address.getRawPath().isEmpty()
              || address.getRawPath().equals("/");
      boolean bare =
          address.getRawUserInfo() == null
              && address.getRawQuery() == null
              && address.getRawFragment() == null;
      return http && only && bare && address.getHost() != null && text.indexOf('&') < 0
          ? Optional.of(new URI(text.replaceAll("/$", "")))
          : Optional.empty();
    } catch (URISyntaxException none) {
      return Optional.empty();
    }
  }

  private static boolean isPrefix(String text) {
    if (text.isEmpty()) {
      return true;
    }
    if (text.getBytes(StandardCharsets.UTF_8).length > MAX_PREFIX_BYTES) {
      return false;
    }
    for (String folder : text.split("/", -1)) {
      if (folder.isEmpty() || folder.equals(".") || folder.equals("..")) {
        return false;
      }
    }
    return text.codePoints()
        .noneMatch(c -> Character.isISOControl(c) || c == '\\' || isUnpaired(c));
  }

  private static boolean isUnpaired(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  /** Whether the bucket stands in the path: as named, else at every server but AWS's own. */
  boolean isPathStyle() {
    return pathStyle.orElse(endpoint.isPresent() || bucket.indexOf('.') >= 0);
  }

  /** The place as it is noted. */
  @Override
  public String toString() {
    StringBuilder settings = new StringBuilder();
    UnaryOperator<String> next = name -> (settings.isEmpty() ? "?" : "&") + name + "=";
    endpoint.ifPresent(server -> settings.append(next.apply("endpoint")).append(server));
    region.ifPresent(name -> settings.append(next.apply("region")).append(name));
    pathStyle.ifPresent(yes -> settings.append(next.apply("path-style")).append(yes));
    return SCHEME + bucket + "/" + prefix + settings;
  }
}
