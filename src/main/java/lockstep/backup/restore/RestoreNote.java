package lockstep.backup.restore;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import lockstep.backup.store.BackupMark;
import lockstep.backup.store.RestoredBackup;
import lockstep.format.SealedDigest;
import lockstep.format.SetName;
import lockstep.spec.Implements;

/** What a restore leaves in the target while it moves its tree, for whoever has to finish it. */
@Implements("RST-3~1")
final class RestoreNote {

  private static final int SET_NAME_BYTES = 32;
  private static final int LENGTH_BYTES =
      SET_NAME_BYTES + 6 * Long.BYTES + SealedDigest.LENGTH_BYTES;

  private RestoreNote() {}

  static byte[] encode(SetName set, RestoredBackup backup) {
    return ByteBuffer.allocate(LENGTH_BYTES)
        .put(set.hex().getBytes(StandardCharsets.US_ASCII))
        .putLong(backup.mark().backupNumber())
        .put(backup.mark().manifestDigest().bytes())
        .putLong(backup.createdAt().toEpochMilli())
        .putLong(backup.files())
        .putLong(backup.directories())
        .putLong(backup.links())
        .putLong(backup.fileBytes())
        .array();
  }

  /** The backup that is being moved, when it is the set's. */
  static Optional<RestoredBackup> decode(SetName set, byte[] note) {
    try {
      ByteBuffer in = ByteBuffer.wrap(note);
      byte[] name = new byte[SET_NAME_BYTES];
      byte[] digest = new byte[SealedDigest.LENGTH_BYTES];
      in.get(name);
      if (!new String(name, StandardCharsets.US_ASCII).equals(set.hex())) {
        return Optional.empty();
      }
      long backupNumber = in.getLong();
      in.get(digest);
      return Optional.of(
          new RestoredBackup(
              new BackupMark(backupNumber, SealedDigest.of(digest)),
              Instant.ofEpochMilli(in.getLong()),
              in.getLong(),
              in.getLong(),
              in.getLong(),
              in.getLong()));
    } catch (BufferUnderflowException cut) {
      return Optional.empty();
    }
  }
}
