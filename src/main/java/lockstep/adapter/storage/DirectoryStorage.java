package lockstep.adapter.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import lockstep.adapter.durable.DurableFiles;
import lockstep.adapter.durable.DurableStep;
import lockstep.adapter.durable.Forcing;
import lockstep.adapter.durable.Patience;
import lockstep.backup.store.BackupStorage;
import lockstep.backup.store.ProviderUnavailable;
import lockstep.format.HeadName;
import lockstep.format.ObjectName;
import lockstep.format.SealedObject;
import lockstep.format.SetName;
import lockstep.spec.Decides;
import lockstep.spec.Implements;

/**
 * A provider that is a directory of the file system, which others may write to as well.
 *
 * <p>Its folders are held open and used relatively, no link in it is followed, and nothing but a
 * regular file is opened (PRV-8). Links and special files under an object's name count as missing.
 * A directory that is not there is never made but by {@link #create}.
 */
@Decides({"PRV-4~2", "PRV-7~3", "PRV-1", "PRV-2~2", "PRV-8~2", "PRV-9"})
@Implements("PRV-3")
public final class DirectoryStorage implements BackupStorage {

  private static final String ROOT = "lockstep-v1";
  private static final String HEADS = "heads";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path provider;
  private final DurableStep observer;
  private final Patience patience;
  private volatile boolean forcingIsMissing;

  /** The provider in a directory that should be there. */
  public DirectoryStorage(Path provider) {
    this(provider, new DurableFiles());
  }

  /** The same, telling the observer of {@code files} of each step. */
  public DirectoryStorage(Path provider, DurableFiles files) {
    this(provider, files, PATIENCE);
  }

