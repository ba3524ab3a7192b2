package lockstep.backup.store;

import java.util.Optional;
import lockstep.spec.Implements;

/**
 * What is known of the newest backup before one is chosen.
 *
 * @param mark the vault's mark; nothing where there is no vault or no mark
 * @param olderAccepted whether the user takes a backup that is older than the mark
 */
@Implements({"RST-6~1", "RST-7~1"})
public record Freshness(Optional<BackupMark> mark, boolean olderAccepted) {

  /** Nothing is known: key mode, or a vault without a mark. */
  public static Freshness unknown() {
    return new Freshness(Optional.empty(), false);
  }

  /** The vault's mark. */
  public static Freshness mark(BackupMark mark) {
    return new Freshness(Optional.of(mark), false);
  }

  /** The same, and the user takes an older backup. */
  public Freshness acceptingOlder() {
    return new Freshness(mark, true);
  }
}
