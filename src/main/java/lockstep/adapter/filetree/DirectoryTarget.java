package lockstep.adapter.filetree;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import lockstep.adapter.durable.DurableFiles;
import lockstep.backup.restore.TargetTree;
import lockstep.backup.restore.Unkept;
import lockstep.backup.store.ReservedName;
import lockstep.format.BackupPath;
import lockstep.format.LinkTarget;
import lockstep.spec.Decides;
import lockstep.spec.Implements;

/**
 * A target that is a directory of the file system.
 *
 * <p>The tree grows in {@code .lockstep-restore/tree} inside it, so that moving it crosses no mount
 * point. Beside the tree stands {@code begun}, which says that the directory is a restore's own.
 * From when the tree is complete until everything is in its place, {@code .lockstep-moving} stands
 * in the target; its removal is the last step.
 */
@Decides("RST-2~2")
@Implements({"RST-3~2", "RST-4", "RST-5", "RST-9~2", "RST-21", "RST-22", "MAN-6", "CLI-8"})
public final class DirectoryTarget implements TargetTree {

  /** What systems put at the top of a disk by themselves. */
  private static final Set<String> SYSTEMS_OWN =
      Set.of(
          "lost+found",
          ".DS_Store",
          ".Trashes",
          ".fseventsd",
          ".Spotlight-V100",
          "System Volume Information",
          "$RECYCLE.BIN");

  private final Path target;
  private final Path work;
  private final Path tree;
  private final Path begun;
  private final Path moving;
  private final Path closed;
  private final DurableFiles files;
  private final TargetSync sync = new TargetSync();

  /** The directory {@code target}, which may be missing. */
  public DirectoryTarget(Path target) {
    this(target, new DurableFiles());
  }

  /** The same, renaming and syncing through {@code files}. */
  public DirectoryTarget(Path target, DurableFiles files) {
    this.target = target.toAbsolutePath();
    this.work = this.target.resolve(ReservedName.WORK);
    this.tree = work.resolve("tree");
    this.begun = work.resolve("begun");
    this.moving = this.target.resolve(ReservedName.MOVING);
    this.closed = work.resolve("closed");
    this.files = files.where(sync::isMissing);
  }

  @Override
  public boolean isFree() throws IOException {
    try {
      return isEmptyOrOurs();
    } catch (IOException unreadable) {
      throw FullDisk.plain(unreadable);
    }
  }

