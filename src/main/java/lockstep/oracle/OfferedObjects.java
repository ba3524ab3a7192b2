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
import lockstep.spec.Implements;

/** What a request says that a provider holds: sets and heads, to be read only. */
final class OfferedObjects implements BackupStorage {

  private static final String HEADS = "heads";

  private final Map<HeadName, byte[]> heads;
  private final Map<SetName, Map<ObjectName, byte[]>> sets;

  OfferedObjects(Map<HeadName, byte[]> heads, Map<SetName, Map<ObjectName, byte[]>> sets) {
    this.heads = heads;
    this.sets = sets;
  }

  /**
   * The files of a provider by their paths below {@code lockstep-v1}. What has no name of OBJ-5 is
   * passed over, as in a folder (PRV-9).
   */
  @Implements("ORC-10")
  static OfferedObjects of(Fields files) {
    Map<HeadName, byte[]> heads = new HashMap<>();
    Map<SetName, Map<ObjectName, byte[]>> sets = new HashMap<>();
    for (String path : files.names()) {
      byte[] bytes = files.bytes(path);
      int slash = path.indexOf('/');
      String folder = path.substring(0, Math.max(slash, 0));
      String name = path.substring(slash + 1);
      if (folder.equals(HEADS)) {
        HeadName.parse(name).ifPresent(head -> heads.put(head, bytes));
        continue;
      }
      Optional<ObjectName> object = ObjectName.parse(name);
      SetName.parse(folder)
          .filter(set -> object.isPresent())
          .map(set -> sets.computeIfAbsent(set, any -> new HashMap<>()))
          .ifPresent(set -> set.put(object.orElseThrow(), bytes));
    }
    return new OfferedObjects(heads, sets);
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
    return Optional.ofNullable(objects(set).get(name)).map(ByteArrayInputStream::new);
  }

  @Override
  public Map<ObjectName, Listed> list(SetName set) {
    Map<ObjectName, Listed> listed = new HashMap<>();
    objects(set)
        .forEach((name, bytes) -> listed.put(name, new Listed(bytes.length, Instant.EPOCH)));
    return listed;
  }

  private Map<ObjectName, byte[]> objects(SetName set) {
    return sets.getOrDefault(set, Map.of());
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
