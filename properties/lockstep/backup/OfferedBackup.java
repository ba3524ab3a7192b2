package lockstep.backup;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import lockstep.backup.store.BackupStorage;
import lockstep.format.HeadName;
import lockstep.format.ObjectName;
import lockstep.format.SealedHead;
import lockstep.format.SetName;

/**
 * What the provider of a trace of {@code backup.als} offers a restore: any head that ever stood,
 * and whatever it kept, under whatever name; and what the model says of it.
 */
final class OfferedBackup {

  private final Map<String, String> still;
  private final Map<ObjectName, String> objects;
  private final Map<ObjectName, String> manifests;
  private final Map<String, byte[]> heads = new HashMap<>();
  private final Map<ObjectName, byte[]> kept = new HashMap<>();

  OfferedBackup(
      Map<String, String> still,
      Map<ObjectName, String> objects,
      Map<ObjectName, String> manifests) {
    this.still = still;
    this.objects = objects;
    this.manifests = manifests;
  }

  void keepHead(String backup, World world) throws IOException {
    heads.put(backup, world.headBytes().orElseThrow());
  }

  void keepObjects(World world) throws IOException {
    for (ObjectName name : world.storage.list(world.keys.setName()).keySet()) {
      if (!kept.containsKey(name)) {
        try (InputStream stored = world.storage.open(world.keys.setName(), name).orElseThrow()) {
          kept.put(name, stored.readAllBytes());
        }
      }
    }
  }

  /** Whose head that is. */
  Optional<String> headOf(Optional<byte[]> head) {
    return head.map(
        bytes ->
            heads.entrySet().stream()
                .filter(entry -> Arrays.equals(entry.getValue(), bytes))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("unknown"));
  }

  /** The files of the backup on offer. */
  Set<String> files() {
    return BackupTrace.pairs(still, "Backup.objs").getOrDefault(top().orElse(""), Set.of());
  }

  /** Whether the model accepts it. */
  boolean isAccepted() {
    return still.containsKey("Offer.accepted");
  }

  /** The provider's storage, with the offer in place of what it holds. */
  BackupStorage storage(BackupStorage behind) {
    return (BackupStorage)
        Proxy.newProxyInstance(
            BackupStorage.class.getClassLoader(),
            new Class<?>[] {BackupStorage.class},
            (self, method, arguments) -> {
              if (method.getName().equals("heads")) {
                return top()
                    .map(heads::get)
                    .map(bytes -> nameOf((SetName) arguments[0], bytes))
                    .map(List::of)
                    .orElse(List.of());
              }
              if (method.getName().equals("readHead")) {
                return top().map(heads::get);
              }
              if (method.getName().equals("open")) {
                return bytes((ObjectName) arguments[1]).map(ByteArrayInputStream::new);
              }
              try {
                return method.invoke(behind, arguments);
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
            });
  }

  private static HeadName nameOf(SetName set, byte[] head) {
    return new HeadName(set, SealedHead.parse(head).orElseThrow().backupNumber());
  }

  private Optional<byte[]> bytes(ObjectName name) {
    if (manifests.containsKey(name)) {
      return shown().contains(manifests.get(name)) ? Optional.of(kept.get(name)) : Optional.empty();
    }
    String wanted = objects.get(name);
    Set<String> given = given(wanted);
    if (given.contains(wanted)) {
      return Optional.of(kept.get(name));
    }
    return objects.entrySet().stream()
        .filter(entry -> given.contains(entry.getValue()))
        .map(entry -> kept.get(entry.getKey()))
        .findFirst();
  }

  /** The objects, none or one, whose bytes stand under that object's name. */
  private Set<String> given(String object) {
    Set<String> given = new TreeSet<>();
    for (String triple : BackupTrace.set(still, "Offer.content")) {
      List<String> atoms = List.of(triple.split(">", -1));
      if (atoms.get(1).equals(object)) {
        given.add(atoms.get(2));
      }
    }
    return given;
  }

  private Set<String> shown() {
    return BackupTrace.pairs(still, "Offer.shown").values().stream()
        .findFirst()
        .orElseGet(TreeSet::new);
  }

  private Optional<String> top() {
    return BackupTrace.pairs(still, "Offer.top").values().stream()
        .findFirst()
        .map(tops -> tops.iterator().next());
  }
}
