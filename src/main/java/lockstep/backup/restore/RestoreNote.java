package lockstep.backup.restore;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lockstep.backup.store.BackupMark;
import lockstep.backup.store.RestoredBackup;
import lockstep.format.SealedDigest;
import lockstep.format.SetName;
import lockstep.spec.Implements;

/**
 * What a restore leaves in the target while it moves its tree, for whoever has to finish it: which
 * backup it is, and what of it is not there, as far as that fits.
 */
@Implements({"RST-3~2", "RST-20~1", "RST-21~1"})
final class RestoreNote {

  /** Longer notes are none. */
  static final int MAX_BYTES = 60_000;

  private static final int SET_NAME_BYTES = 32;

  private RestoreNote() {}

  static byte[] encode(SetName set, RestoreOutcome.Restored restored) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    RestoredBackup backup = restored.backup();
    out.write(set.hex().getBytes(StandardCharsets.US_ASCII));
    out.writeLong(backup.mark().backupNumber());
    out.write(backup.mark().manifestDigest().bytes());
    out.writeLong(backup.createdAt().toEpochMilli());
    out.writeLong(backup.files());
    out.writeLong(backup.directories());
    out.writeLong(backup.links());
    out.writeLong(backup.fileBytes());
    out.writeBoolean(restored.synced());
    List<byte[]> named = fitting(restored.shortfalls(), MAX_BYTES - bytes.size() - 2 * Long.BYTES);
    out.writeLong(restored.shortfalls().size() - named.size() + restored.unnamed());
    out.writeInt(named.size());
    for (byte[] shortfall : named) {
      out.write(shortfall);
    }
    return bytes.toByteArray();
  }

  private static List<byte[]> fitting(List<Shortfall> shortfalls, int room) throws IOException {
    List<byte[]> fitting = new ArrayList<>();
    int left = room;
    for (Shortfall shortfall : shortfalls) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeUTF(shortfall.kind().name());
      out.writeUTF(shortfall.path());
      out.writeUTF(shortfall.reason());
      left -= bytes.size();
      if (left < 0) {
        break;
      }
      fitting.add(bytes.toByteArray());
    }
    return fitting;
  }

  /** What is being moved, when it is the set's. */
  static Optional<RestoreOutcome.Restored> decode(SetName set, byte[] note) {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(note));
    try {
      byte[] name = in.readNBytes(SET_NAME_BYTES);
      if (!new String(name, StandardCharsets.US_ASCII).equals(set.hex())) {
        return Optional.empty();
      }
      BackupMark mark = new BackupMark(in.readLong(), digest(in));
      RestoredBackup backup =
          new RestoredBackup(
              mark,
              Instant.ofEpochMilli(in.readLong()),
              in.readLong(),
              in.readLong(),
              in.readLong(),
              in.readLong());
      boolean synced = in.readBoolean();
      long unnamed = in.readLong();
      List<Shortfall> shortfalls = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        Shortfall.Kind kind = Shortfall.Kind.valueOf(in.readUTF());
        shortfalls.add(new Shortfall(in.readUTF(), kind, in.readUTF()));
      }
      return Optional.of(
          new RestoreOutcome.Restored(backup, shortfalls, unnamed, List.of(), synced));
    } catch (IOException | IllegalArgumentException spoiled) {
      return Optional.empty();
    }
  }

  private static SealedDigest digest(DataInputStream in) throws IOException {
    byte[] digest = new byte[SealedDigest.LENGTH_BYTES];
    in.readFully(digest);
    return SealedDigest.of(digest);
  }
}
