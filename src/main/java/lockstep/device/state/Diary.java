package lockstep.device.state;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lockstep.spec.Implements;
import lockstep.wire.AccountName;
import lockstep.wire.WireReader;
import lockstep.wire.WireWriter;

/**
 * When this device last made a backup and last tried whether one comes back, for its user to see.
 * Nothing is decided by it.
 *
 * @param backup empty where this device has made none since it keeps a diary
 * @param drill empty where there was none
 */
@Implements("USR-11")
public record Diary(Optional<MadeBackup> backup, Optional<Drill> drill) {

  private static final Diary EMPTY = new Diary(Optional.empty(), Optional.empty());
  private static final int MAX_PATH_BYTES = 16_384;

  /**
   * A backup that this device made.
   *
   * @param notCovered how much of the source is not in it, or not as it was
   * @param examples paths of some of that, at most {@link #MAX_EXAMPLES}
   * @param isNarrowed whether options left out a part of the source
   */
  public record MadeBackup(
      long backupNumber, Instant at, long notCovered, List<String> examples, boolean isNarrowed) {

    /** How many paths are kept. */
    public static final int MAX_EXAMPLES = 5;

    /** The first {@link #MAX_EXAMPLES} of the paths, to whole milliseconds. */
    public MadeBackup {
      at = Instant.ofEpochMilli(at.toEpochMilli());
      examples = List.copyOf(examples.subList(0, Math.min(MAX_EXAMPLES, examples.size())));
    }
  }

  /**
   * A drill that came to an end.
   *
   * @param files how many were tried
   * @param isWhole whether all of them came back
   */
  public record Drill(long backupNumber, Instant at, long files, boolean isWhole) {

    /** To whole milliseconds. */
    public Drill {
      at = Instant.ofEpochMilli(at.toEpochMilli());
    }
  }

  /** What the device has noted so far; nothing where it has noted nothing. */
  public static Diary recall(Device device) throws IOException {
    return device
        .read(DeviceSlot.DIARY, (account, encoded) -> WireReader.decode(encoded, Diary::decode))
        .orElse(EMPTY);
  }

  /** The same with a newer backup. */
  public Diary with(MadeBackup made) {
    return new Diary(Optional.of(made), drill);
  }

  /** The same with a newer drill. */
  public Diary with(Drill made) {
    return new Diary(backup, Optional.of(made));
  }

  /** Notes it on the device. */
  public void remember(Device device, AccountName account) throws IOException {
    WireWriter writer = new WireWriter().flag(backup.isPresent());
    if (backup.isPresent()) {
      MadeBackup made = backup.get();
      writer.u64(made.backupNumber()).u64(made.at().toEpochMilli()).u64(made.notCovered());
      writer.u8(made.examples().size());
      made.examples().forEach(writer::text16);
      writer.flag(made.isNarrowed());
    }
    writer.flag(drill.isPresent());
    if (drill.isPresent()) {
      Drill made = drill.get();
      writer.u64(made.backupNumber()).u64(made.at().toEpochMilli()).u64(made.files());
      writer.flag(made.isWhole());
    }
    device.write(DeviceSlot.DIARY, account, writer.toByteArray());
  }

  private static Diary decode(WireReader reader) {
    Optional<MadeBackup> backup =
        reader.flag() ? Optional.of(readBackup(reader)) : Optional.empty();
    Optional<Drill> drill = reader.flag() ? Optional.of(readDrill(reader)) : Optional.empty();
    return new Diary(backup, drill);
  }

  private static MadeBackup readBackup(WireReader reader) {
    long number = reader.u64();
    Instant at = Instant.ofEpochMilli(reader.u64());
    long notCovered = reader.u64();
    int count = reader.u8();
    List<String> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      examples.add(reader.text16(MAX_PATH_BYTES));
    }
    return new MadeBackup(number, at, notCovered, examples, reader.flag());
  }

  private static Drill readDrill(WireReader reader) {
    return new Drill(reader.u64(), Instant.ofEpochMilli(reader.u64()), reader.u64(), reader.flag());
  }
}
