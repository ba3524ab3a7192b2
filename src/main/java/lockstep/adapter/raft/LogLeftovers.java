package lockstep.adapter.raft;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import lockstep.spec.Implements;

/** What a process that died left of a snapshot that it made or took over: nobody asks for it. */
@Implements("REP-8~2")
final class LogLeftovers {

  /** How the name of a snapshot ends that is not whole yet. */
  static final String UNFINISHED = ".unfinished";

  private static final String SNAPSHOTS = "sm";
  private static final Set<String> KEPT = Set.of("current", SNAPSHOTS);

  private LogLeftovers() {}

  /** Removes it from a group's folder while no process takes part in the group with it. */
  static void remove(Path group) throws IOException {
    if (!Files.isDirectory(group)) {
      return;
    }
    for (Path entry : entries(group)) {
      if (Files.isDirectory(entry) && !KEPT.contains(String.valueOf(entry.getFileName()))) {
        removeTree(entry);
      }
    }
    if (Files.isDirectory(group.resolve(SNAPSHOTS))) {
      removeUnfinished(group.resolve(SNAPSHOTS));
    }
  }

  /** Removes snapshots that are not whole, with the files beside them. */
  static void removeUnfinished(Path snapshots) throws IOException {
    for (Path entry : entries(snapshots)) {
      if (String.valueOf(entry.getFileName()).contains(UNFINISHED)) {
        Files.delete(entry);
      }
    }
  }

  private static List<Path> entries(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    }
  }

  private static void removeTree(Path tree) throws IOException {
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(tree)) {
      paths = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.delete(path);
    }
  }
}
