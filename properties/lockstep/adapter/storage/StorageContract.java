package lockstep.adapter.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import lockstep.backup.store.BackupStorage;
import lockstep.backup.store.ProviderUnavailable;
import lockstep.format.BackupKeys;
import lockstep.format.ContentSource;
import lockstep.format.HeadName;
import lockstep.format.ObjectName;
import lockstep.format.SealedHead;
import lockstep.format.SealedObject;
import lockstep.spec.Verifies;
import net.jqwik.api.Example;

/**
 * What {@link BackupStorage} promises, asked of an adapter. An adapter's own class extends this one
 * and gives two devices' access to one provider that is empty.
 */
public abstract class StorageContract {

  private static final int MANY = 1500;
  private static final int DEVICES = 8;

  private final SealedSamples samples = new SealedSamples();
  protected final BackupKeys keys = samples.keys;

  /** One device's access to the provider of this try. */
  protected abstract BackupStorage device();

  /** How many heads are contested. */
  protected int contested() {
    return 20;
  }

  /** How many objects a set is filled with. */
  protected int many() {
    return MANY;
  }

  protected final SealedObject object(long number, ContentSource content) {
    return samples.object(number, content);
  }

  protected final ObjectName name(long number) {
    return samples.name(number);
  }

  protected final HeadName headName(long number) {
    return samples.headName(number);
  }

  protected final SealedObject head(long number) {
    return samples.head(number);
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
    for (long number = 1; number <= contested(); number++) {
      HeadName contested = headName(number);
      assertThat(samples.makers(number, Stream.generate(this::device).limit(DEVICES).toList()))
          .isEqualTo(1);
      byte[] stands = device().readHead(contested).orElseThrow();
      assertThat(stands).hasSize(SealedHead.LENGTH_BYTES);
      assertThat(device().addHead(contested, head(number))).isFalse();
      assertThat(device().readHead(contested)).hasValue(stands);
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
