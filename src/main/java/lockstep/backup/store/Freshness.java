package lockstep.backup.store;

import java.util.Optional;
import java.util.OptionalLong;
import lockstep.spec.Decides;
import lockstep.spec.Implements;

/**
 * What is known of the newest backup before one is chosen.
 *
 * @param floor the newest backup that the vault's mark or the device knows of; empty where neither
 *     knows any
 * @param word what the vault had to say
 * @param olderAccepted whether the user takes a backup that is older than the floor
 * @param uncheckedAccepted whether the user takes a backup that no vault's word stands behind
 * @param number which of the kept backups the user asks for; empty for the newest
 */
@Implements({"RST-6~2", "RST-7", "RST-12", "RST-13"})
public record Freshness(
    Optional<BackupMark> floor,
    Word word,
    boolean olderAccepted,
    boolean uncheckedAccepted,
    OptionalLong number) {

  /** What stands behind the floor. */
  public enum Word {
    /** The vault answered: the floor is at least its mark. */
    HEARD,
    /** There is a vault, and it could not be asked or has no word on this root key. */
    SILENT,
    /** What answered is not the vault that the account belongs to, or misbehaves. */
    DISTRUSTED,
    /** Key mode: there is no vault. */
    NO_VAULT
  }

  /** Key mode, and nothing is known. */
  public static Freshness unknown() {
    return of(Optional.empty(), Optional.empty(), Word.NO_VAULT);
  }

  /** The vault's mark. */
  public static Freshness mark(BackupMark mark) {
    return of(Optional.empty(), Optional.of(mark), Word.HEARD);
  }

  /**
   * The larger of what the device knows and the vault's mark, which rules where both are of one
   * number: it is what every device of the account is told.
   *
   * @param device the newest backup that the device knows of
   * @param mark the vault's mark, of this root key's set
   */
  @Decides("RST-12")
  public static Freshness of(Optional<BackupMark> device, Optional<BackupMark> mark, Word word) {
    boolean deviceRules = number(device) > number(mark);
    return new Freshness(deviceRules ? device : mark, word, false, false, OptionalLong.empty());
  }

  /** The same, and the user takes an older backup. */
  public Freshness acceptingOlder() {
    return new Freshness(floor, word, true, uncheckedAccepted, number);
  }

  /** The same, and the user takes a backup that no vault's word stands behind. */
  public Freshness acceptingUnchecked() {
    return new Freshness(floor, word, olderAccepted, true, number);
  }

  /** The same, and the user asks for the backup of that number, from 1. */
  @Implements("RST-40")
  public Freshness askingFor(long backupNumber) {
    return new Freshness(
        floor, word, olderAccepted, uncheckedAccepted, OptionalLong.of(backupNumber));
  }

  /** The floor's number; 0 where nothing is known. */
  long floorNumber() {
    return number(floor);
  }

  private static long number(Optional<BackupMark> mark) {
    return mark.map(BackupMark::backupNumber).orElse(0L);
  }
}
