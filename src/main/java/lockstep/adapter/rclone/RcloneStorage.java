package lockstep.adapter.rclone;

import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import lockstep.adapter.storage.FromProvider;
import lockstep.adapter.storage.HeadClaim;
import lockstep.adapter.storage.PlainCopyNames;
import lockstep.adapter.storage.UnfinishedName;
import lockstep.backup.store.BackupStorage;
import lockstep.backup.store.ProviderUnavailable;
import lockstep.format.HeadName;
import lockstep.format.ObjectName;
import lockstep.format.SealedObject;
import lockstep.format.SetName;
import lockstep.spec.Decides;
import lockstep.spec.Implements;

/**
 * A provider that rclone reaches: a cloud drive, a WebDAV or SFTP server, an object store.
 *
 * <p>An object is uploaded under its unfinished name and moved to its own once rclone has taken all
 * of it (PRV-13); a head is claimed first (PRV-12). The rclone runs until this is closed (PRV-11).
 */
@Decides("PRV-13")
@Implements({"PRV-1", "PRV-3", "PRV-4~2", "PRV-9"})
public final class RcloneStorage implements BackupStorage, AutoCloseable {

  private static final String ROOT = "lockstep-v1";
  private static final String HEADS = "heads";

  private final RcloneProcess process;
  private final HeadClaim.Pace pace;
  private final Set<String> made = ConcurrentHashMap.newKeySet();

  RcloneStorage(RcloneProcess process, HeadClaim.Pace pace) {
    this.process = process;
    this.pace = pace;
  }

  /**
   * Starts rclone for a remote, such as {@code drive:backup}.
   *
   * @param environment of the process that is started; its {@code PATH} is where rclone is looked
   *     for
   * @throws ProviderUnavailable when rclone is missing, too old, or does not start
   */
  public static RcloneStorage open(String remote, Map<String, String> environment)
      throws ProviderUnavailable {
    return new RcloneStorage(
        RcloneProcess.start(remote, environment, new SecureRandom()), HeadClaim.Pace.USUAL);
  }

  /** Makes the remote's folder where it is missing; for enabling only. */
  public void createRoot() throws ProviderUnavailable {
    folder("").make();
  }

  @Override
  public List<HeadName> heads() throws ProviderUnavailable {
    TreeSet<HeadName> found = new TreeSet<>();
    for (RcloneFolder.Entry entry : entries(HEADS)) {
      HeadName.parse(entry.name()).ifPresent(found::add);
    }
    return List.copyOf(found);
  }

  @Override
  @Implements("BAK-12~2")
  public Optional<byte[]> readHead(HeadName head) throws ProviderUnavailable {
    RcloneCalls.Reply<RcloneCalls.Opened> reply = in(HEADS).open(head.toString(), 0);
    if (reply.isMissing()) {
      return Optional.empty();
    }
    if (reply.isNoFile()) {
      return Optional.of(new byte[0]);
    }
    try (InputStream in = reply.orUnavailable().in()) {
      return Optional.of(in.readNBytes(MAX_HEAD_BYTES));
    } catch (IOException failed) {
      throw FromProvider.unavailable(failed);
    }
  }

  @Override
  public boolean addHead(HeadName head, SealedObject sealed) throws IOException {
    return new HeadClaim(new RcloneClaims(made(HEADS)), head, pace).make(sealed);
  }

  @Override
  public void removeHead(HeadName head) throws ProviderUnavailable {
    in(HEADS).remove(head.toString());
  }

  @Override
  @Implements("OBJ-6~2")
  public void put(SetName set, ObjectName name, SealedObject object) throws IOException {
    RcloneFolder folder = made(set.hex());
    if (folder.has(name.hex())) {
      throw new ProviderUnavailable("something already has the name of a new object");
    }
    String unfinished = UnfinishedName.of(name);
    boolean whole = false;
    try {
      folder.upload(unfinished, object::writeTo);
      folder.move(unfinished, name.hex());
      whole = true;
    } finally {
      if (!whole) {
        removeQuietly(folder, unfinished);
      }
    }
  }

  /** Where it cannot be removed now, the next backup removes it (PRV-7). */
  private static void removeQuietly(RcloneFolder folder, String unfinished) {
    try {
      folder.remove(unfinished);
    } catch (ProviderUnavailable later) {
      return;
    }
  }

  /** What rclone has answered for is the server's to keep. */
  @Override
  public void settle(SetName set) {}

