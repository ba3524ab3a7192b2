package lockstep.oracle;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lockstep.backup.store.BackupStorage;
import lockstep.format.ObjectName;
import lockstep.format.SealedObject;
import lockstep.format.SetName;

/** What a request says that a provider holds: one set and its head, to be read only. */
final class OfferedObjects implements BackupStorage {

  private final Optional<byte[]> head;
  private final Map<ObjectName, byte[]> objects;

  OfferedObjects(Optional<byte[]> head, Map<ObjectName, byte[]> objects) {
    this.head = head;
    this.objects = objects;
  }

  @Override
  public Optional<byte[]> readHead(SetName set) {
    return head.map(byte[]::clone);
  }

  @Override
  public Optional<InputStream> open(SetName set, ObjectName name) {
    return Optional.ofNullable(objects.get(name)).map(ByteArrayInputStream::new);
  }

  @Override
  public Map<ObjectName, Long> list(SetName set) {
    Map<ObjectName, Long> lengths = new HashMap<>();
    objects.forEach((name, bytes) -> lengths.put(name, (long) bytes.length));
    return lengths;
  }

  @Override
  public List<SetName> heads() {
    throw readOnly();
  }

  @Override
  public void replaceHead(SetName set, SealedObject newHead) {
    throw readOnly();
  }

  @Override
  public void removeHead(SetName set) {
    throw readOnly();
  }

  @Override
  public void put(SetName set, ObjectName name, SealedObject object) {
    throw readOnly();
  }

  @Override
  public void settle(SetName set) {
    throw readOnly();
  }

  @Override
  public void remove(SetName set, ObjectName name) {
    throw readOnly();
  }

  @Override
  public void removeUnfinished(SetName set) {
    throw readOnly();
  }

  @Override
  public void removeSet(SetName set) {
    throw readOnly();
  }

  @Override
  public List<String> plainCopies() {
    throw readOnly();
  }

  private static UnsupportedOperationException readOnly() {
    return new UnsupportedOperationException("a verification reads heads and objects only");
  }
}
