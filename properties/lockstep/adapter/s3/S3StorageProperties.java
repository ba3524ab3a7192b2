package lockstep.adapter.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import lockstep.adapter.storage.SealedSamples;
import lockstep.adapter.storage.UnfinishedName;
import lockstep.backup.store.ProviderUnavailable;
import lockstep.format.BackupKeys;
import lockstep.format.HeadName;
import lockstep.format.SealedHead;
import lockstep.format.SealedObject;
import lockstep.spec.Verifies;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * What an object store's adapter does with a server that is real, behind weather that is not fair.
 */
final class S3StorageProperties {

  private static final String ROOT = "some/folder/lockstep-v1/";

  private final SealedSamples samples = new SealedSamples();
  private final BackupKeys keys = samples.keys;
  private S3Weather weather;
  private S3Place place;

  /** What a server makes of a condition. */
  enum Server {
    KNOWS,
    OVERLOOKS,
    REFUSES
  }

  @BeforeTry
  void start() throws IOException {
    weather = new S3Weather(S3Server.running().port());
    place = S3Server.running().place(weather.port());
  }

  @AfterTry
  void stop() throws IOException {
    weather.close();
  }

  private SealedObject object(long number, int length) {
    return samples.object(number, sink -> sink.write(new byte[length]));
  }

  private String key(long number) {
    return ROOT + keys.setName().hex() + "/" + samples.name(number).hex();
  }

  private static boolean isGet(String head) {
    return head.startsWith("GET") && !head.contains("list-type") && !head.contains("uploads");
  }

  @Property(tries = 4)
  @Verifies({"OBS-1", "PRV-1"})
  void anObjectOfAnyLengthIsWholeByOnePutOrInParts(
      @ForAll @IntRange(max = 11 * 1024 * 1024) int length) throws IOException {
    try (S3Storage storage = S3Server.device(place)) {
      SealedObject object = object(1, length);
      storage.put(keys.setName(), samples.name(1), object);
      assertThat(storage.list(keys.setName()).get(samples.name(1)).lengthBytes())
          .isEqualTo(object.sealedBytes());
      try (InputStream in = storage.open(keys.setName(), samples.name(1)).orElseThrow()) {
        assertThat(in.readAllBytes()).hasSize((int) object.sealedBytes());
      }
      boolean inParts = weather.heads().stream().anyMatch(head -> head.contains("uploadId="));
      assertThat(inParts).isEqualTo(object.sealedBytes() > S3Server.SMALL.partBytes());
      assertThatThrownBy(() -> storage.put(keys.setName(), samples.name(1), object(1, length)))
          .isInstanceOf(ProviderUnavailable.class)
          .hasMessageContaining("already has the name");
      assertThat(uploads()).isEmpty();
    }
  }

  private List<String> uploads() {
    try (S3Client client = S3Server.client(place)) {
      return client.listMultipartUploads(list -> list.bucket(place.bucket())).uploads().stream()
          .map(upload -> upload.key())
          .toList();
    }
  }

  @Property(tries = 6)
  @Verifies({"PRV-15", "PRV-2~2"})
  void exactlyOneMakesTheHeadWhateverTheServerMakesOfConditions(
      @ForAll Server server, @ForAll @IntRange(min = 1, max = 4) int living) throws Exception {
    List<S3Storage> devices = new ArrayList<>();
    for (int i = 0; i < living; i++) {
      devices.add(
          server == Server.OVERLOOKS
              ? ClaimingS3ContractProperties.overlooking(place)
              : S3Server.device(place));
    }
    weather.becomes(
        head ->
            server == Server.REFUSES && S3Weather.has(head, "if-none-match")
                ? S3Weather.failure(501, "NotImplemented")
                : S3Weather.passed(head));
    assertThat(samples.makers(7, devices)).isEqualTo(1);
    HeadName head = samples.headName(7);
    assertThat(devices.get(0).readHead(head).orElseThrow()).hasSize(SealedHead.LENGTH_BYTES);
    assertThat(devices.get(0).addHead(head, samples.head(7))).isFalse();
    try (S3Client client = S3Server.client(place)) {
      assertThat(client.listObjectsV2(list -> list.bucket(place.bucket())).contents())
          .extracting(found -> found.key())
          .containsExactly(ROOT + "heads/" + head);
    }
    devices.forEach(S3Storage::close);
  }

  @Example
  @Verifies("PRV-15")
  void aPutWhoseAnswerWasLostIsDone() throws IOException {
    AtomicInteger lost = new AtomicInteger();
    weather.becomes(
        head ->
            head.startsWith("PUT") && !head.contains(".unfinished") && lost.getAndIncrement() == 0
                ? new S3Weather.Fate.Passed(head, 0)
                : S3Weather.passed(head));
    try (S3Storage storage = S3Server.device(place)) {
      assertThat(storage.addHead(samples.headName(1), samples.head(1))).isTrue();
      assertThat(lost.get()).isEqualTo(2);
      assertThat(storage.addHead(samples.headName(1), samples.head(1))).isFalse();
      lost.set(0);
      storage.put(keys.setName(), samples.name(1), object(1, 1000));
      assertThat(storage.list(keys.setName())).hasSize(1);
    }
  }

