package lockstep.backup.run;

import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import lockstep.adapter.filetree.DirectorySource;
import lockstep.backup.World;
import lockstep.backup.notes.FileStamp;
import lockstep.backup.notes.SourceIdentity;
import lockstep.format.BackupPath;

/** A folder of a file system of which some files and folders cannot be read, or are not mounted. */
final class FaultySource implements SourceTree {

  final Set<String> unreadable = new HashSet<>();
  final Set<String> failing = new HashSet<>();
  final Set<String> mounted = new HashSet<>();
  private final SourceTree real;

  FaultySource(World world) {
    this.real = new DirectorySource(world.source);
  }

  @Override
  public Optional<SourceIdentity> identity() throws IOException {
    return real.identity();
  }

  @Override
  public Walk walk() throws IOException {
    return new FaultyWalk(real.walk());
  }

  private final class FaultyWalk implements Walk {

    private final Walk walk;
    private Optional<SourceEntry> waiting = Optional.empty();

    FaultyWalk(Walk walk) {
      this.walk = walk;
    }

    @Override
    public Optional<SourceEntry> next() throws IOException {
      if (waiting.isPresent()) {
        Optional<SourceEntry> entry = waiting;
        waiting = Optional.empty();
        return entry;
      }
      Optional<SourceEntry> next = walk.next();
      while (next.isPresent() && isBelowUnreadable(pathOf(next.get()))) {
        next = walk.next();
      }
      return next.map(this::troubled);
    }

    private SourceEntry troubled(SourceEntry entry) {
      String path = pathOf(entry);
      if (entry instanceof SourceEntry.Directory directory) {
        if (unreadable.contains(path)) {
          waiting = Optional.of(unread(directory.path()));
        }
        return new SourceEntry.Directory(
            directory.path(), directory.mode(), directory.modifiedAt(), mounted.contains(path));
      }
      if (entry instanceof SourceEntry.RegularFile file) {
        if (unreadable.contains(path)) {
          return unread(file.path());
        }
        if (failing.contains(path)) {
          return new SourceEntry.RegularFile(
              file.path(),
              file.mode(),
              new FileStamp(file.stamp().sizeBytes(), World.NOW, World.NOW, 0),
              () -> new FailingFile(file.opening().open()));
        }
      }
      return entry;
    }

    @Override
    public void close() throws IOException {
      walk.close();
    }
  }

  private boolean isBelowUnreadable(String path) {
    return unreadable.stream().anyMatch(folder -> path.startsWith(folder + "/"));
  }

  private static SourceEntry unread(BackupPath path) {
    return new SourceEntry.LeftOut(
        new Omission(path.toString(), Omission.Reason.UNREADABLE), Optional.of(path));
  }

  private static String pathOf(SourceEntry entry) {
    if (entry instanceof SourceEntry.Directory directory) {
      return directory.path().toString();
    }
    if (entry instanceof SourceEntry.RegularFile file) {
      return file.path().toString();
    }
    return entry instanceof SourceEntry.Link link
        ? link.path().toString()
        : ((SourceEntry.LeftOut) entry).omission().path();
  }

  /** Opens, and gives an error when it is read, as a disk with a bad sector does. */
  private record FailingFile(SourceFile real) implements SourceFile {

    @Override
    public int read(long position, byte[] to, int offset, int length) throws IOException {
      throw new IOException("Input/output error");
    }

    @Override
    public Sameness sameness() throws IOException {
      return real.sameness();
    }

    @Override
    public void close() throws IOException {
      real.close();
    }
  }
}