  /** The same, waiting for each call that may block no longer than {@code patience}. */
  DirectoryStorage(Path provider, DurableFiles files, Duration patience) {
    this.provider = provider;
    this.observer = files.observer();
    this.patience = new Patience(patience);
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

  /**
   * Whether the file system has turned out not to force anything to the disk (PRV-10): what was
   * written is lost if the power fails before the file system has written it by itself.
   */
  public boolean forcingIsMissing() {
    return forcingIsMissing;
  }

  @Override
  public List<HeadName> heads() throws ProviderUnavailable {
    return inside(HEADS, DirectoryStorage::headsIn).orElse(List.of());
  }

  private static List<HeadName> headsIn(ProviderFolder folder) throws IOException {
    TreeSet<HeadName> found = new TreeSet<>();
    for (String name : folder.names(name -> HeadName.parse(name).isPresent())) {
      HeadName.parse(name).ifPresent(found::add);
    }
    return List.copyOf(found);
  }

  @Override
  @Implements("BAK-12~2")
  public Optional<byte[]> readHead(HeadName head) throws ProviderUnavailable {
    return inside(HEADS, folder -> readHead(folder, head.toString())).orElse(Optional.empty());
  }

  private Optional<byte[]> readHead(ProviderFolder folder, String name) throws IOException {
    Optional<BasicFileAttributes> there = folder.attributes(name);
    if (there.isEmpty()) {
      return Optional.empty();
    }
    Optional<InputStream> stream = openFile(folder, name);
    if (stream.isEmpty()) {
      return Optional.of(new byte[0]);
    }
    try (InputStream in = stream.get()) {
      return Optional.of(in.readNBytes(MAX_HEAD_BYTES));
    }
  }

  @Override
  public boolean addHead(HeadName head, SealedObject sealed) throws IOException {
    try (ProviderFolder folder = made(HEADS)) {
      boolean made = adding(folder).add(head.toString(), UnfinishedName.of(head), sealed);
      if (made) {
        force(folder);
      }
      return made;
    }
  }

  @Override
  public void removeHead(HeadName head) throws ProviderUnavailable {
    inside(
        HEADS,
        folder -> {
          remove(folder, head.toString());
          force(folder);
          return true;
        });
  }

  @Override
  @Implements("OBJ-6~2")
  public void put(SetName set, ObjectName name, SealedObject object) throws IOException {
    try (ProviderFolder folder = made(set.hex())) {
      if (!adding(folder).add(name.hex(), UnfinishedName.of(name), object)) {
        throw new ProviderUnavailable("something already has the name of a new object");
      }
    }
  }

  @Override
  public void settle(SetName set) throws ProviderUnavailable {
    inside(
        set.hex(),
        folder -> {
          force(folder);
          return true;
        });
  }

  @Override
  public Optional<InputStream> open(SetName set, ObjectName name) throws ProviderUnavailable {
    return inside(set.hex(), folder -> openFile(folder, name.hex())).orElse(Optional.empty());
  }

  @Override
  public Map<ObjectName, Listed> list(SetName set) throws ProviderUnavailable {
    return inside(set.hex(), DirectoryStorage::objectsIn).orElseGet(Map::of);
  }

  private static Map<ObjectName, Listed> objectsIn(ProviderFolder folder) throws IOException {
    Map<ObjectName, Listed> found = new HashMap<>();
    for (String name : folder.names(name -> ObjectName.parse(name).isPresent())) {
      Optional<BasicFileAttributes> file =
          folder.attributes(name).filter(BasicFileAttributes::isRegularFile);
      file.ifPresent(
          there ->
              found.put(
                  new ObjectName(name),
                  new Listed(there.size(), there.lastModifiedTime().toInstant())));
    }
    return found;
  }

  @Override
  public void remove(SetName set, ObjectName name) throws ProviderUnavailable {
    inside(
        set.hex(),
        folder -> {
          folder.remove(name.hex());
          return true;
        });
  }

  @Override
  public void removeUnfinished(
      SetName set, long headsUpTo, Predicate<ObjectName> own, Instant before)
      throws ProviderUnavailable {
    Predicate<String> object = name -> UnfinishedName.object(name).filter(own).isPresent();
    Predicate<String> head =
        name ->
            UnfinishedName.head(name)
                .filter(of -> of.set().equals(set) && of.backupNumber() <= headsUpTo)
                .isPresent();
    inside(set.hex(), folder -> removeUnfinished(folder, object, UnfinishedName::isObject, before));
    inside(
        HEADS,
        folder ->
            removeUnfinished(folder, head, name -> UnfinishedName.isHeadOf(set, name), before));
  }

  private static boolean removeUnfinished(
      ProviderFolder folder, Predicate<String> now, Predicate<String> whenOld, Instant before)
      throws IOException {
    for (String name : folder.names(whenOld)) {
      boolean old =
          folder
              .attributes(name)
              .filter(there -> there.lastModifiedTime().toInstant().isBefore(before))
              .isPresent();
      if (old || now.test(name)) {
        folder.remove(name);
      }
    }
    return true;
  }

  @Override
  @Implements({"PRV-9", "DIS-2"})
  public void removeSet(SetName set) throws ProviderUnavailable {
    inside(
        HEADS,
        folder ->
            removeAll(
                folder,
                name ->
                    HeadName.parse(name).filter(head -> head.set().equals(set)).isPresent()
                        || UnfinishedName.isHeadOf(set, name)));
    inside(
        set.hex(),
        folder ->
            removeAll(
                folder,
                name -> ObjectName.parse(name).isPresent() || UnfinishedName.isObject(name)));
    try (ProviderFolder top = ProviderFolder.top(provider, patience)) {
      Optional<ProviderFolder> root = top.child(ROOT);
      if (root.isPresent()) {
        try (ProviderFolder sets = root.get()) {
          observer.reached(DurableStep.Kind.REMOVE, sets.path().resolve(set.hex()));
          sets.removeEmptyChild(set.hex());
          force(sets);
        }
      }
    } catch (IOException failed) {
      throw ProviderStreams.unavailable(failed);
    }
  }

  /** Removes all that can be, then tells of what could not. */
  private boolean removeAll(ProviderFolder folder, Predicate<String> ours) throws IOException {
    Optional<IOException> failure = Optional.empty();
    for (String name : folder.names(ours)) {
      try {
        remove(folder, name);
      } catch (IOException failed) {
        failure = Optional.of(failed);
      }
    }
    force(folder);
    if (failure.isPresent()) {
      throw failure.get();
    }
    return true;
  }

  @Override
  @Implements({"ENR-7", "PRV-6"})
  public List<String> plainCopies() throws ProviderUnavailable {
    try (ProviderFolder top = ProviderFolder.top(provider, patience)) {
      return top.names(PlainCopyNames::matches).stream().sorted().toList();
    } catch (IOException failed) {
      throw ProviderStreams.unavailable(failed);
    }
  }

  /** Works in an open folder. */
  @FunctionalInterface
  private interface Work<R> {
    R in(ProviderFolder folder) throws IOException;
  }

  /** Works in a folder of the provider; nothing when it is missing. */
  private <R> Optional<R> inside(String name, Work<R> work) throws ProviderUnavailable {
    try (ProviderFolder top = ProviderFolder.top(provider, patience)) {
      Optional<ProviderFolder> root = top.child(ROOT);
      if (root.isEmpty()) {
        return Optional.empty();
      }
      try (ProviderFolder sets = root.get()) {
        Optional<ProviderFolder> found = sets.child(name);
        if (found.isEmpty()) {
          return Optional.empty();
        }
        try (ProviderFolder folder = found.get()) {
          return Optional.of(work.in(folder));
        }
      }
    } catch (IOException failed) {
      throw ProviderStreams.unavailable(failed);
    }
  }

  /** A folder of the provider, made where it is missing; the caller closes it. */
  private ProviderFolder made(String name) throws ProviderUnavailable {
    try (ProviderFolder top = ProviderFolder.top(provider, patience);
        ProviderFolder root = made(top, ROOT)) {
      return made(root, name);
    } catch (IOException failed) {
      throw ProviderStreams.unavailable(failed);
    }
  }

  private ProviderFolder made(ProviderFolder parent, String name) throws IOException {
    Optional<ProviderFolder> there = parent.child(name);
    if (there.isPresent()) {
      return there.get();
    }
    parent.makeChild(name);
    force(parent);
    return parent
        .child(name)
        .orElseThrow(() -> new ProviderUnavailable("a folder that was just made is gone"));
  }

  private Optional<InputStream> openFile(ProviderFolder folder, String name) throws IOException {
    Optional<BasicFileAttributes> there =
        folder.attributes(name).filter(BasicFileAttributes::isRegularFile);
    if (there.isEmpty()) {
      return Optional.empty();
    }
    Optional<FileChannel> channel = folder.read(name, there.get());
    return channel.map(opened -> ProviderStreams.fromProvider(opened, patience));
  }

  private void remove(ProviderFolder folder, String name) throws IOException {
    observer.reached(DurableStep.Kind.REMOVE, folder.path().resolve(name));
    folder.remove(name);
  }

  private ObjectAdding adding(ProviderFolder folder) {
    return new ObjectAdding(folder, observer, () -> forcingIsMissing = true);
  }

  private void force(ProviderFolder folder) throws IOException {
    observer.reached(DurableStep.Kind.DIRECTORY_SYNC, folder.path());
    try (FileChannel self = folder.self()) {
      if (!Forcing.force(self)) {
        forcingIsMissing = true;
      }
    }
  }
}
