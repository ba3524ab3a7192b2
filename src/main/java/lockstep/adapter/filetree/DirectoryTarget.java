package lockstep.adapter.filetree;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import lockstep.adapter.durable.DurableFiles;
import lockstep.backup.restore.TargetTree;
import lockstep.backup.store.ReservedName;
import lockstep.format.BackupPath;
import lockstep.format.LinkTarget;
import lockstep.spec.Implements;

/**
 * A target that is a directory of the file system.
 *
 * <p>The tree grows in {@code .lockstep-restore/tree} inside it, so that moving it crosses no mount
 * point. Beside the tree stands {@code begun}, which says that the directory is a restore's own.
 * From when the tree is complete until everything is in its place, {@code .lockstep-moving} stands
 * in the target; its removal is the last step.
 */
@Implements({"RST-2~1", "RST-3~1", "RST-4~1", "RST-5~1", "RST-9~1", "MAN-6~1", "CLI-8~1"})
public final class DirectoryTarget implements TargetTree {

  private final Path target;
  private final Path work;
  private final Path tree;
  private final Path begun;
  private final Path moving;
  private final DurableFiles files;

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
    this.files = files;
  }

  @Override
  public boolean isFree() throws IOException {
    if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      return true;
    }
    if (!Files.isDirectory(target)) {
      return false;
    }
    List<Path> entries = Directories.entries(target);
    return entries.isEmpty() || marker().isPresent() || (isOurs() && entries.equals(List.of(work)));
  }

  @Override
  public Optional<byte[]> begin() throws IOException {
    try {
      Optional<InstallMarker> marker = marker();
      if (marker.isPresent()) {
        return marker.map(InstallMarker::note);
      }
      files.createDirectories(target);
      Directories.delete(work);
      files.createDirectory(work);
      files.create(begun, new byte[0]);
      files.createDirectory(tree);
      return Optional.empty();
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
      Files.createDirectory(
          inTree(path),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException failed) {
      throw FullDisk.explain(failed, work);
    }
  }

  @Override
  public TargetFile makeFile(BackupPath path) throws IOException {
    return ChannelFiles.target(inTree(path));
  }

  @Override
  public ScratchFile makeScratch(int number) throws IOException {
    return ChannelFiles.scratch(work.resolve("scratch-" + number));
  }

  @Override
  public void makeLink(BackupPath path, LinkTarget linkTarget, Instant modifiedAt)
      throws IOException {
    Path link = inTree(path);
    try {
      Files.createSymbolicLink(link, RawNames.linkTarget(linkTarget.bytes()));
      FileAttributesSetter.setTime(link, modifiedAt);
    } catch (IOException failed) {
      throw FullDisk.explain(failed, work);
    }
  }

  @Override
  public PendingSync finishDirectory(BackupPath path, int mode, Instant modifiedAt)
      throws IOException {
    Path directory = inTree(path);
    FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ);
    try {
      FileAttributesSetter.setTime(directory, modifiedAt);
      FileAttributesSetter.setMode(directory, mode);
    } catch (IOException | RuntimeException failed) {
      channel.close();
      throw failed;
    }
    return () -> {
      try (channel) {
        channel.force(true);
      }
    };
  }

  @Override
  public void install(byte[] note) throws IOException {
    List<InstallMarker.Closed> closed = new ArrayList<>();
    for (Path entry : Directories.entries(tree)) {
      ListedAttributes listed = ListedAttributes.of(entry);
      if (listed.isDirectory() && (listed.mode() & 0200) == 0) {
        byte[] name = RawNames.bytes(Objects.requireNonNull(entry.getFileName()));
        closed.add(new InstallMarker.Closed(name, listed.mode() & 0777));
      }
    }
    try {
      files.syncDirectory(tree);
      Path prepared = work.resolve("prepared");
      files.replace(prepared, new InstallMarker(note, closed).encode());
      files.rename(prepared, moving);
    } catch (IOException failed) {
      throw FullDisk.explain(failed, work);
    }
    finishInstall();
  }

  @Override
  public void finishInstall() throws IOException {
    InstallMarker marker =
        marker().orElseThrow(() -> new IOException("the restore's marker is gone"));
    for (InstallMarker.Closed directory : marker.closed()) {
      Path waiting = tree.resolve(RawNames.relative(directory.name()));
      if (Files.isDirectory(waiting, LinkOption.NOFOLLOW_LINKS)) {
        FileAttributesSetter.setModeOfDirectory(waiting, directory.mode() | 0200);
      }
    }
    if (Files.isDirectory(tree, LinkOption.NOFOLLOW_LINKS)) {
      for (Path entry : Directories.entries(tree)) {
        move(entry, target.resolve(Objects.requireNonNull(entry.getFileName())));
      }
    }
    for (InstallMarker.Closed directory : marker.closed()) {
      Path placed = target.resolve(RawNames.relative(directory.name()));
      if (Files.isDirectory(placed, LinkOption.NOFOLLOW_LINKS)) {
        FileAttributesSetter.setModeOfDirectory(placed, directory.mode());
      }
    }
    files.syncDirectory(target);
    Directories.delete(work);
    files.remove(moving);
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
    return Files.isRegularFile(begun, LinkOption.NOFOLLOW_LINKS)
        || Directories.entries(work).isEmpty();
  }

  /** The marker of a restore that was interrupted while it moved its tree. */
  private Optional<InstallMarker> marker() throws IOException {
    return Files.isRegularFile(moving, LinkOption.NOFOLLOW_LINKS)
        ? InstallMarker.decode(Files.readAllBytes(moving))
        : Optional.empty();
  }

  private Path inTree(BackupPath path) {
    return tree.resolve(RawNames.relative(path.bytes()));
  }
}
