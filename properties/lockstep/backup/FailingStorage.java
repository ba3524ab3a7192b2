package lockstep.backup;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import lockstep.backup.store.BackupStorage;
import lockstep.backup.store.ProviderUnavailable;
import lockstep.format.HeadName;
import lockstep.format.ObjectName;
import lockstep.format.SealedObject;
import lockstep.format.SetName;

/**
 * A provider that is gone from its k-th operation on, with or without having done that one. When it
 * goes it loses every object whose name was not settled, as a disk may.
 */
public final class FailingStorage implements BackupStorage {

  private final BackupStorage storage;
  private final boolean lastOneIsDone;
  private final boolean losing;
  private final Set<ObjectName> unsettled = new HashSet<>();
  private int operationsLeft;
  private boolean gone;
  private int puts;
  private int opens;

  /** A provider that loses what was not settled. */
  public FailingStorage(BackupStorage storage, int operationsLeft, boolean lastOneIsDone) {
    this(storage, operationsLeft, lastOneIsDone, true);
  }

  public FailingStorage(
      BackupStorage storage, int operationsLeft, boolean lastOneIsDone, boolean losing) {
    this.storage = storage;
    this.losing = losing;
    this.operationsLeft = operationsLeft;
    this.lastOneIsDone = lastOneIsDone;
  }

  public boolean isGone() {
    return gone;
  }

  /** How many objects were stored. */
  public synchronized int objectsStored() {
    return puts;
  }

  public synchronized int objectsOpened() {
    return opens;
  }

  private interface Operation<R> {
    R run() throws IOException;
  }

  private synchronized <R> R count(SetName set, Operation<R> operation) throws IOException {
    if (gone) {
      throw new ProviderUnavailable("gone");
    }
    if (operationsLeft-- > 0) {
      return operation.run();
    }
    gone = true;
    if (lastOneIsDone) {
      operation.run();
    }
    if (losing) {
      for (ObjectName name : unsettled) {
        storage.remove(set, name);
      }
    }
    throw new ProviderUnavailable("gone");
  }

  private <R> R atProvider(SetName set, Operation<R> operation) throws ProviderUnavailable {
    try {
      return count(set, operation);
    } catch (ProviderUnavailable e) {
      throw e;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public Optional<byte[]> readHead(HeadName head) throws ProviderUnavailable {
    return atProvider(head.set(), () -> storage.readHead(head));
  }

  @Override
  public boolean addHead(HeadName head, SealedObject sealed) throws IOException {
    return count(head.set(), () -> storage.addHead(head, sealed));
  }

  @Override
  public void removeHead(HeadName head) throws ProviderUnavailable {
    atProvider(
        head.set(),
        () -> {
          storage.removeHead(head);
          return true;
        });
  }

  @Override
  public List<HeadName> heads() throws ProviderUnavailable {
    return storage.heads();
  }

  @Override
  public void put(SetName set, ObjectName name, SealedObject object) throws IOException {
    count(
        set,
        () -> {
          storage.put(set, name, object);
          unsettled.add(name);
          puts++;
          return true;
        });
  }

  @Override
  public void settle(SetName set) throws ProviderUnavailable {
    atProvider(
        set,
        () -> {
          storage.settle(set);
          unsettled.clear();
          return true;
        });
  }

  @Override
  public Optional<InputStream> open(SetName set, ObjectName name) throws ProviderUnavailable {
    return atProvider(
        set,
        () -> {
          opens++;
          return storage.open(set, name);
        });
  }

  @Override
  public Map<ObjectName, Listed> list(SetName set) throws ProviderUnavailable {
    return atProvider(set, () -> storage.list(set));
  }

  @Override
  public void remove(SetName set, ObjectName name) throws ProviderUnavailable {
    atProvider(
        set,
        () -> {
          storage.remove(set, name);
          return true;
        });
  }

  @Override
  public void removeUnfinished(
      SetName set, long headsUpTo, Predicate<ObjectName> own, Instant before)
      throws ProviderUnavailable {
    atProvider(
        set,
        () -> {
          storage.removeUnfinished(set, headsUpTo, own, before);
          return true;
        });
  }

  @Override
  public void removeSet(SetName set) throws ProviderUnavailable {
    storage.removeSet(set);
  }

  @Override
  public List<String> plainCopies() throws ProviderUnavailable {
    return storage.plainCopies();
  }
}
