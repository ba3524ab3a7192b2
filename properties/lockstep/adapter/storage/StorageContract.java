package lockstep.adapter.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import lockstep.backup.store.BackupStorage;
import lockstep.backup.store.ProviderUnavailable;
import lockstep.format.BackupKeys;
import lockstep.format.ContentSource;
import lockstep.format.HeadContent;
import lockstep.format.HeadName;
import lockstep.format.ObjectId;
import lockstep.format.ObjectKind;
import lockstep.format.ObjectName;
import lockstep.format.SealedDigest;
import lockstep.format.SealedHead;
import lockstep.format.SealedObject;
import lockstep.format.StoredObject;
import lockstep.keys.RootKey;
import lockstep.spec.Verifies;
import net.jqwik.api.Example;

/**
 * What {@link BackupStorage} promises, asked of an adapter. An adapter's own class extends this one
 * and gives two devices' access to one provider that is empty.
 */
public abstract class StorageContract {

  private static final int MANY = 1500;
  private static final int DEVICES = 8;

  private final SecureRandom random = new SecureRandom();
  private final RootKey rootKey = RootKey.random(random);
  protected final BackupKeys keys =
      BackupKeys.derive(rootKey, "alice".getBytes(StandardCharsets.UTF_8));

  /** One device's access to the provider of this try. */
  protected abstract BackupStorage device();

  /** How many objects a set is filled with. */
  protected int many() {
    return MANY;
  }

  protected final SealedObject object(long number, ContentSource content) {
    return keys.seal(ObjectKind.DATA, 1, new ObjectId(1, number), random, content);
  }

  protected final ObjectName name(long number) {
    return keys.nameOf(new ObjectId(1, number));
  }

  protected final HeadName headName(long number) {
    return new HeadName(keys.setName(), number);
  }

  protected final SealedObject head(long number) {
    StoredObject manifest =
        new StoredObject(
            new ObjectId(2, number),
            number,
            10,
            SealedDigest.of(new byte[SealedDigest.LENGTH_BYTES]));
    return SealedHead.seal(keys, random, new HeadContent(Instant.EPOCH, manifest));
  }

  @Example
  @Verifies("PRV-1")
  void anObjectIsWholeOrAbsent() throws IOException {
    IOException unreadable = new IOException("unreadable");
    assertThatThrownBy(
            () ->
                device()
                    .put(
                        keys.setName(),
                        name(1),
                        object(
                            1,
                            sink -> {
                              sink.write(new byte[400_000]);
                              throw unreadable;
                            })))
        .isSameAs(unreadable);
    assertThat(device().list(keys.setName())).isEmpty();
    assertThat(device().open(keys.setName(), name(1))).isEmpty();
    SealedObject whole = object(1, sink -> sink.write(new byte[400_000]));
    device().put(keys.setName(), name(1), whole);
    device().settle(keys.setName());
    try (InputStream in = device().open(keys.setName(), name(1)).orElseThrow()) {
      assertThat(in.readAllBytes()).hasSize((int) whole.sealedBytes());
    }
  }

  @Example
  @Verifies({"PRV-2~2", "OBJ-6~2"})
  void ofManyDevicesThatMakeOneHeadExactlyOneMakesItAndNothingIsReplaced() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(DEVICES);
    try {
      for (long number = 1; number <= 20; number++) {
        HeadName contested = headName(number);
        CyclicBarrier together = new CyclicBarrier(DEVICES);
        List<Future<Boolean>> made = new ArrayList<>();
        for (int i = 0; i < DEVICES; i++) {
          BackupStorage device = device();
          SealedObject head = head(number);
          made.add(
              threads.submit(
                  () -> {
                    together.await();
                    return device.addHead(contested, head);
                  }));
        }
        int winners = 0;
        for (Future<Boolean> one : made) {
          winners += one.get() ? 1 : 0;
        }
        assertThat(winners).isEqualTo(1);
        byte[] stands = device().readHead(contested).orElseThrow();
        assertThat(stands).hasSize(SealedHead.LENGTH_BYTES);
        assertThat(device().addHead(contested, head(number))).isFalse();
        assertThat(device().readHead(contested)).hasValue(stands);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Example
  @Verifies({"OBJ-6~2", "PRV-1"})
  void anObjectsNameIsGivenOnce() throws IOException {
    device().put(keys.setName(), name(1), object(1, sink -> sink.write(new byte[10])));
    long length = device().list(keys.setName()).get(name(1)).lengthBytes();
    assertThatThrownBy(
            () ->
                device()
                    .put(keys.setName(), name(1), object(1, sink -> sink.write(new byte[9000]))))
        .isInstanceOf(ProviderUnavailable.class);
    assertThat(device().list(keys.setName()).get(name(1)).lengthBytes()).isEqualTo(length);
  }

  @Example
  @Verifies({"OBJ-5~2", "PRV-1"})
  void everyDeviceListsWhatWasStoredAndNotWhatWasRemovedHoweverMany() throws IOException {
    BackupStorage one = device();
    Set<ObjectName> expected = new HashSet<>();
    for (int i = 0; i < many(); i++) {
      one.put(keys.setName(), name(i), object(i, sink -> sink.write(new byte[10])));
      expected.add(name(i));
    }
    one.settle(keys.setName());
    BackupStorage other = device();
    Map<ObjectName, BackupStorage.Listed> listed = other.list(keys.setName());
    assertThat(listed.keySet()).isEqualTo(expected);
    assertThat(listed.values())
        .allMatch(
            found ->
                found.lengthBytes() == listed.get(name(0)).lengthBytes()
                    && Duration.between(found.storedAt(), Instant.now()).abs().toHours() < 24);
    for (int i = 0; i < many(); i += 3) {
      other.remove(keys.setName(), name(i));
      other.remove(keys.setName(), name(i));
      expected.remove(name(i));
    }
    assertThat(one.list(keys.setName()).keySet()).isEqualTo(expected);
  }

  @Example
  @Verifies("OBJ-5~2")
  void headsAreListedByTheirNumbers() throws IOException {
    for (long number : new long[] {10, 9, 100, 2, Long.MAX_VALUE}) {
      assertThat(device().addHead(headName(number), head(number))).isTrue();
    }
    assertThat(device().heads(keys.setName()))
        .extracting(HeadName::backupNumber)
        .containsExactly(2L, 9L, 10L, 100L, Long.MAX_VALUE);
    device().removeHead(headName(9));
    device().removeHead(headName(9));
    assertThat(device().readHead(headName(9))).isEmpty();
    assertThat(device().heads()).hasSize(4);
  }

  @Example
  @Verifies("DIS-2")
  void aSetGoesWholeAndCanGoAgain() throws IOException {
    device().put(keys.setName(), name(1), object(1, sink -> sink.write(new byte[10])));
    device().addHead(headName(1), head(1));
    device().removeSet(keys.setName());
    device().removeSet(keys.setName());
    assertThat(device().heads()).isEmpty();
    assertThat(device().list(keys.setName())).isEmpty();
  }
}
