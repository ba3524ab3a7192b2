package lockstep.adapter.filetree;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import lockstep.backup.run.Omission;
import lockstep.backup.run.SourceEntry;
import lockstep.backup.run.SourceTree;
import lockstep.backup.store.ReservedName;
import lockstep.format.BackupPath;
import lockstep.format.LinkTarget;
import lockstep.spec.Decides;
import lockstep.spec.Implements;

/** Goes down a directory in the order of a manifest; memory holds the names of open directories. */
@Decides("MAN-8")
@Implements({"BAK-7~3", "BAK-8~2", "MAN-3", "MAN-9"})
final class DirectoryWalk implements SourceTree.Walk {

  /** So many of the directories on the way down are held open. */
  private static final int OPEN_LEVELS = 64;

  private static final byte[] TOP = {};

  /** A directory and how far the walk has come in it. */
  private static final class Level {
    private OpenDirectory directory;
    private final byte[] relative;
    private final long device;
    private final List<byte[]> names;
    private int next;
    private boolean isOpen = true;
    private boolean isLost;

    Level(OpenDirectory directory, byte[] relative, long device, List<byte[]> names) {
      this.directory = directory;
      this.relative = relative;
      this.device = device;
      this.names = names;
    }

    /** Closes the directory while the walk is far below it. */
    @Implements("BAK-50")
    void leave() throws IOException {
      if (isOpen) {
        isOpen = false;
        directory.release();
      }
    }

    /** Opens it again; where that fails, what is left of it cannot be read. */
    @Implements("BAK-50")
    void comeBack() {
      if (isOpen || isLost) {
        return;
      }
      try {
        directory = directory.again();
        isOpen = true;
      } catch (IOException unreadable) {
        isLost = true;
      }
    }

    byte[] below(byte[] name) {
      if (relative.length == 0) {
        return name;
      }
      byte[] joined = Arrays.copyOf(relative, relative.length + 1 + name.length);
      joined[relative.length] = '/';
      System.arraycopy(name, 0, joined, relative.length + 1, name.length);
      return joined;
    }
  }

  private final Deque<Level> levels = new ArrayDeque<>();
  private Optional<SourceEntry> waiting = Optional.empty();

  private final Exclusion exclusion;

  private DirectoryWalk(Exclusion exclusion) {
    this.exclusion = exclusion;
  }

  static DirectoryWalk begin(OpenDirectory top, Exclusion exclusion) throws IOException {
    DirectoryWalk walk = new DirectoryWalk(exclusion);
    walk.enter(top, TOP, (Long) Files.getAttribute(top.path(), "unix:dev"));
    return walk;
  }

  @Override
  public Optional<SourceEntry> next() throws IOException {
    if (waiting.isPresent()) {
      Optional<SourceEntry> entry = waiting;
      waiting = Optional.empty();
      return entry;
    }
    while (!levels.isEmpty()) {
      Level level = levels.getLast();
      if (level.next == level.names.size()) {
        levels.removeLast().leave();
      } else {
        level.comeBack();
        byte[] name = level.names.get(level.next++);
        Optional<SourceEntry> entry = look(level, name);
        if (entry.isPresent()) {
          return entry;
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() throws IOException {
    while (!levels.isEmpty()) {
      levels.removeLast().leave();
    }
  }

  /** What has that name; nothing where it is not to be backed up. */
  private Optional<SourceEntry> look(Level level, byte[] nameBytes) {
    byte[] relative = level.below(nameBytes);
    Optional<BackupPath> parsed = BackupPath.parse(relative);
    if (parsed.isEmpty()) {
      return Optional.of(leftOut(relative, Omission.Reason.PATH_TOO_LONG));
    }
    BackupPath path = parsed.get();
    if (ReservedName.isReserved(path)) {
      return Optional.of(leftOut(relative, Omission.Reason.NAME_RESERVED));
    }
    if (level.isLost) {
      return Optional.of(unread(path, Omission.Reason.UNREADABLE));
    }
    try {
      Path name = RawNames.relative(nameBytes);
      ListedAttributes listed = ListedAttributes.of(level.directory.path().resolve(name));
      return exclusion.leavesOut(path.toString(), listed.isDirectory())
          ? Optional.empty()
          : Optional.of(describe(level, name, path, relative, listed));
    } catch (NoSuchFileException gone) {
      return Optional.of(unread(path, Omission.Reason.GONE_WHILE_READ));
    } catch (IOException unreadable) {
      return Optional.of(unread(path, Omission.Reason.UNREADABLE));
    }
  }

  private SourceEntry describe(
      Level level, Path name, BackupPath path, byte[] relative, ListedAttributes listed)
      throws IOException {
    Path absolute = level.directory.path().resolve(name);
    if (listed.isSymbolicLink()) {
      Optional<LinkTarget> target =
          LinkTarget.parse(RawNames.bytes(Files.readSymbolicLink(absolute)));
      return target.isPresent()
          ? new SourceEntry.Link(path, listed.stamp().modifiedAt(), target.get())
          : leftOut(relative, Omission.Reason.UNREADABLE);
    }
    if (listed.isDirectory()) {
      return directory(level, name, path, relative, listed);
    }
    if (listed.isRegularFile()) {
      OpenDirectory directory = level.directory;
      return new SourceEntry.RegularFile(
          path,
          listed.mode(),
          listed.stamp(),
          () -> ChannelSourceFile.open(directory, name, listed));
    }
    return leftOut(relative, Omission.Reason.KIND_NOT_KEPT);
  }

  /** A directory that cannot be listed is kept, and named. */
  private SourceEntry directory(
      Level level, Path name, BackupPath path, byte[] relative, ListedAttributes listed) {
    try {
      enter(level.directory.child(name, listed), relative, listed.device());
    } catch (IOException unreadable) {
      waiting = Optional.of(unread(path, Omission.Reason.UNREADABLE));
    }
    return new SourceEntry.Directory(
        path, listed.mode(), listed.stamp().modifiedAt(), listed.device() != level.device);
  }

  private void enter(OpenDirectory directory, byte[] relative, long device) throws IOException {
    if (levels.stream().filter(level -> level.isOpen).count() >= OPEN_LEVELS) {
      leaveHighestOpen();
    }
    try {
      levels.addLast(
          new Level(directory, relative, device, exclusion.staying(directory, directory.names())));
    } catch (IOException | RuntimeException failed) {
      directory.release();
      throw failed;
    }
  }

  @Decides("BAK-50")
  private void leaveHighestOpen() throws IOException {
    for (Level level : levels) {
      if (level.isOpen) {
        level.leave();
        return;
      }
    }
  }

  /** Something whose state in the previous backup is to be kept. */
  private static SourceEntry unread(BackupPath path, Omission.Reason reason) {
    return new SourceEntry.LeftOut(new Omission(path.toString(), reason), Optional.of(path));
  }

  private static SourceEntry leftOut(byte[] relative, Omission.Reason reason) {
    return new SourceEntry.LeftOut(
        new Omission(new String(relative, StandardCharsets.UTF_8), reason), Optional.empty());
  }
}
