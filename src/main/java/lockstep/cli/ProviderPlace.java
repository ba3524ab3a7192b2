package lockstep.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import lockstep.adapter.s3.S3Place;
import lockstep.spec.Decides;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Where a provider is, as it is typed and noted: a folder, {@code s3://BUCKET/PREFIX}, or {@code
 * rclone:REMOTE:PATH}.
 *
 * @param text a folder's absolute path, a bucket's place, or {@code rclone:} and the remote
 */
@Decides("PRV-14~2")
record ProviderPlace(String text) {

  private static final String RCLONE = "rclone:";

  /** What is shown for {@code --provider} in a command's help. */
  static final String PARAMETER = "DIR|s3://BUCKET/PREFIX|rclone:REMOTE:PATH";

  static ProviderPlace folder(Path folder) {
    return new ProviderPlace(folder.toAbsolutePath().normalize().toString());
  }

  /** The remote, where rclone is to reach it. */
  Optional<String> remote() {
    return text.startsWith(RCLONE)
        ? Optional.of(text.substring(RCLONE.length()))
        : Optional.empty();
  }

  /** The place in an object store, where it is one. */
  Optional<S3Place> bucket() {
    return S3Place.parse(text);
  }

  /** The folder, where it is one. */
  Optional<Path> folder() {
    return remote().isPresent() || bucket().isPresent()
        ? Optional.empty()
        : Optional.of(Path.of(text));
  }

  /** Whether it is a folder that is not there. */
  boolean isMissingFolder() {
    return folder().filter(path -> !Files.isDirectory(path)).isPresent();
  }

  /** The provider in words; parameters of a remote stay out, as one may be a password. */
  String shown() {
    return folder().isPresent() ? "provider's folder " + text : "provider " + this;
  }

  /** The place without a remote's parameters. */
  @Override
  public String toString() {
    String remote = remote().orElse("");
    int parameters = remote.indexOf(',');
    return parameters < 0 ? text : RCLONE + remote.substring(0, parameters) + ",...";
  }

  /** Reads what was typed. */
  static final class Converter implements ITypeConverter<ProviderPlace> {

    @Override
    public ProviderPlace convert(String typed) {
      if (typed.startsWith(S3Place.SCHEME)) {
        return new ProviderPlace(
            S3Place.parse(typed)
                .orElseThrow(() -> new TypeConversionException("no bucket, or no prefix in one"))
                .toString());
      }
      if (!typed.startsWith(RCLONE)) {
        try {
          return folder(Path.of(typed));
        } catch (InvalidPathException noPath) {
          throw new TypeConversionException("not a path");
        }
      }
      // Without a colon rclone takes it for a folder here, which is given as a folder.
      if (typed.indexOf(':', RCLONE.length()) < 0) {
        throw new TypeConversionException("no remote");
      }
      return new ProviderPlace(typed);
    }
  }
}
