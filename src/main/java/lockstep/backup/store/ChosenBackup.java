package lockstep.backup.store;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import lockstep.format.BackupKeys;
import lockstep.format.HeadContent;
import lockstep.format.HeadName;
import lockstep.format.StoredObject;
import lockstep.spec.Decides;
import lockstep.spec.Implements;

/**
 * Decides which backup at the provider may be read, and is the only place that does: for a restore,
 * a verification and a rotation alike.
 */
@Decides({"RST-6~2", "RST-13"})
@Implements({"RST-12", "BAK-12~2"})
public sealed interface ChosenBackup {

  /**
   * That head's backup is the newest that anybody told of, or the one asked for by its number.
   *
   * @param isEarlier whether the provider shows a newer one
   */
  record Taken(HeadContent head, StoredBackup backup, boolean isEarlier) implements ChosenBackup {}

  /** The head is older than a backup that is known of. */
  record Older(HeadContent head, StoredBackup backup, long floorNumber) implements ChosenBackup {}

  /** Nobody who would know says whether there is a newer one. */
  record Unchecked(HeadContent head, StoredBackup backup) implements ChosenBackup {}

  /** There is no head, and nobody knows of a backup. */
  record None() implements ChosenBackup {}

  /** There is no head, though a backup is known of. */
  record Gone(long floorNumber) implements ChosenBackup {}

  /** There is no head of the number that was asked for; {@code shown} are those that open. */
  record NoSuchBackup(long number, List<Long> shown) implements ChosenBackup {

    /** The numbers unchangeable. */
    public NoSuchBackup {
      shown = List.copyOf(shown);
    }
  }

  /** What lies in the head's place does not open. */
  record Damaged(String objectName) implements ChosenBackup {}

  /**
   * Chooses at that provider.
   *
   * @throws lockstep.format.DamagedBackup when digests differ or the chain does not reach the floor
   */
  static ChosenBackup choose(BackupStorage storage, BackupKeys keys, Freshness freshness)
      throws IOException {
    FoundHead found = FoundHead.read(storage, keys);
    if (found instanceof FoundHead.Damaged damaged) {
      return new Damaged(damaged.objectName());
    }
    if (!(found instanceof FoundHead.Opened opened)) {
      return freshness.floor().isEmpty() ? new None() : new Gone(freshness.floorNumber());
    }
    StoredBackup backup = new StoredBackup(storage, keys);
    boolean isOther =
        freshness.number().orElse(opened.content().backupNumber())
            != opened.content().backupNumber();
    if (isOther && freshness.olderAccepted()) {
      ChosenBackup asked = byNumber(storage, keys, backup, freshness.number().getAsLong());
      return asked instanceof Taken any ? orUnchecked(any, freshness) : asked;
    }
    ChosenBackup newest = newest(opened.content(), backup, freshness);
    if (!isOther || !(newest instanceof Taken taken)) {
      return newest;
    }
    ChosenBackup asked = byNumber(storage, keys, backup, freshness.number().getAsLong());
    if (asked instanceof Taken earlier) {
      requireChain(backup, taken.head(), BackupMark.of(earlier.head().manifest()));
    }
    return asked;
  }

  private static ChosenBackup newest(HeadContent head, StoredBackup backup, Freshness freshness)
      throws IOException {
    boolean isOlder = head.backupNumber() < freshness.floorNumber();
    if (isOlder && !freshness.olderAccepted()) {
      return new Older(head, backup, freshness.floorNumber());
    }
    if (!isOlder && freshness.floor().isPresent()) {
      requireChain(backup, head, freshness.floor().get());
    }
    return orUnchecked(new Taken(head, backup, false), freshness);
  }

  /** That one, if somebody stands behind it: who takes an older one has not said who does. */
  @Implements("RST-13")
  private static ChosenBackup orUnchecked(Taken taken, Freshness freshness) {
    return isVouchedFor(taken.head(), freshness)
        ? taken
        : new Unchecked(taken.head(), taken.backup());
  }

  /** The backup of that number, by what its own head says. */
  @Decides("RST-40")
  private static ChosenBackup byNumber(
      BackupStorage storage, BackupKeys keys, StoredBackup backup, long number)
      throws ProviderUnavailable {
    HeadName name = new HeadName(keys.setName(), number);
    Optional<byte[]> bytes = storage.readHead(name);
    if (bytes.isEmpty()) {
      List<Long> shown =
          FoundHead.all(storage, keys).stream().map(HeadContent::backupNumber).toList();
      return new NoSuchBackup(number, shown);
    }
    return FoundHead.open(keys, name, bytes.get())
        .<ChosenBackup>map(head -> new Taken(head, backup, true))
        .orElseGet(() -> new Damaged(FoundHead.nameOf(name)));
  }

  @Implements("RST-13")
  private static boolean isVouchedFor(HeadContent head, Freshness freshness) {
    return freshness.uncheckedAccepted()
        || switch (freshness.word()) {
          case HEARD, NO_VAULT -> true;
          case SILENT -> freshness.floor().equals(Optional.of(BackupMark.of(head.manifest())));
          case DISTRUSTED -> false;
        };
  }

  /** The floor's own backup, or one from which the chain of previous ones reaches it. */
  @Implements({"RST-6~2", "RST-40"})
  static void requireChain(StoredBackup backup, HeadContent head, BackupMark floor)
      throws IOException {
    StoredObject current = head.manifest();
    while (current.backupNumber() > floor.backupNumber()) {
      Optional<StoredObject> previous = backup.headerOf(current).previous();
      if (previous.isEmpty() || previous.get().backupNumber() >= current.backupNumber()) {
        throw backup.damaged(current);
      }
      current = previous.get();
    }
    if (!BackupMark.of(current).equals(floor)) {
      throw backup.damaged(current);
    }
  }
}
