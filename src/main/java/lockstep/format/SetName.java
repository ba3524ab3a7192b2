package lockstep.format;

import java.util.Optional;
import lockstep.spec.Implements;

/**
 * The name of the set that holds one root key's objects, and of its head: 32 lower-case hexadecimal
 * digits.
 *
 * @param hex the digits
 */
@Implements("OBJ-5~2")
public record SetName(String hex) {

  /**
   * A name of exactly that text.
   *
   * @throws IllegalArgumentException when the text is not a name
   */
  public SetName {
    if (!ObjectName.isName(hex)) {
      throw new IllegalArgumentException("not a set name");
    }
  }

  /** The name that a text is, or nothing; for listings, where anything may lie about. */
  public static Optional<SetName> parse(String text) {
    return ObjectName.isName(text) ? Optional.of(new SetName(text)) : Optional.empty();
  }

  @Override
  public String toString() {
    return hex;
  }
}
