package lockstep.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import lockstep.spec.Decides;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes and runs a vault of several nodes on this machine, each a process of its own. */
@Command(
    name = "vault cluster",
    description = "Make and run a vault of several nodes on this machine, for a first look.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields
@Decides("REP-9")
final class VaultClusterCommand implements lockstep.cli.Command {

  private static final Set<Integer> SIZES = Set.of(1, 3, 5);

  @Mixin private SharedOptions shared;

  @Parameters(paramLabel = "DIR", description = "A new folder, or one that this command made.")
  private Path directory;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      description = "How many nodes a new one has: 1, 3 (the default) or 5.")
  private @Nullable Integer count;

  @Override
  public SharedOptions shared() {
    return shared;
  }

  @Override
  public boolean isOfDevice() {
    return false;
  }

  @Override
  public Answer run(Surroundings surroundings) throws IOException {
    if (shared.json()) {
      return Answer.usage(
          "Standard output carries what devices need, so there is no room for --json.",
          "Leave out --json.");
    }
    if (count != null && !SIZES.contains(count)) {
      return Answer.usage(
          "A vault has 1, 3 or 5 nodes.", "Run the command again with one of these.");
    }
    Path folder = directory.toAbsolutePath().normalize();
    List<Path> configurations = configurations(folder);
    if (configurations.isEmpty()) {
      List<String> names =
          IntStream.rangeClosed(1, count == null ? 3 : count).mapToObj(n -> "node" + n).toList();
      if (!new NodeFolders(surroundings, new SecureRandom()).make(folder, names)) {
        return Answer.refused(
                folder + " exists and holds something else.", "Choose an empty or new folder.")
            .with("reason", "vaultExists");
      }
      configurations = configurations(folder);
    } else if (count != null && count != configurations.size()) {
      return Answer.refused(
              "The vault in " + folder + " has " + configurations.size() + " nodes.",
              "Leave out --nodes, or choose a new folder.")
          .with("reason", "otherNumber");
    }
    return new NodeProcesses(surroundings).run(configurations);
  }

  private static List<Path> configurations(Path folder) {
    List<Path> found = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      Path file = folder.resolve("node" + i).resolve(NodeFolders.CONFIGURATION);
      if (Files.isRegularFile(file)) {
        found.add(file);
      }
    }
    return found;
  }
}
