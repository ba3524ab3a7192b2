package lockstep.adapter.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lockstep.adapter.durable.DurableFiles;
import lockstep.backup.store.BackupStorage;
import lockstep.backup.store.ProviderUnavailable;
import lockstep.format.ObjectName;
import lockstep.format.SealedObject;
import lockstep.format.SetName;
import lockstep.spec.Implements;

/**
 * A provider that is a directory of the file system.
 *
 * <p>Objects are written under a temporary name, forced to the disk and renamed. Links and special
 * files that lie under an object's name count as missing. A directory that is not there is never
 * made but by {@link #create}.
 */
@Implements({"PRV-1~1", "PRV-2~1", "PRV-3~1", "PRV-4~1", "PRV-7~1", "OBJ-5~1", "OBJ-6~1"})
public final class DirectoryStorage implements BackupStorage {

  private static final String ROOT = "lockstep-v1";
  private static final String HEADS = "heads";
  private static final int MAX_HEAD_BYTES = 64 * 1024;

  private final Path provider;
  private final DurableFiles files;

  /** The provider in a directory that should be there. */
  public DirectoryStorage(Path provider) {
    this(provider, new DurableFiles());
  }

  /** The same, writing through {@code files}. */
  public DirectoryStorage(Path provider, DurableFiles files) {
    this.provider = provider;
    this.files = files;
  }

  /** The provider in a directory that is made where it is missing; for enabling only. */
  public static DirectoryStorage create(Path provider, DurableFiles files)
      throws ProviderUnavailable {
    try {
      files.createDirectories(provider);
    } catch (IOException failed) {
      throw ProviderStreams.unavailable(failed);
    }
    return new DirectoryStorage(provider, files);
  }

  @Override
  public Optional<byte[]> readHead(SetName set) throws ProviderUnavailable {
    Optional<InputStream> stream = openFile(head(set));
    if (stream.isEmpty()) {
      return Optional.empty();
    }
    try (InputStream in = stream.get()) {
      return Optional.of(in.readNBytes(MAX_HEAD_BYTES));
    } catch (IOException failed) {
      throw ProviderStreams.unavailable(failed);
    }
  }

  @Override
  public void replaceHead(SetName set, SealedObject sealed) throws IOException {
    makeDirectory(HEADS);
    store(sealed, content -> files.replace(head(set), content));
  }

  @Override
  public void removeHead(SetName set) throws ProviderUnavailable {
    requireProvider();
    try {
      if (Files.isDirectory(directory(HEADS))) {
        files.remove(head(set));
      }
    } catch (IOException failed) {
      throw ProviderStreams.unavailable(failed);
    }
  }

  @Override
  public List<SetName> heads() throws ProviderUnavailable {
    List<SetName> found = new ArrayList<>();
    for (Path path : entries(directory(HEADS))) {
      SetName.parse(nameOf(path)).ifPresent(found::add);
    }
    return found;
  }

  @Override
  public void put(SetName set, ObjectName name, SealedObject object) throws IOException {
    makeDirectory(set.hex());
    store(object, content -> files.add(directory(set.hex()).resolve(name.hex()), content));
  }

  @Override
  public void settle(SetName set) throws ProviderUnavailable {
    requireProvider();
    try {
      if (Files.isDirectory(directory(set.hex()))) {
        files.syncDirectory(directory(set.hex()));
      }
    } catch (IOException failed) {
      throw ProviderStreams.unavailable(failed);
    }
  }

  @Override
  public Optional<InputStream> open(SetName set, ObjectName name) throws ProviderUnavailable {
    return openFile(directory(set.hex()).resolve(name.hex()));
  }

  @Override
  public Map<ObjectName, Long> list(SetName set) throws ProviderUnavailable {
    Map<ObjectName, Long> found = new HashMap<>();
    for (Path path : entries(directory(set.hex()))) {
      Optional<ObjectName> name = ObjectName.parse(nameOf(path));
      if (name.isPresent()) {
        regularFile(path).ifPresent(file -> found.put(name.get(), file.size()));
      }
    }
    return found;
  }