  private boolean isEmptyOrOurs() throws IOException {
    if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      return true;
    }
    if (!Files.isDirectory(target)) {
      return false;
    }
    if (marker().isPresent()) {
      return true;
    }
    boolean ours = isOurs();
    boolean[] free = {true};
    Directories.forEach(
        target, entry -> free[0] &= isSystemsOwn(entry) || (ours && entry.equals(work)));
    return free[0];
  }

  private static boolean isSystemsOwn(Path entry) {
    return SYSTEMS_OWN.contains(String.valueOf(entry.getFileName()));
  }

  @Override
  public Optional<byte[]> interrupted() throws IOException {
    return marker().map(InstallMarker::note);
  }

  @Override
  public boolean isSynced() {
    return sync.isThere();
  }

  @Override
  public void begin() throws IOException {
    try {
      files.createDirectories(target);
      Directories.delete(work);
      files.createDirectory(work);
      files.create(begun, new byte[0]);
      files.createDirectory(tree);
    } catch (IOException failed) {
      throw FullDisk.explain(failed, target);
    }
  }

  @Override
  public boolean foldsCase() throws IOException {
    Path probe = work.resolve("case-probe");
    Files.createFile(probe);
    boolean folds = Files.exists(work.resolve("CASE-PROBE"), LinkOption.NOFOLLOW_LINKS);
    Files.delete(probe);
    return folds;
  }

  @Override
  public void makeDirectory(BackupPath path) throws IOException {
    try {
      refuseWhereSystemsOwn(path);
      inTree(path).makeDirectory(work.resolve("made"));
    } catch (IOException failed) {
      throw FullDisk.explain(failed, work);
    }
  }

  @Override
  public TargetFile makeFile(BackupPath path) throws IOException {
    refuseWhereSystemsOwn(path);
    return ChannelFiles.target(inTree(path), sync);
  }

  @Override
  public void dropFile(BackupPath path) throws IOException {
    inTree(path).removeFile();
  }

  /** What stands at the top already keeps its name. */
  private void refuseWhereSystemsOwn(BackupPath path) throws IOException {
    Path place = target.resolve(RawNames.relative(path.bytes()));
    if (path.parent().isEmpty()
        && isSystemsOwn(place)
        && Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
      throw FullDisk.plain(new FileAlreadyExistsException(place.toString()));
    }
  }

  @Override
  public ScratchFile makeScratch(int number) throws IOException {
    return ChannelFiles.scratch(work.resolve("scratch-" + number));
  }

  @Override
  public List<Unkept> makeLink(BackupPath path, LinkTarget linkTarget, Instant modifiedAt)
      throws IOException {
    try {
      refuseWhereSystemsOwn(path);
      Path shortName = work.resolve("made");
      Files.deleteIfExists(shortName);
      return inTree(path).makeLink(shortName, RawNames.linkTarget(linkTarget.bytes()), modifiedAt);
    } catch (IOException failed) {
      throw FullDisk.explain(failed, work);
    }
  }

  @Override
  public PendingSync finishDirectory(BackupPath path, int mode, Instant modifiedAt)
      throws IOException {
    TreePlace directory = inTree(path);
    FileChannel channel;
    try {
      channel = directory.openDirectory();
    } catch (IOException failed) {
      throw FullDisk.explain(failed, work);
    }
    List<Unkept> unkept;
    try {
      unkept = directory.setAttributes(mode, modifiedAt);
    } catch (IOException | RuntimeException failed) {
      channel.close();
      throw failed;
    }
    return () -> {
      try (channel) {
        sync.force(channel);
        return unkept;
      }
    };
  }

  @Override
  public void install(byte[] note) throws IOException {
    try {
      noteClosed();
      files.syncDirectory(tree);
      Path prepared = work.resolve("prepared");
      files.replace(prepared, new InstallMarker(note).encode());
      files.rename(prepared, moving);
    } catch (IOException failed) {
      throw FullDisk.explain(failed, work);
    }
    finishInstall();
  }

  /** Writes down which directories at the top must be writable to be moved, and not stay so. */
  private void noteClosed() throws IOException {
    files.replace(
        closed,
        bytes -> {
          DataOutputStream out = new DataOutputStream(new BufferedOutputStream(bytes));
          Directories.forEach(
              tree,
              entry -> {
                ListedAttributes listed = ListedAttributes.of(entry);
                if (listed.isDirectory() && (listed.mode() & 0200) == 0) {
                  byte[] name = RawNames.bytes(Objects.requireNonNull(entry.getFileName()));
                  out.writeShort(name.length);
                  out.write(name);
                  out.writeShort(listed.mode() & 0777);
                }
              });
          out.flush();
        });
  }

  /** What is done with a directory that is to be closed at the end. */
  private interface ClosedTaker {
    void take(Path name, int mode) throws IOException;
  }

  private void forEachClosed(ClosedTaker taker) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(closed)))) {
      while (true) {
        byte[] name = in.readNBytes(in.readUnsignedShort());
        int mode = in.readUnsignedShort();
        if (isOneName(name)) {
          taker.take(RawNames.relative(name), mode & 0777);
        }
      }
    } catch (EOFException end) {
      return;
    } catch (NoSuchFileException removedWithTheRest) {
      return;
    }
  }

  /** Others may have written to the file: no name in it may lead out of the target. */
  @Implements("RST-15")
  private static boolean isOneName(byte[] name) {
    boolean isDots = name.length <= 2;
    for (byte one : name) {
      if (one == '/' || one == 0) {
        return false;
      }
      isDots &= one == '.';
    }
    return !isDots;
  }

  @Override
  public void finishInstall() throws IOException {
    try {
      moveAll();
    } catch (IOException failed) {
      throw FullDisk.plain(failed);
    }
  }

  private void moveAll() throws IOException {
    forEachClosed((name, mode) -> setModeIfThere(tree.resolve(name), mode | 0200));
    if (Files.isDirectory(tree, LinkOption.NOFOLLOW_LINKS)) {
      Directories.forEach(
          tree, entry -> move(entry, target.resolve(Objects.requireNonNull(entry.getFileName()))));
    }
    forEachClosed((name, mode) -> setModeIfThere(target.resolve(name), mode));
    files.syncDirectory(target);
    Directories.delete(work);
    files.remove(moving);
  }

  private static void setModeIfThere(Path directory, int mode) throws IOException {
    if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      FileAttributesSetter.setModeOfDirectory(directory, mode);
    }
  }

  @Override
  @Implements("RST-15")
  public void forEachName(Consumer<byte[]> taker) throws IOException {
    for (Path top : new Path[] {target, tree}) {
      if (Files.isDirectory(top, LinkOption.NOFOLLOW_LINKS)) {
        Directories.forEach(
            top,
            entry -> {
              if (!isSystemsOwn(entry) && !entry.equals(work) && !entry.equals(moving)) {
                taker.accept(RawNames.bytes(Objects.requireNonNull(entry.getFileName())));
              }
            });
      }
    }
  }

  @Override
  @Implements("RST-15")
  public boolean startOver() throws IOException {
    boolean[] nothingElse = {true};
    Directories.forEach(
        target,
        entry ->
            nothingElse[0] &= isSystemsOwn(entry) || entry.equals(work) || entry.equals(moving));
    if (nothingElse[0]) {
      Directories.delete(work);
      files.remove(moving);
    }
    return nothingElse[0];
  }

  @Override
  public void abandon() {
    try {
      if (isOurs() && marker().isEmpty()) {
        Directories.delete(work);
      }
    } catch (IOException theNextRunRemovesIt) {
      return;
    }
  }

  /** Moves without replacing what somebody has put there since. */
  private static void move(Path from, Path to) throws IOException {
    if (Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(to.toString());
    }
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Whether the reserved directory is a restore's own: it says so, or holds nothing yet. */
  private boolean isOurs() throws IOException {
    if (!Files.isDirectory(work, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    return Files.isRegularFile(begun, LinkOption.NOFOLLOW_LINKS) || Directories.isEmpty(work);
  }

  /** The marker of a restore that was interrupted while it moved its tree. */
  private Optional<InstallMarker> marker() throws IOException {
    return Files.isRegularFile(moving, LinkOption.NOFOLLOW_LINKS)
        ? InstallMarker.decode(Files.readAllBytes(moving))
        : Optional.empty();
  }

  private TreePlace inTree(BackupPath path) {
    return new TreePlace(tree, RawNames.relative(path.bytes()));
  }
}