  @Example
  @Verifies({"OBS-1", "PRV-4~2", "PRV-18"})
  void aConnectionThatDiesWhileAnObjectIsPutLeavesNothing() throws IOException {
    try (S3Storage storage = S3Server.device(place)) {
      storage.put(keys.setName(), samples.name(9), object(9, 10));
      weather.becomes(
          head ->
              head.startsWith("PUT") ? new S3Weather.Fate.Lost(100_000) : S3Weather.passed(head));
      for (int length : new int[] {300_000, 6_000_000}) {
        assertThatThrownBy(() -> storage.put(keys.setName(), samples.name(1), object(1, length)))
            .isInstanceOf(ProviderUnavailable.class)
            .hasMessageContaining("broke");
        assertThat(storage.list(keys.setName())).containsOnlyKeys(samples.name(9));
      }
      assertThat(uploads()).isEmpty();
    }
  }

  @Example
  @Verifies({"PRV-4~2", "PRV-18"})
  void anObjectIsReadOnWhereItsConnectionDiedAndAskedForAgainWhereItIsThrottled()
      throws IOException {
    try (S3Storage storage = S3Server.device(place)) {
      storage.put(keys.setName(), samples.name(1), object(1, 3_000_000));
      AtomicInteger throttled = new AtomicInteger();
      weather.becomes(
          head ->
              throttled.getAndIncrement() % 2 == 0
                  ? S3Weather.failure(503, "SlowDown")
                  : new S3Weather.Fate.Passed(head, isGet(head) ? 1_000_000 : Long.MAX_VALUE));
      long length = storage.list(keys.setName()).get(samples.name(1)).lengthBytes();
      try (InputStream in = storage.open(keys.setName(), samples.name(1)).orElseThrow()) {
        assertThat(in.readAllBytes()).hasSize((int) length);
      }
      assertThat(weather.heads())
          .anyMatch(head -> head.toLowerCase(Locale.ROOT).contains("\r\nrange: bytes="));
    }
  }

  @Example
  @Verifies({"OBS-1", "PRV-7~3"})
  void whatIsLeftOfAnUploadInPartsIsAbortedWhenItsTimeHasCome() throws IOException {
    try (S3Storage storage = S3Server.device(place);
        S3Client client = S3Server.client(place)) {
      List<String> begun =
          List.of(key(1), key(2), ROOT + keys.setName().hex() + "/foreign", "elsewhere/" + key(1));
      begun.forEach(
          key -> client.createMultipartUpload(make -> make.bucket(place.bucket()).key(key)));
      String claim = ROOT + "heads/" + UnfinishedName.of(samples.headName(3));
      String later = ROOT + "heads/" + UnfinishedName.of(samples.headName(4));
      String desktop = ROOT + "heads/desktop.ini";
      for (String key : List.of(claim, later, desktop)) {
        client.putObject(put -> put.bucket(place.bucket()).key(key), RequestBody.empty());
      }
      storage.removeUnfinished(keys.setName(), 3, samples.name(1)::equals, Instant.EPOCH);
      assertThat(uploads()).containsExactlyInAnyOrderElementsOf(begun.subList(1, 4));
      assertThat(client.listObjectsV2(list -> list.bucket(place.bucket())).contents())
          .extracting(found -> found.key())
          .containsExactlyInAnyOrder(later, desktop);
      storage.removeUnfinished(keys.setName(), 3, name -> false, Instant.now().plusSeconds(86_400));
      assertThat(uploads()).containsExactlyInAnyOrderElementsOf(begun.subList(2, 4));
      client.createMultipartUpload(make -> make.bucket(place.bucket()).key(key(2)));
      storage.removeSet(keys.setName());
      assertThat(uploads()).containsExactlyInAnyOrderElementsOf(begun.subList(2, 4));
    }
  }

  @Example
  @Verifies({"PRV-6", "PRV-9", "ENR-7"})
  void plainCopiesAreSeenAndForeignThingsStopNothing() throws IOException {
    try (S3Storage storage = S3Server.device(place);
        S3Client client = S3Server.client(place)) {
      for (String name :
          List.of("msgstore.db", "MobileSync/x", "other", "lockstep-v1/heads/a & <b>%2F\u0001")) {
        client.putObject(
            put -> put.bucket(place.bucket()).key(place.prefix() + name), RequestBody.empty());
      }
      assertThat(storage.plainCopies()).containsExactly("MobileSync", "msgstore.db");
      assertThat(storage.heads()).isEmpty();
    }
  }
}