  @Override
  public void remove(SetName set, ObjectName name) throws ProviderUnavailable {
    delete(directory(set.hex()).resolve(name.hex()));
  }

  @Override
  public void removeUnfinished(SetName set) throws ProviderUnavailable {
    for (String directory : List.of(set.hex(), HEADS)) {
      for (Path path : entries(directory(directory))) {
        if (nameOf(path).startsWith(DurableFiles.UNFINISHED_PREFIX)) {
          delete(path);
        }
      }
    }
  }

  @Override
  public void removeSet(SetName set) throws ProviderUnavailable {
    for (Path path : entries(directory(set.hex()))) {
      delete(path);
    }
    try {
      if (Files.isDirectory(directory(set.hex()))) {
        files.remove(directory(set.hex()));
      }
    } catch (IOException failed) {
      throw ProviderStreams.unavailable(failed);
    }
  }

  @Override
  @Implements({"ENR-7~1", "PRV-6~1"})
  public List<String> plainCopies() throws ProviderUnavailable {
    return entries(provider).stream()
        .map(DirectoryStorage::nameOf)
        .filter(PlainCopyNames::matches)
        .sorted()
        .toList();
  }

  /** Hands sealed content to the file system. */
  @FunctionalInterface
  private interface Writing {
    void write(DurableFiles.Content content) throws IOException;
  }

  /** Tells what the object's content does from what the provider does. */
  private static void store(SealedObject object, Writing writing) throws IOException {
    IOException[] ofContent = new IOException[1];
    try {
      writing.write(
          out -> {
            try {
              object.writeTo(ProviderStreams.toProvider(out));
            } catch (IOException failed) {
              ofContent[0] = failed;
              throw failed;
            }
          });
    } catch (IOException failed) {
      throw failed == ofContent[0] ? failed : ProviderStreams.unavailable(failed);
    }
  }

  private void makeDirectory(String name) throws ProviderUnavailable {
    requireProvider();
    try {
      files.createDirectories(directory(name));
    } catch (IOException failed) {
      throw ProviderStreams.unavailable(failed);
    }
  }

  private Optional<InputStream> openFile(Path path) throws ProviderUnavailable {
    requireProvider();
    if (regularFile(path).isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          ProviderStreams.fromProvider(Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)));
    } catch (IOException failed) {
      throw ProviderStreams.unavailable(failed);
    }
  }

  private List<Path> entries(Path directory) throws ProviderUnavailable {
    requireProvider();
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      stream.forEach(found::add);
    } catch (NoSuchFileException none) {
      return List.of();
    } catch (DirectoryIteratorException failed) {
      throw ProviderStreams.unavailable(new IOException(failed));
    } catch (IOException failed) {
      throw ProviderStreams.unavailable(failed);
    }
    return found;
  }

  private void delete(Path path) throws ProviderUnavailable {
    try {
      Files.deleteIfExists(path);
    } catch (IOException failed) {
      throw ProviderStreams.unavailable(failed);
    }
  }

  private void requireProvider() throws ProviderUnavailable {
    if (!Files.isDirectory(provider)) {
      throw new ProviderUnavailable("the provider's directory is missing");
    }
  }

  private static Optional<BasicFileAttributes> regularFile(Path path) throws ProviderUnavailable {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return attributes.isRegularFile() ? Optional.of(attributes) : Optional.empty();
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (IOException failed) {
      throw ProviderStreams.unavailable(failed);
    }
  }

  private Path directory(String name) {
    return provider.resolve(ROOT).resolve(name);
  }

  private Path head(SetName set) {
    return directory(HEADS).resolve(set.hex());
  }

  private static String nameOf(Path path) {
    return String.valueOf(path.getFileName());
  }
}
