package lockstep.adapter.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lockstep.adapter.durable.DurableFiles;
import lockstep.backup.store.ProviderUnavailable;
import lockstep.evidence.TestsFolder;
import lockstep.format.BackupKeys;
import lockstep.format.ContentSource;
import lockstep.format.HeadContent;
import lockstep.format.HeadName;
import lockstep.format.ObjectId;
import lockstep.format.ObjectKind;
import lockstep.format.SealedHead;
import lockstep.format.SealedObject;
import lockstep.format.StoredObject;
import lockstep.keys.RootKey;
import lockstep.spec.Verifies;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/** A directory as the provider. */
final class DirectoryStorageProperties {

  private static final ContentSource CONTENT = sink -> sink.write(new byte[5000]);

  private final SecureRandom random = new SecureRandom();
  private final RootKey rootKey = RootKey.random(random);
  private final BackupKeys keys =
      BackupKeys.derive(rootKey, "alice".getBytes(StandardCharsets.UTF_8));
  private Path provider;
  private DirectoryStorage storage;

  @BeforeTry
  void makeProvider() throws IOException {
    provider = Files.createTempDirectory(TestsFolder.path(), "lockstep-provider");
    storage = new DirectoryStorage(provider);
  }

  @AfterTry
  void removeProvider() throws IOException {
    if (Files.exists(provider)) {
      List<Path> all;
      try (var walked = Files.walk(provider)) {
        all = walked.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path path : all) {
        Files.delete(path);
      }
    }
  }

  private SealedObject object(ObjectId id, ContentSource content) {
    return keys.seal(ObjectKind.DATA, 1, id, random, content);
  }

