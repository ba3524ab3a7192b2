package lockstep.format;

import java.util.Comparator;
import java.util.Optional;
import lockstep.spec.Decides;

/**
 * The name of one head: its set and its backup's number, {@code <set name>.<number>}, where the
 * number is decimal without leading zeros. Ordered by set, then by number.
 *
 * @param set the set whose head it is
 * @param backupNumber the number of the backup, 0 or more
 */
@Decides("OBJ-5~2")
public record HeadName(SetName set, long backupNumber) implements Comparable<HeadName> {

  private static final int SET_DIGITS = 2 * ObjectName.HASH_BYTES;
  private static final int MAX_DIGITS = 19;

  /**
   * The head of that backup.
   *
   * @throws IllegalArgumentException when the number is negative
   */
  public HeadName {
    if (backupNumber < 0) {
      throw new IllegalArgumentException("a backup number is not negative");
    }
  }

  /** The name that a text is, or nothing; for listings, where anything may lie about. */
  public static Optional<HeadName> parse(String text) {
    if (text.length() <= SET_DIGITS + 1 || text.charAt(SET_DIGITS) != '.') {
      return Optional.empty();
    }
    String number = text.substring(SET_DIGITS + 1);
    boolean digits = number.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    boolean canonical = number.length() == 1 || number.charAt(0) != '0';
    if (!digits || !canonical || number.length() > MAX_DIGITS) {
      return Optional.empty();
    }
    // 19 digits do not overflow an unsigned 64-bit number, but may a signed one.
    long value = Long.parseUnsignedLong(number);
    return value < 0
        ? Optional.empty()
        : SetName.parse(text.substring(0, SET_DIGITS)).map(set -> new HeadName(set, value));
  }

  @Override
  public int compareTo(HeadName other) {
    return Comparator.comparing((HeadName name) -> name.set().hex())
        .thenComparingLong(HeadName::backupNumber)
        .compare(this, other);
  }

  /** The name as it stands at the provider. */
  @Override
  public String toString() {
    return set.hex() + "." + backupNumber;
  }
}
