package lockstep.backup;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import lockstep.backup.store.BackupStorage;
import lockstep.backup.store.ProviderUnavailable;
import lockstep.format.HeadName;
import lockstep.format.ObjectName;
import lockstep.format.SealedObject;
import lockstep.format.SetName;

/** A provider at which something else happens just before one of a device's operations. */
public final class InterruptedStorage implements BackupStorage {

  /** What happens. */
  @FunctionalInterface
  public interface Event {
    void happen() throws IOException;
  }

  private final BackupStorage storage;
  private final String operation;
  private final Event event;
  private int operationsLeft;

  /** It happens before the operation of that number, counted from 0. */
  public InterruptedStorage(BackupStorage storage, int number, Event event) {
    this(storage, "", number, event);
  }

  /** It happens before the first operation of that name. */
  public InterruptedStorage(BackupStorage storage, String operation, Event event) {
    this(storage, operation, 0, event);
  }

  /** It happens before the operation of that name and number. */
  public InterruptedStorage(BackupStorage storage, String operation, int number, Event event) {
    this.storage = storage;
    this.operation = operation;
    this.operationsLeft = number;
    this.event = event;
  }

  private synchronized BackupStorage before(String name) throws ProviderUnavailable {
    if ((operation.isEmpty() || operation.equals(name)) && operationsLeft-- == 0) {
      try {
        event.happen();
      } catch (ProviderUnavailable unavailable) {
        throw unavailable;
      } catch (IOException failed) {
        throw new AssertionError(failed);
      }
    }
    return storage;
  }

  @Override
  public List<HeadName> heads() throws ProviderUnavailable {
    return before("heads").heads();
  }

  @Override
  public Optional<byte[]> readHead(HeadName head) throws ProviderUnavailable {
    return before("readHead").readHead(head);
  }

  @Override
  public boolean addHead(HeadName head, SealedObject sealed) throws IOException {
    return before("addHead").addHead(head, sealed);
  }

  @Override
  public void removeHead(HeadName head) throws ProviderUnavailable {
    before("removeHead").removeHead(head);
  }

  @Override
  public void put(SetName set, ObjectName name, SealedObject object) throws IOException {
    before("put").put(set, name, object);
  }

  @Override
  public void settle(SetName set) throws ProviderUnavailable {
    before("settle").settle(set);
  }

  @Override
  public Optional<InputStream> open(SetName set, ObjectName name) throws ProviderUnavailable {
    return before("open").open(set, name);
  }

  @Override
  public Map<ObjectName, Listed> list(SetName set) throws ProviderUnavailable {
    return before("list").list(set);
  }

  @Override
  public void remove(SetName set, ObjectName name) throws ProviderUnavailable {
    before("remove").remove(set, name);
  }

  @Override
  public void removeUnfinished(
      SetName set, long headsUpTo, Predicate<ObjectName> own, Instant before)
      throws ProviderUnavailable {
    before("removeUnfinished").removeUnfinished(set, headsUpTo, own, before);
  }

  @Override
  public void removeSet(SetName set) throws ProviderUnavailable {
    before("removeSet").removeSet(set);
  }

  @Override
  public List<String> plainCopies() throws ProviderUnavailable {
    return before("plainCopies").plainCopies();
  }
}
