package lockstep.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Two folders compared byte by byte.
 *
 * @param identical files and links that are the same in both
 * @param different files, links and folders that differ or that only one of them has
 */
record TreeComparison(int identical, int different) {

  static TreeComparison of(Path first, Path second) throws IOException {
    TreeSet<Path> paths = new TreeSet<>();
    addPaths(first, paths);
    addPaths(second, paths);
    int identical = 0;
    int different = 0;
    for (Path path : paths) {
      Path one = first.resolve(path);
      Path other = second.resolve(path);
      if (!isSame(one, other)) {
        different++;
      } else if (!Files.isDirectory(one, LinkOption.NOFOLLOW_LINKS)) {
        identical++;
      }
    }
    return new TreeComparison(identical, different);
  }

  private static void addPaths(Path root, TreeSet<Path> paths) throws IOException {
    try (Stream<Path> found = Files.walk(root)) {
      found.filter(path -> !path.equals(root)).map(root::relativize).forEach(paths::add);
    }
  }

  private static boolean isSame(Path one, Path other) throws IOException {
    if (Files.isSymbolicLink(one) || Files.isSymbolicLink(other)) {
      return Files.isSymbolicLink(one)
          && Files.isSymbolicLink(other)
          && Files.readSymbolicLink(one).equals(Files.readSymbolicLink(other));
    }
    if (Files.isRegularFile(one) && Files.isRegularFile(other)) {
      return Files.mismatch(one, other) == -1;
    }
    return Files.isDirectory(one) && Files.isDirectory(other);
  }
}