  private SealedObject head(long number) {
    SealedObject manifest = object(new ObjectId(1, number), CONTENT);
    try {
      manifest.writeTo(java.io.OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    StoredObject stored =
        new StoredObject(
            new ObjectId(1, number), number, manifest.contentBytes(), manifest.digest());
    return SealedHead.seal(keys, random, new HeadContent(Instant.EPOCH, stored));
  }

  private HeadName name(long number) {
    return new HeadName(keys.setName(), number);
  }

  private List<String> everything() throws IOException {
    try (var walked = Files.walk(provider)) {
      return walked
          .filter(Files::isRegularFile)
          .map(path -> provider.relativize(path).toString())
          .sorted()
          .toList();
    }
  }

  @Example
  @Verifies({"OBJ-5~2", "PRV-1"})
  void objectsLieWhereTheSpecSays() throws IOException {
    ObjectId id = new ObjectId(1, 2);
    SealedObject object = object(id, CONTENT);
    storage.put(keys.setName(), keys.nameOf(id), object);
    storage.settle(keys.setName());
    assertThat(storage.addHead(name(12), head(12))).isTrue();
    assertThat(everything())
        .containsExactlyInAnyOrder(
            "lockstep-v1/" + keys.setName() + "/" + keys.nameOf(id),
            "lockstep-v1/heads/" + keys.setName() + ".12");
    assertThat(storage.list(keys.setName())).containsOnlyKeys(keys.nameOf(id));
    assertThat(storage.list(keys.setName()).get(keys.nameOf(id)).lengthBytes())
        .isEqualTo(object.sealedBytes());
    assertThat(storage.heads()).containsExactly(name(12));
  }

  @Example
  @Verifies("OBJ-6~2")
  void aSecondObjectOfANameIsRefused() throws IOException {
    ObjectId id = new ObjectId(1, 2);
    storage.put(keys.setName(), keys.nameOf(id), object(id, CONTENT));
    Path file = provider.resolve(everything().get(0));
    byte[] first = Files.readAllBytes(file);
    assertThatThrownBy(() -> storage.put(keys.setName(), keys.nameOf(id), object(id, CONTENT)))
        .isInstanceOf(ProviderUnavailable.class);
    assertThat(file).hasBinaryContent(first);
    assertThat(everything()).hasSize(1);
  }

  @Property(tries = 40)
  @Verifies("OBJ-6~2")
  void whatIsPutFirstUnderANameStays(@ForAll List<@IntRange(min = 1, max = 4) Integer> names)
      throws IOException {
    Map<Integer, String> first = new TreeMap<>();
    for (int name : names) {
      ObjectId id = new ObjectId(1, name);
      boolean refused = false;
      try {
        storage.put(keys.setName(), keys.nameOf(id), object(id, CONTENT));
      } catch (ProviderUnavailable held) {
        refused = true;
      }
      assertThat(refused).isEqualTo(first.containsKey(name));
      Path file = provider.resolve("lockstep-v1/" + keys.setName() + "/" + keys.nameOf(id));
      String now = Arrays.toString(Files.readAllBytes(file));
      assertThat(now).isEqualTo(first.computeIfAbsent(name, n -> now));
    }
    assertThat(everything()).hasSize(first.size());
  }

  @Example
  @Verifies("PRV-1")
  void anObjectWhoseContentFailsIsNeverVisible() throws IOException {
    ObjectId id = new ObjectId(1, 2);
    IOException unreadable = new IOException("unreadable");
    ContentSource failing =
        sink -> {
          sink.write(new byte[300_000]);
          assertThat(storage.list(keys.setName())).isEmpty();
          throw unreadable;
        };
    assertThatThrownBy(() -> storage.put(keys.setName(), keys.nameOf(id), object(id, failing)))
        .isSameAs(unreadable);
    assertThat(everything()).isEmpty();
  }

  @Example
  @Verifies({"PRV-7~3", "PRV-9"})
  void unfinishedObjectsAreNotListedAndGoWhenTheyAreOnesOwnOrOld() throws IOException {
    ObjectId id = new ObjectId(1, 2);
    ObjectId stranger = new ObjectId(1, 3);
    ObjectId dead = new ObjectId(1, 4);
    storage.put(keys.setName(), keys.nameOf(id), object(id, CONTENT));
    storage.addHead(name(3), head(3));
    List<String> before = everything();
    Path set = provider.resolve("lockstep-v1").resolve(keys.setName().hex());
    Path heads = set.resolveSibling("heads");
    String head = ".unfinished-" + keys.setName();
    Files.write(set.resolve(".unfinished-" + keys.nameOf(id)), new byte[10]);
    Files.write(heads.resolve(head + ".3-a"), new byte[10]);
    Path old = Files.write(set.resolve(".unfinished-" + keys.nameOf(dead)), new byte[10]);
    Files.setLastModifiedTime(old, FileTime.from(Instant.EPOCH));
    List<Path> others =
        List.of(
            Files.write(set.resolve(".unfinished-" + keys.nameOf(stranger)), new byte[10]),
            Files.write(set.resolve(".unfinished-report"), new byte[10]),
            Files.write(heads.resolve(head + ".4-a"), new byte[10]),
            Files.write(heads.resolve(".unfinished-" + keys.nameOf(id) + ".1-a"), new byte[10]));
    Files.setLastModifiedTime(others.get(1), FileTime.from(Instant.EPOCH));
    assertThat(storage.list(keys.setName())).hasSize(1);
    assertThat(storage.heads()).hasSize(1);
    storage.removeUnfinished(
        keys.setName(), 3, keys.nameOf(id)::equals, Instant.parse("2000-01-01T00:00:00Z"));
    for (Path other : others) {
      assertThat(other).exists();
      Files.delete(other);
    }
    assertThat(everything()).isEqualTo(before);
  }

  @Example
  void aSetIsRemovedWhole() throws IOException {
    for (int i = 0; i < 5; i++) {
      ObjectId id = new ObjectId(1, i);
      storage.put(keys.setName(), keys.nameOf(id), object(id, CONTENT));
    }
    storage.removeSet(keys.setName());
    storage.removeSet(keys.setName());
    assertThat(everything()).isEmpty();
    assertThat(storage.list(keys.setName())).isEmpty();
  }

  @Example
  @Verifies("PRV-4~2")
  void aMissingProviderIsUnavailableAndNotMade() throws IOException {
    Files.delete(provider);
    ObjectId id = new ObjectId(1, 2);
    assertThatThrownBy(() -> storage.readHead(name(1))).isInstanceOf(ProviderUnavailable.class);
    assertThatThrownBy(() -> storage.list(keys.setName())).isInstanceOf(ProviderUnavailable.class);
    assertThatThrownBy(() -> storage.put(keys.setName(), keys.nameOf(id), object(id, CONTENT)))
        .isInstanceOf(ProviderUnavailable.class);
    assertThatThrownBy(() -> storage.addHead(name(1), head(1)))
        .isInstanceOf(ProviderUnavailable.class);
    assertThatThrownBy(() -> storage.plainCopies()).isInstanceOf(ProviderUnavailable.class);
    assertThat(provider).doesNotExist();
    DirectoryStorage.create(provider, new DurableFiles());
    assertThat(storage.readHead(name(1))).isEmpty();
  }

  @Example
  @Verifies({"PRV-6", "ENR-7"})
  void plainCopiesAreFoundByName() throws IOException {
    List<String> plain =
        List.of(
            "ChatStorage.sqlite",
            "ChatStorage.sqlite-wal",
            "MobileSync",
            "MSGSTORE.DB",
            "chat-backup-2020.zip",
            "device-backup",
            "mine.plain-backup",
            "msgstore-2020-01-01.1.db",
            "msgstore.db");
    for (String name : plain) {
      Files.createFile(provider.resolve(name));
    }
    for (String name :
        List.of("msgstore.db.crypt15", "notes.txt", "lockstep-v1", "my-msgstore.db", "plain")) {
      Files.createFile(provider.resolve(name));
    }
    assertThat(storage.plainCopies()).containsExactlyInAnyOrderElementsOf(plain);
  }
}
