package lockstep.oracle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import lockstep.backup.restore.Verification;
import lockstep.backup.restore.VerificationOutcome;
import lockstep.backup.store.BackupMark;
import lockstep.backup.store.Freshness;
import lockstep.backup.store.Progress;
import lockstep.backup.store.RestoredBackup;
import lockstep.format.BackupKeys;
import lockstep.format.HeadName;
import lockstep.format.ObjectName;
import lockstep.format.SealedDigest;
import lockstep.format.SetName;

/** What a device decides of all that a provider offers it and of the vault's mark. */
final class RestoreOperations {

  private RestoreOperations() {}

  static Map<String, Operation> table() {
    return Map.of(
        "restore.verify", RestoreOperations::verify,
        "restore.run", RestoreRun::run);
  }

  private static ObjectNode verify(Fields input) throws IOException {
    Map<ObjectName, byte[]> objects = new HashMap<>();
    Fields offered = input.object("objects");
    for (String name : offered.names()) {
      ObjectName parsed = ObjectName.parse(name).orElseThrow(Unanswerable::malformed);
      objects.put(parsed, offered.bytes(name));
    }
    Freshness freshness = freshness(input);
    try (BackupKeys keys = BackupOperations.keys(input)) {
      return new Verification(
              new OfferedObjects(heads(input, keys.setName()), Map.of(keys.setName(), objects)))
          .run(keys, freshness, Progress.NONE)
          .match(
              RestoreOperations::intact,
              () -> {
                throw Unanswerable.rejected(RejectedAs.NO_BACKUP);
              },
              none -> {
                throw new IllegalStateException("an operation asks for the newest backup");
              },
              gone -> {
                throw Unanswerable.rejected(
                    RejectedAs.BACKUP_GONE, Fields.empty().put("markedNumber", gone.floorNumber()));
              },
              damaged -> {
                throw Unanswerable.rejected(
                    RejectedAs.DAMAGED, Fields.empty().put("objectName", damaged.objectName()));
              },
              older -> {
                throw Unanswerable.rejected(RejectedAs.OLDER_BACKUP, older(older));
              },
              unchecked -> {
                throw new IllegalStateException("an operation gives the vault's word or has none");
              },
              failed -> {
                throw new IllegalStateException("objects in memory are always there");
              });
    }
  }

  private static Map<HeadName, byte[]> heads(Fields input, SetName set) {
    Map<HeadName, byte[]> heads = new HashMap<>();
    Optional<Fields> offered = input.optionalObject("heads");
    if (offered.isPresent()) {
      for (String number : offered.get().names()) {
        HeadName name = HeadName.parse(set + "." + number).orElseThrow(Unanswerable::malformed);
        heads.put(name, offered.get().bytes(number));
      }
    }
    return heads;
  }

  private static Freshness freshness(Fields input) {
    Freshness known = mark(input, "mark").map(Freshness::mark).orElseGet(Freshness::unknown);
    return input.flag("acceptOlder", false) ? known.acceptingOlder() : known;
  }

  /** A number and a digest that somebody keeps of the newest backup, if the request names any. */
  static Optional<BackupMark> mark(Fields input, String name) {
    return input
        .optionalObject(name)
        .map(
            mark ->
                new BackupMark(
                    mark.u64("backupNumber"),
                    SealedDigest.of(mark.bytes("digest", SealedDigest.LENGTH_BYTES))));
  }

  private static ObjectNode intact(VerificationOutcome.Intact intact) {
    RestoredBackup backup = intact.backup();
    return Fields.empty()
        .put("backupNumber", backup.mark().backupNumber())
        .put("manifestDigest", Hex.of(backup.mark().manifestDigest().bytes()))
        .put("createdAt", backup.createdAt().toEpochMilli())
        .put("files", backup.files())
        .put("directories", backup.directories())
        .put("links", backup.links())
        .put("fileBytes", backup.fileBytes())
        .put("objects", intact.objects());
  }

  private static ObjectNode older(VerificationOutcome.OlderBackup older) {
    return Fields.empty()
        .put("backupNumber", older.found().mark().backupNumber())
        .put("markedNumber", older.floorNumber());
  }
}
