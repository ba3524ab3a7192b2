package lockstep.oracle;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import lockstep.backup.store.BackupStorage;
import lockstep.format.HeadName;
import lockstep.format.ObjectName;
import lockstep.format.SealedObject;
import lockstep.format.SetName;

/** What a request says that a provider holds: one set and its heads, to be read only. */
final class OfferedObjects implements BackupStorage {

  private final Map<HeadName, byte[]> heads;
  private final Map<ObjectName, byte[]> objects;

  OfferedObjects(Map<HeadName, byte[]> heads, Map<ObjectName, byte[]> objects) {
    this.heads = heads;
    this.objects = objects;
  }

  @Override
  public List<HeadName> heads() {
    return heads.keySet().stream().sorted().toList();
  }

  @Override
  public Optional<byte[]> readHead(HeadName head) {
    return Optional.ofNullable(heads.get(head)).map(byte[]::clone);
  }

  @Override
  public Optional<InputStream> open(SetName set, ObjectName name) {
    return Optional.ofNullable(objects.get(name)).map(ByteArrayInputStream::new);
  }

  @Override
  public Map<ObjectName, Listed> list(SetName set) {
    Map<ObjectName, Listed> listed = new HashMap<>();
    objects.forEach((name, bytes) -> listed.put(name, new Listed(bytes.length, Instant.EPOCH)));
    return listed;
  }

  @Override
  public boolean addHead(HeadName head, SealedObject sealed) {
    throw readOnly();
  }

  @Override
  public void removeHead(HeadName head) {
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
  public void removeUnfinished(
      SetName set, long headsUpTo, Predicate<ObjectName> own, Instant before) {
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
