package lockstep.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import lockstep.adapter.storage.DirectoryStorage;
import lockstep.backup.store.BackupStorage;
import lockstep.backup.store.ProviderUnavailable;
import lockstep.format.HeadName;
import lockstep.format.ObjectName;
import lockstep.format.SealedObject;
import lockstep.format.SetName;

/**
 * A provider that keeps all that it is given and, for some of a device's operations, shows
 * something else: nothing, what it had earlier, other lengths, or an error. Then it is honest
 * again.
 */
public final class ShiftingStorage implements BackupStorage {

  /** What it does meanwhile. */
  public enum Lie {
    HIDES,
    HIDES_HEADS,
    HIDES_OBJECTS,
    SHOWS_EARLIER,
    LISTS_OTHER_LENGTHS,
    FAILS
  }

  private final BackupStorage real;
  private final BackupStorage nothing;
  private final BackupStorage earlier;
  private final Lie lie;
  private final int from;
  private final int to;
  private int operations;

  /** It lies in the operations from {@code from} on, {@code length} of them. */
  public ShiftingStorage(Path provider, Path empty, Path earlier, Lie lie, int from, int length) {
    this.real = new DirectoryStorage(provider);
    this.nothing = new DirectoryStorage(empty);
    this.earlier = new DirectoryStorage(earlier);
    this.lie = lie;
    this.from = from;
    this.to = from + length;
  }

  /** Whether it came to lie. */
  public synchronized boolean hasLied() {
    return operations > from;
  }

  private synchronized boolean liesNow() throws ProviderUnavailable {
    int now = operations++;
    boolean lies = now >= from && now < to;
    if (lies && lie == Lie.FAILS) {
      throw new ProviderUnavailable("it fails");
    }
    return lies;
  }

  private BackupStorage shown(boolean heads) throws ProviderUnavailable {
    if (!liesNow()) {
      return real;
    }
    return switch (lie) {
      case HIDES -> nothing;
      case HIDES_HEADS -> heads ? nothing : real;
      case HIDES_OBJECTS -> heads ? real : nothing;
      case SHOWS_EARLIER -> earlier;
      case LISTS_OTHER_LENGTHS, FAILS -> real;
    };
  }

  /** What is written and removed is written and removed; it can only fail. */
  private BackupStorage kept() throws ProviderUnavailable {
    liesNow();
    return real;
  }

  @Override
  public List<HeadName> heads() throws ProviderUnavailable {
    return shown(true).heads();
  }

  @Override
  public Optional<byte[]> readHead(HeadName head) throws ProviderUnavailable {
    return shown(true).readHead(head);
  }

  @Override
  public Optional<InputStream> open(SetName set, ObjectName name) throws ProviderUnavailable {
    return shown(false).open(set, name);
  }

  @Override
  public Map<ObjectName, Listed> list(SetName set) throws ProviderUnavailable {
    boolean lengthens;
    synchronized (this) {
      lengthens = lie == Lie.LISTS_OTHER_LENGTHS && operations >= from && operations < to;
    }
    Map<ObjectName, Listed> listed = shown(false).list(set);
    return lengthens
        ? listed.entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    entry ->
                        new Listed(
                            entry.getValue().lengthBytes() + 1, entry.getValue().storedAt())))
        : listed;
  }

  @Override
  public boolean addHead(HeadName head, SealedObject sealed) throws IOException {
    return kept().addHead(head, sealed);
  }

  @Override
  public void removeHead(HeadName head) throws ProviderUnavailable {
    kept().removeHead(head);
  }

  @Override
  public void put(SetName set, ObjectName name, SealedObject object) throws IOException {
    kept().put(set, name, object);
  }

  @Override
  public void settle(SetName set) throws ProviderUnavailable {
    kept().settle(set);
  }

  @Override
  public void remove(SetName set, ObjectName name) throws ProviderUnavailable {
    kept().remove(set, name);
  }

  @Override
  public void removeUnfinished(
      SetName set, long headsUpTo, Predicate<ObjectName> own, Instant before)
      throws ProviderUnavailable {
    kept().removeUnfinished(set, headsUpTo, own, before);
  }

  @Override
  public void removeSet(SetName set) throws ProviderUnavailable {
    kept().removeSet(set);
  }

  @Override
  public List<String> plainCopies() throws ProviderUnavailable {
    return shown(false).plainCopies();
  }
}
