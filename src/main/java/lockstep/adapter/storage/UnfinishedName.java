package lockstep.adapter.storage;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import lockstep.adapter.durable.DurableFiles;
import lockstep.format.HeadName;
import lockstep.format.ObjectName;
import lockstep.format.SetName;
import lockstep.spec.Implements;

/**
 * The names under which objects and heads are written. They tell what they are to become, so that
 * whoever finds one knows whose it is.
 */
@Implements("PRV-7~3")
public final class UnfinishedName {

  private static final String PREFIX = DurableFiles.UNFINISHED_PREFIX;

  private static final SecureRandom RANDOM = new SecureRandom();

  private UnfinishedName() {}

  /** An object's; only its maker has that name. */
  public static String of(ObjectName name) {
    return PREFIX + name.hex();
  }

  /** A head's; several devices may make the same one at once. */
  public static String of(HeadName name) {
    return PREFIX + name + "-" + HexFormat.of().toHexDigits(RANDOM.nextLong());
  }

  /** Whether it is an object's. */
  public static boolean isObject(String name) {
    return object(name).isPresent();
  }

  /** Whether it is of a head of that set. */
  public static boolean isHeadOf(SetName set, String name) {
    return head(name).filter(head -> head.set().equals(set)).isPresent();
  }

  /** The object that an unfinished file of that name was to become. */
  public static Optional<ObjectName> object(String name) {
    return rest(name).flatMap(ObjectName::parse);
  }

  /** The head that an unfinished file of that name was to become. */
  public static Optional<HeadName> head(String name) {
    return rest(name)
        .filter(rest -> rest.indexOf('-') > 0)
        .flatMap(rest -> HeadName.parse(rest.substring(0, rest.indexOf('-'))));
  }

  private static Optional<String> rest(String name) {
    return name.startsWith(PREFIX)
        ? Optional.of(name.substring(PREFIX.length()))
        : Optional.empty();
  }
}
