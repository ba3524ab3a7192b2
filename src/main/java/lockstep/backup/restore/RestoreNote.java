package lockstep.backup.restore;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import lockstep.backup.store.BackupMark;
import lockstep.backup.store.RestoredBackup;
import lockstep.format.BackupKeys;
import lockstep.format.SealedDigest;
import lockstep.format.SetName;
import lockstep.spec.Decides;
import lockstep.spec.Implements;

/**
 * What a restore leaves in the target while it moves its tree, for whoever has to finish it: which
 * backup it is, and what of it is not there, as far as that fits. It is authenticated under the
 * root key together with the names at the top of the tree: others may be able to write to the
 * target.
 */
@Decides("RST-15")
@Implements({"RST-3~2", "RST-20", "RST-21"})
final class RestoreNote {

  /** Longer notes are none. */
  static final int MAX_BYTES = 60_000;

  private static final int SET_NAME_BYTES = 32;
  private static final int TAG_BYTES = 32;

  private RestoreNote() {}

  /** The note and its tag, which vouches for {@code names}, too. */
  static byte[] seal(BackupKeys keys, RestoreOutcome.Restored restored, TopNames names)
      throws IOException {
    byte[] note = encode(keys.setName(), restored);
    return ByteBuffer.allocate(note.length + TAG_BYTES)
        .put(note)
        .put(tag(keys, note, names))
        .array();
  }

  /** What is being moved, when the keys' own restore left the note, for a tree of those names. */
  static Optional<RestoreOutcome.Restored> open(BackupKeys keys, byte[] sealed, TopNames names) {
    if (sealed.length < TAG_BYTES) {
      return Optional.empty();
    }
    byte[] note = Arrays.copyOf(sealed, sealed.length - TAG_BYTES);
    byte[] tag = Arrays.copyOfRange(sealed, note.length, sealed.length);
    return MessageDigest.isEqual(tag, tag(keys, note, names))
        ? decode(keys.setName(), note)
        : Optional.empty();
  }

  private static byte[] tag(BackupKeys keys, byte[] note, TopNames names) {
    byte[] digest = names.digest();
    return keys.restoreNoteTag(
        ByteBuffer.allocate(digest.length + note.length).put(digest).put(note).array());
  }

  private static byte[] encode(SetName set, RestoreOutcome.Restored restored) throws IOException {
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
    out.writeBoolean(restored.isPart());
    List<byte[]> named =
        fitting(restored.shortfalls(), MAX_BYTES - bytes.size() - 2 * Long.BYTES - TAG_BYTES);
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

  private static Optional<RestoreOutcome.Restored> decode(SetName set, byte[] note) {
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
      boolean isPart = in.readBoolean();
      long unnamed = in.readLong();
      List<Shortfall> shortfalls = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        Shortfall.Kind kind = Shortfall.Kind.valueOf(in.readUTF());
        shortfalls.add(new Shortfall(in.readUTF(), kind, in.readUTF()));
      }
      return Optional.of(
          new RestoreOutcome.Restored(backup, shortfalls, unnamed, List.of(), synced, isPart));
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
