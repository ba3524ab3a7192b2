package lockstep.backup.restore;

import java.io.IOException;
import java.util.Objects;
import lockstep.spec.Implements;

/**
 * An attribute that the target does not keep.
 *
 * @param kind which one
 * @param reason what its file system said
 */
@Implements("RST-21")
public record Unkept(Shortfall.Kind kind, String reason) {

  /** An attribute whose setting failed. */
  public static Unkept of(Shortfall.Kind kind, IOException refusal) {
    return new Unkept(kind, words(refusal));
  }

  /** What the file system said; its adapter leaves the path out, which is named anyway. */
  public static String words(IOException failure) {
    return Objects.requireNonNullElseGet(
        failure.getMessage(), () -> failure.getClass().getSimpleName());
  }
}
