package lockstep.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lockstep.adapter.filetree.DirectoryNotes;
import lockstep.adapter.filetree.DirectorySource;
import lockstep.adapter.filetree.DirectoryTarget;
import lockstep.adapter.storage.DirectoryStorage;
import lockstep.backup.notes.BackupNotes;
import lockstep.backup.restore.Restore;
import lockstep.backup.restore.RestoreOutcome;
import lockstep.backup.restore.Verification;
import lockstep.backup.restore.VerificationOutcome;
import lockstep.backup.run.BackupOutcome;
import lockstep.backup.run.BackupRun;
import lockstep.backup.run.MarkSetter;
import lockstep.backup.run.SourceTree;
import lockstep.backup.store.BackupStorage;
import lockstep.backup.store.Freshness;
import lockstep.backup.store.Progress;
import lockstep.backup.store.ProviderUnavailable;
import lockstep.evidence.TestsFolder;
import lockstep.format.BackupKeys;
import lockstep.format.HeadName;
import lockstep.keys.RootKey;

/** A device, its folder and its provider, each a directory on disk. */
public final class World implements AutoCloseable {

  public static final byte[] ACCOUNT = "alice".getBytes(StandardCharsets.UTF_8);

  /** Later than any file here, so that every stamp is settled. */
  public static final Instant NOW = Instant.parse("2100-01-01T00:00:00Z");

  public final SecureRandom random = new SecureRandom();
  public final RootKey rootKey;
  public final BackupKeys keys;
  public final Path top;
  public final Path source;
  public final Path provider;
  public final Path notesDirectory;
  public BackupStorage storage;
  public BackupNotes notes;
  public MarkSetter marker = mark -> MarkSetter.Result.NO_VAULT;
  public BackupRun.Known known = BackupRun.Known.NOTHING;
  public boolean acceptsChanges;
  public int keep = 1;
  private int targets;

  public World() {
    this(Optional.empty());
  }

  /** Another device of the same account and root key, at the same provider. */
  public World(World first) {
    this(Optional.of(first));
  }

  private World(Optional<World> first) {
    try {
      rootKey = first.map(one -> one.rootKey.duplicate()).orElseGet(() -> RootKey.random(random));
      keys = BackupKeys.derive(rootKey, ACCOUNT);
      top = Files.createTempDirectory(TestsFolder.path(), "lockstep-world");
      source = Files.createDirectory(top.resolve("source"));
      provider =
          first.isPresent() ? first.get().provider : Files.createDirectory(top.resolve("provider"));
      notesDirectory = top.resolve("notes");
      storage = new DirectoryStorage(provider);
      notes = new DirectoryNotes(notesDirectory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a file whose name is given in percent encoding, whatever the locale. */
  public Path write(String name, byte[] content) throws IOException {
    Path raw = Path.of(URI.create("file:///" + name));
    Path file = source.resolve(raw.subpath(0, raw.getNameCount()));
    Files.createDirectories(file.getParent());
    return Files.write(file, content);
  }

  /** The user says to back up over another device's head. */
  public void overAnother() {
    known = new BackupRun.Known(known.lastBackup(), known.floorNumber(), 0, true);
  }

  public BackupOutcome run() throws IOException {
    return run(new DirectorySource(source));
  }

  public BackupOutcome run(SourceTree tree) throws IOException {
    BackupRun run = new BackupRun(storage, notes, random, InstantSource.fixed(NOW)).keeping(keep);
    return (acceptsChanges ? run.acceptingChanges() : run)
        .run(keys, tree, known, marker, Progress.NONE);
  }

  /** Backs up and expects that to come through. */
  public BackupOutcome.Done backUp() throws IOException {
    return done(run());
  }

  public static BackupOutcome.Done done(BackupOutcome outcome) {
    if (outcome instanceof BackupOutcome.Done done) {
      return done;
    }
    throw new AssertionError("not done: " + outcome);
  }

  public Path newTarget() {
    return top.resolve("target-" + targets++);
  }

  public RestoreOutcome restore(Path target) throws IOException {
    return restore(target, Freshness.unknown());
  }

  public RestoreOutcome restore(Path target, Freshness freshness) throws IOException {
    return new Restore(storage).run(keys, new DirectoryTarget(target), freshness, Progress.NONE);
  }

  public VerificationOutcome verify() throws IOException {
    return new Verification(storage).run(keys, Freshness.unknown(), Progress.NONE);
  }

  /** The path of the set's directory at the provider. */
  public Path set() {
    return provider.resolve("lockstep-v1").resolve(keys.setName().hex());
  }

  /** The path of the highest head, or of the first one where there is none. */
  public Path head() {
    return head(headNames().stream().mapToLong(HeadName::backupNumber).max().orElse(1));
  }

  /** The path of that backup's head. */
  public Path head(long number) {
    return provider
        .resolve("lockstep-v1")
        .resolve("heads")
        .resolve(new HeadName(keys.setName(), number).toString());
  }

  private List<HeadName> headNames() {
    try {
      return new DirectoryStorage(provider).heads(keys.setName());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The highest head's bytes. */
  public Optional<byte[]> headBytes() throws ProviderUnavailable {
    List<HeadName> heads = storage.heads(keys.setName());
    return heads.isEmpty() ? Optional.empty() : storage.readHead(heads.get(heads.size() - 1));
  }

  /** Every object and the head. */
  public List<Path> stored() throws IOException {
    List<Path> found = new ArrayList<>();
    found.add(head());
    try (var listed = Files.list(set())) {
      listed.sorted().forEach(found::add);
    }
    return found;
  }

  public static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(directory)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(file, to.resolve(from.relativize(file)));
            return FileVisitResult.CONTINUE;
          }
        });
  }

  public static void delete(Path path) throws IOException {
    if (!Files.exists(path, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (Files.isDirectory(path, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
      Files.setAttribute(path, "unix:mode", 0700);
      List<Path> entries;
      try (var listed = Files.list(path)) {
        entries = listed.toList();
      }
      for (Path entry : entries) {
        delete(entry);
      }
    }
    Files.delete(path);
  }

  public void replaceProvider(Path copy) throws IOException {
    delete(provider);
    copy(copy, provider);
  }

  @Override
  public void close() {
    keys.close();
    rootKey.close();
    try {
      delete(top);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
