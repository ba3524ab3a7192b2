package lockstep.adapter.filetree;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import lockstep.backup.restore.Unkept;
import lockstep.spec.Implements;

/**
 * A place in the tree that a restore builds, by its path, or, where that is too long for the
 * system, by an open directory on the way.
 *
 * @param tree the tree's top
 * @param relative the place below it
 */
@Implements({"RST-9~2", "RST-22"})
record TreePlace(Path tree, Path relative) {

  private Path path() {
    return tree.resolve(relative);
  }

  private boolean isLong() {
    return LongPaths.isLong(path());
  }

  void makeDirectory(Path shortName) throws IOException {
    FileAttribute<?> mode =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    if (isLong()) {
      Files.createDirectory(shortName, mode);
      LongPaths.move(shortName, tree, relative);
    } else {
      Files.createDirectory(path(), mode);
    }
  }

  List<Unkept> makeLink(Path shortName, Path linkTarget, Instant modifiedAt) throws IOException {
    Path link = isLong() ? shortName : path();
    Files.createSymbolicLink(link, linkTarget);
    List<Unkept> unkept = FileAttributesSetter.setTimeOfLink(link, modifiedAt);
    if (isLong()) {
      LongPaths.move(shortName, tree, relative);
    }
    return unkept;
  }

  FileChannel create(Set<OpenOption> options, FileAttribute<?> mode) throws IOException {
    return isLong()
        ? LongPaths.create(tree, relative, options, mode)
        : FileChannel.open(path(), options, mode);
  }

  FileChannel openDirectory() throws IOException {
    return isLong()
        ? LongPaths.openDirectory(tree, relative)
        : FileChannel.open(path(), StandardOpenOption.READ);
  }

  List<Unkept> setAttributes(int mode, Instant modifiedAt) throws IOException {
    if (isLong()) {
      return LongPaths.at(
          tree,
          relative,
          (directory, name) ->
              FileAttributesSetter.set(
                  directory.getFileAttributeView(
                      name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS),
                  mode,
                  modifiedAt));
    }
    return FileAttributesSetter.set(
        Files.getFileAttributeView(path(), PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS),
        mode,
        modifiedAt);
  }

  void removeFile() throws IOException {
    if (isLong()) {
      LongPaths.at(
          tree,
          relative,
          (directory, name) -> {
            directory.deleteFile(name);
            return true;
          });
    } else {
      Files.delete(path());
    }
  }
}
