package lockstep.backup.restore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import lockstep.backup.store.ReservedName;
import lockstep.backup.store.StoredBackup;
import lockstep.format.BackupPath;
import lockstep.format.ManifestEntry;
import lockstep.spec.Decides;
import lockstep.unicode.FoldedName;
import org.jspecify.annotations.Nullable;

/**
 * Finds names of one directory that a case-folding file system takes for one; at the top the names
 * are among them under which the restore itself works.
 */
@Decides({"RST-5", "RST-23"})
final class CaseFolding implements StoredBackup.EntryTaker {

  /** The names seen so far in a directory that is open, by their folded form. */
  private record OpenDirectory(@Nullable BackupPath path, Map<String, BackupPath> names) {}

  /** Two names collide. */
  static final class Collision extends IOException {

    private static final long serialVersionUID = 1L;

    private final String one;
    private final String other;

    Collision(BackupPath one, BackupPath other) {
      super("two names differ in case only");
      this.one = one.toString();
      this.other = other.toString();
    }

    RestoreOutcome outcome() {
      return new RestoreOutcome.CaseCollision(one, other);
    }
  }

  /** Before the bytes of a name that is not UTF-8: no name holds it, so they meet no text. */
  private static final char NO_TEXT = '\0';

  private final Deque<OpenDirectory> open = new ArrayDeque<>();

  CaseFolding() {
    Map<String, BackupPath> top = new HashMap<>();
    ReservedName.all().forEach(reserved -> top.put(folded(reserved), reserved));
    open.addLast(new OpenDirectory(null, top));
  }

  @Override
  public void take(ManifestEntry entry) throws IOException {
    BackupPath path = entry.path();
    BackupPath parent = path.parent().orElse(null);
    while (open.size() > 1 && !isSame(open.getLast().path(), parent)) {
      open.removeLast();
    }
    BackupPath twin = open.getLast().names().put(folded(path), path);
    if (twin != null) {
      throw new Collision(twin, path);
    }
    if (entry instanceof ManifestEntry.DirectoryEntry) {
      open.addLast(new OpenDirectory(path, new HashMap<>()));
    }
  }

  private static boolean isSame(@Nullable BackupPath one, @Nullable BackupPath other) {
    return one != null && one.equals(other);
  }

  private static String folded(BackupPath path) {
    String bytes = new String(path.bytes(), StandardCharsets.ISO_8859_1);
    String name = bytes.substring(bytes.lastIndexOf('/') + 1);
    try {
      ByteBuffer encoded = ByteBuffer.wrap(name.getBytes(StandardCharsets.ISO_8859_1));
      return FoldedName.of(StandardCharsets.UTF_8.newDecoder().decode(encoded).toString());
    } catch (CharacterCodingException noText) {
      return NO_TEXT + name;
    }
  }
}
