package lockstep.adapter.vaultstore;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import lockstep.adapter.durable.DurableFiles;
import lockstep.adapter.messenger.LocalMessenger;
import lockstep.spec.Implements;
import lockstep.vault.StateSealing;
import lockstep.vault.VaultKeys;
import lockstep.vault.machine.AttemptPolicy;
import lockstep.wire.VaultId;

/**
 * Makes a vault's directory: under another name first, given its own in one step when every file is
 * on the disk.
 */
@Implements({"ATR-9", "ATR-10"})
public final class VaultInitialisation {

  private static final String KEY_DIRECTORY = "keys";

  private final AttemptPolicy policy;
  private final DurableFiles files;
  private final SecureRandom random;

  /** Makes vaults whose budget epochs begin with {@code policy}. */
  public VaultInitialisation(AttemptPolicy policy, DurableFiles files, SecureRandom random) {
    this.policy = policy;
    this.files = files;
    this.random = random;
  }

  /**
   * Makes a vault in a directory that is empty or not there yet.
   *
   * @return the vault, or empty if something is there, or another process made one meanwhile
   * @throws IOException if the files cannot be made durable; nothing is left in {@code directory}
   */
  public Optional<VaultDirectory> make(Path directory) throws IOException {
    Path target = directory.toAbsolutePath().normalize();
    if (!isFree(target)) {
      return Optional.empty();
    }
    Path parent = Objects.requireNonNull(target.getParent(), "a free directory has a parent");
    files.createDirectories(parent);
    Path unfinished = Files.createTempDirectory(parent, DurableFiles.UNFINISHED_PREFIX);
    try {
      fill(unfinished);
      return renamed(unfinished, target)
          ? Optional.of(VaultDirectory.open(target))
          : Optional.empty();
    } finally {
      removeTree(unfinished);
    }
  }

  /** What else belongs into each node's folder before it gets its name. */
  @FunctionalInterface
  public interface NodeFiles {
    /** Writes them for that node, durably. */
    void write(String node, Path folder) throws IOException;
  }

  /**
   * Makes the folders of a vault's nodes, each with the vault's keys and a database of its own, in
   * a directory that is empty or not there yet.
   *
   * @return whether they were made; not if something is there, or another process made it meanwhile
   */
  @Implements("REP-9")
  public boolean makeNodes(Path directory, List<String> nodes, NodeFiles others)
      throws IOException {
    Path target = directory.toAbsolutePath().normalize();
    if (!isFree(target)) {
      return false;
    }
    Path parent = Objects.requireNonNull(target.getParent(), "a free directory has a parent");
    files.createDirectories(parent);
    Path unfinished = Files.createTempDirectory(parent, DurableFiles.UNFINISHED_PREFIX);
    try {
      Path first = unfinished.resolve(nodes.get(0));
      files.createDirectory(first);
      StateSealing sealing = fillWithoutDatabase(first);
      for (String node : nodes) {
        Path folder = unfinished.resolve(node);
        if (!folder.equals(first)) {
          copyTree(first, folder);
        }
      }
      for (String node : nodes) {
        Path folder = unfinished.resolve(node);
        Path database = folder.resolve(VaultDirectory.DATABASE_FILE);
        files.createDirectory(Objects.requireNonNull(database.getParent()));
        files.createDirectory(folder.resolve(VaultDirectory.LOG_DIRECTORY));
        ReplicaStore.create(database, files, sealing, random);
        others.write(node, folder);
      }
      return renamed(unfinished, target);
    } finally {
      removeTree(unfinished);
    }
  }

  private void copyTree(Path from, Path to) throws IOException {
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(from)) {
      paths = walk.sorted().toList();
    }
    for (Path path : paths) {
      Path copy = to.resolve(from.relativize(path).toString());
      if (Files.isDirectory(path)) {
        files.createDirectory(copy);
      } else {
        files.create(copy, Files.readAllBytes(path));
      }
    }
  }

  private void fill(Path unfinished) throws IOException {
    StateSealing sealing = fillWithoutDatabase(unfinished);
    Path database = unfinished.resolve(VaultDirectory.DATABASE_FILE);
    files.createDirectory(Objects.requireNonNull(database.getParent()));
    SqliteVaultStore.create(database, files, sealing, random);
  }

  private StateSealing fillWithoutDatabase(Path unfinished) throws IOException {
    StateSealing sealing;
    try (VaultKeys keys = VaultKeys.generate(random)) {
      String digits = HexFormat.of().formatHex(keys.publicKey().toArray());
      files.create(
          unfinished.resolve(VaultDirectory.IDENTITY_FILE),
          (digits + "\n").getBytes(StandardCharsets.US_ASCII));
      files.create(
          unfinished.resolve(VaultDirectory.SETTINGS_FILE),
          new VaultSettings(policy, KEY_DIRECTORY).encode());
      Path keyDirectory = unfinished.resolve(KEY_DIRECTORY);
      files.createDirectory(keyDirectory);
      KeyDirectory keyFiles = new KeyDirectory(keyDirectory);
      keyFiles.fill(keys, files);
      sealing = new StateSealing(keyFiles.keyset(), VaultId.of(keys.publicKey()));
    }
    LocalMessenger.create(unfinished.resolve(VaultDirectory.MESSENGER_DIRECTORY), files, random);
    return sealing;
  }

  /** The file system refuses the name if a directory with content has it by now. */
  private boolean renamed(Path unfinished, Path target) throws IOException {
    try {
      files.rename(unfinished, target);
      return true;
    } catch (FileSystemException refused) {
      if (isFree(target)) {
        throw refused;
      }
      return false;
    }
  }

  private static boolean isFree(Path target) throws IOException {
    if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      return true;
    }
    if (!Files.isDirectory(target)) {
      return false;
    }
    try (Stream<Path> entries = Files.list(target)) {
      return entries.findAny().isEmpty();
    }
  }

  private static void removeTree(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(tree)) {
      paths = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.deleteIfExists(path);
    }
  }
}
