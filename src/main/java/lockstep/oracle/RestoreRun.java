package lockstep.oracle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;
import lockstep.backup.restore.Restore;
import lockstep.backup.restore.RestoreOutcome;
import lockstep.backup.store.BackupMark;
import lockstep.backup.store.BackupStorage;
import lockstep.backup.store.Freshness;
import lockstep.backup.store.Progress;
import lockstep.backup.store.RecoveryKeyCheck;
import lockstep.backup.store.RestoredBackup;
import lockstep.format.BackupKeys;
import lockstep.keys.RootKey;
import lockstep.spec.Decides;

/** What a restore makes of all that a provider holds: every entry, or why there is none. */
@Decides("ORC-10")
final class RestoreRun {

  private RestoreRun() {}

  static ObjectNode run(Fields input) throws IOException {
    BackupStorage storage = OfferedObjects.of(input.object("provider"));
    ToldTree target = new ToldTree(input.flag("foldsCase", false));
    Freshness freshness = freshness(input);
    boolean typed = input.flag("typedKey", false);
    byte[] account = input.account("account").utf8();
    try (RootKey rootKey = PrimitiveOperations.rootKey(input);
        BackupKeys keys = BackupKeys.derive(rootKey, account)) {
      if (typed) {
        requireMatch(new RecoveryKeyCheck(storage).check(rootKey, account));
      }
      return new Restore(storage).run(keys, target, freshness, Progress.NONE).match(cases(target));
    }
  }

  /** A key that somebody typed is told from the account's own before anything is read. */
  private static void requireMatch(RecoveryKeyCheck.Outcome outcome) {
    Optional<Unanswerable> refused =
        outcome.match(
            Optional::empty,
            damaged -> Optional.of(damaged(damaged.objectName())),
            group -> Optional.of(wrongKey(group)),
            () -> Optional.of(Unanswerable.rejected(RejectedAs.NO_BACKUP)),
            failed -> {
              throw new IllegalStateException("objects in memory are always there");
            });
    if (refused.isPresent()) {
      throw refused.get();
    }
  }

  private static Unanswerable wrongKey(OptionalInt group) {
    ObjectNode detail = Fields.empty();
    group.ifPresent(number -> detail.put("group", number));
    return Unanswerable.rejected(RejectedAs.WRONG_RECOVERY_KEY, detail);
  }

  private static Unanswerable damaged(String objectName) {
    return Unanswerable.rejected(RejectedAs.DAMAGED, Fields.empty().put("objectName", objectName));
  }

  private static Freshness freshness(Fields input) {
    Optional<BackupMark> mark = RestoreOperations.mark(input, "mark");
    Optional<BackupMark> device = RestoreOperations.mark(input, "deviceMark");
    String vault = input.text("vault", mark.isPresent() ? "heard" : "none");
    Freshness known = Freshness.of(device, mark, word(vault));
    known = input.flag("acceptOlder", false) ? known.acceptingOlder() : known;
    return input.flag("acceptUnchecked", false) ? known.acceptingUnchecked() : known;
  }

  private static Freshness.Word word(String vault) {
    return switch (vault) {
      case "heard" -> Freshness.Word.HEARD;
      case "silent" -> Freshness.Word.SILENT;
      case "distrusted" -> Freshness.Word.DISTRUSTED;
      case "none" -> Freshness.Word.NO_VAULT;
      default -> throw Unanswerable.malformed();
    };
  }

  private static RestoreOutcome.Cases<ObjectNode> cases(ToldTree target) {
    return new RestoreOutcome.Cases<>(
        restored -> restored(restored.backup(), target),
        rejecting(() -> Unanswerable.rejected(RejectedAs.NO_BACKUP)),
        chosen -> neverHere(),
        rejecting(
            gone ->
                Unanswerable.rejected(
                    RejectedAs.BACKUP_GONE,
                    Fields.empty().put("markedNumber", gone.floorNumber()))),
        rejecting(damaged -> damaged(damaged.objectName())),
        rejecting(
            older ->
                Unanswerable.rejected(
                    RejectedAs.OLDER_BACKUP,
                    numbered(older.found()).put("markedNumber", older.floorNumber()))),
        rejecting(
            unchecked -> Unanswerable.rejected(RejectedAs.UNCHECKED, numbered(unchecked.found()))),
        rejecting(collision -> Unanswerable.rejected(RejectedAs.CASE_COLLISION)),
        moved -> neverHere(),
        refused -> neverHere(),
        RestoreRun::neverHere,
        RestoreRun::neverHere,
        RestoreRun::neverHere,
        failed -> neverHere());
  }

  private static <C> Function<C, ObjectNode> rejecting(Function<C, Unanswerable> answer) {
    return outcome -> {
      throw answer.apply(outcome);
    };
  }

  private static Supplier<ObjectNode> rejecting(Supplier<Unanswerable> answer) {
    return () -> {
      throw answer.get();
    };
  }

  private static ObjectNode neverHere() {
    throw new IllegalStateException("a provider and a target in memory refuse nothing");
  }

  private static ObjectNode numbered(RestoredBackup backup) {
    return Fields.empty().put("backupNumber", backup.mark().backupNumber());
  }

  private static ObjectNode restored(RestoredBackup backup, ToldTree target) {
    ObjectNode result =
        numbered(backup)
            .put("manifestDigest", Hex.of(backup.mark().manifestDigest().bytes()))
            .put("createdAt", backup.createdAt().toEpochMilli());
    return result.set("entries", target.told());
  }
}