  @Override
  public Optional<InputStream> open(SetName set, ObjectName name) throws ProviderUnavailable {
    RcloneFolder folder = in(set.hex());
    RcloneCalls.Reply<RcloneCalls.Opened> reply = folder.open(name.hex(), 0);
    if (reply.isMissing() || reply.isNoFile()) {
      return Optional.empty();
    }
    RcloneCalls.Opened opened = reply.orUnavailable();
    return Optional.of(
        new FromProvider(
            opened.in(),
            opened.lengthBytes(),
            offset -> folder.open(name.hex(), offset).orUnavailable().in()));
  }

  @Override
  public Map<ObjectName, Listed> list(SetName set) throws ProviderUnavailable {
    Map<ObjectName, Listed> found = new HashMap<>();
    for (RcloneFolder.Entry entry : entries(set.hex())) {
      if (!entry.isFolder()) {
        ObjectName.parse(entry.name())
            .ifPresent(name -> found.put(name, new Listed(entry.lengthBytes(), entry.storedAt())));
      }
    }
    return found;
  }

  @Override
  public void remove(SetName set, ObjectName name) throws ProviderUnavailable {
    in(set.hex()).remove(name.hex());
  }

  @Override
  @Implements("PRV-7~3")
  public void removeUnfinished(
      SetName set, long headsUpTo, Predicate<ObjectName> own, Instant before)
      throws ProviderUnavailable {
    Predicate<String> object = name -> UnfinishedName.object(name).filter(own).isPresent();
    Predicate<String> head =
        name ->
            UnfinishedName.head(name)
                .filter(of -> of.set().equals(set) && of.backupNumber() <= headsUpTo)
                .isPresent();
    removeUnfinished(set.hex(), object, UnfinishedName::isObject, before);
    removeUnfinished(HEADS, head, name -> UnfinishedName.isHeadOf(set, name), before);
  }

  private void removeUnfinished(
      String folder, Predicate<String> now, Predicate<String> whenOld, Instant before)
      throws ProviderUnavailable {
    for (RcloneFolder.Entry entry : entries(folder)) {
      String name = entry.name();
      if (now.test(name) || (whenOld.test(name) && entry.storedAt().isBefore(before))) {
        in(folder).remove(name);
      }
    }
  }

  @Override
  @Implements({"PRV-9", "DIS-2"})
  public void removeSet(SetName set) throws ProviderUnavailable {
    removeAll(
        HEADS,
        name ->
            HeadName.parse(name).filter(head -> head.set().equals(set)).isPresent()
                || UnfinishedName.isHeadOf(set, name));
    removeAll(
        set.hex(), name -> ObjectName.parse(name).isPresent() || UnfinishedName.isObject(name));
    in(set.hex()).removeIfEmpty();
    made.remove(set.hex());
  }

  /** Removes all that can be, then tells of what could not. */
  private void removeAll(String folder, Predicate<String> ours) throws ProviderUnavailable {
    Optional<ProviderUnavailable> failure = Optional.empty();
    for (RcloneFolder.Entry entry : entries(folder)) {
      if (!entry.isFolder() && ours.test(entry.name())) {
        try {
          in(folder).remove(entry.name());
        } catch (ProviderUnavailable failed) {
          failure = Optional.of(failed);
        }
      }
    }
    if (failure.isPresent()) {
      throw failure.get();
    }
  }

  @Override
  @Implements({"ENR-7", "PRV-6"})
  public List<String> plainCopies() throws ProviderUnavailable {
    return top().stream()
        .map(RcloneFolder.Entry::name)
        .filter(PlainCopyNames::matches)
        .sorted()
        .toList();
  }

  @Override
  public void close() {
    process.close();
  }

  private RcloneFolder in(String name) {
    return folder(ROOT + "/" + name);
  }

  private RcloneFolder folder(String path) {
    return new RcloneFolder(process.calls(), path);
  }

  /** What lies in a folder of ours; nothing where it is missing and the remote's own is there. */
  private List<RcloneFolder.Entry> entries(String name) throws ProviderUnavailable {
    Optional<List<RcloneFolder.Entry>> found = in(name).entries();
    if (found.isEmpty()) {
      top();
    }
    return found.orElse(List.of());
  }

  private List<RcloneFolder.Entry> top() throws ProviderUnavailable {
    return folder("")
        .entries()
        .orElseThrow(() -> new ProviderUnavailable("there is no such folder at the remote"));
  }

  // Made before the first upload, for of two uploads at once each might make one of its own.
  private RcloneFolder made(String name) throws ProviderUnavailable {
    RcloneFolder folder = in(name);
    synchronized (made) {
      if (!made.contains(name)) {
        if (made.isEmpty()) {
          top();
        }
        folder.make();
        made.add(name);
      }
    }
    return folder;
  }
}
