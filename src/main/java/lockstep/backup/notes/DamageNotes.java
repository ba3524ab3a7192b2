package lockstep.backup.notes;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import lockstep.backup.notes.BackupNotes.Note;
import lockstep.format.ObjectName;
import lockstep.format.SetName;
import lockstep.spec.Decides;

/** The objects of a set that this device found damaged since its last backup. */
@Decides("BAK-22")
public final class DamageNotes {

  private DamageNotes() {}

  /** Notes objects as damaged, durably, beside those that are noted so. */
  public static void add(BackupNotes notes, SetName set, Collection<ObjectName> found)
      throws IOException {
    Set<ObjectName> damaged = read(notes, set);
    if (!damaged.addAll(found)) {
      return;
    }
    try (NoteWriter writer = new NoteWriter(notes.write(set, Note.DAMAGE_FOUND))) {
      writer.add(new NoteRecord.Header(set, 0));
      for (ObjectName name : damaged) {
        writer.add(new NoteRecord.DamagedObject(name));
      }
      writer.sync();
    }
    notes.rename(set, Note.DAMAGE_FOUND, Note.DAMAGED);
  }

  public static Set<ObjectName> read(BackupNotes notes, SetName set) throws IOException {
    Set<ObjectName> damaged = new LinkedHashSet<>();
    Optional<InputStream> stream = notes.read(set, Note.DAMAGED);
    if (stream.isEmpty()) {
      return damaged;
    }
    try (NoteReader reader = new NoteReader(stream.get())) {
      for (Optional<NoteRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
        if (next.get() instanceof NoteRecord.DamagedObject object) {
          damaged.add(object.name());
        }
      }
    }
    return damaged;
  }
}
