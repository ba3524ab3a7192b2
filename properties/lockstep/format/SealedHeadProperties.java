package lockstep.format;

import static lockstep.format.Messages.ALICE;
import static lockstep.format.Messages.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import lockstep.keys.RecoveryKey;
import lockstep.keys.RootKey;
import lockstep.spec.Verifies;
import lockstep.vectors.FixedRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** A head opens as what was sealed, under its own key only, and tells a wrong key first. */
class SealedHeadProperties {

  private static final int CLEAR_BYTES = 76;

  @Property(tries = 200)
  @Verifies({"HED-1", "HED-2", "ENC-1"})
  void whatIsSealedOpens(
      @ForAll @LongRange(min = 1, max = Long.MAX_VALUE) long number,
      @ForAll @LongRange(max = Long.MAX_VALUE) long millis,
      @ForAll @LongRange(max = 1L << 51) long length,
      @ForAll long seed) {
    HeadContent content = content(number, millis, length, seed);
    try (BackupKeys keys = Messages.keys(seed, ALICE)) {
      byte[] bytes = seal(keys, content, seed);
      assertThat(bytes).hasSize(SealedHead.LENGTH_BYTES).startsWith('L', 'S', 'H', '1');
      SealedHead head = SealedHead.parse(bytes).orElseThrow();
      assertThat(head.backupNumber()).isEqualTo(number);
      assertThat(head.open(keys)).isEqualTo(new HeadResult.Opened(content));
      assertThat(content.backupNumber()).isEqualTo(number);
    }
  }

  @Property(tries = 300)
  @Verifies({"HED-1", "HED-2", "HED-4~2"})
  void anyFlippedBitIsDamageOrAWrongKey(@ForAll @IntRange(max = 404 * 8 - 1) int bit) {
    try (RootKey rootKey = Messages.rootKey(1);
        BackupKeys keys = BackupKeys.derive(rootKey, ALICE)) {
      byte[] bytes = seal(keys, content(1, 2, 3, 4), 5);
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
      Optional<SealedHead> parsed = SealedHead.parse(bytes);
      String outcome =
          parsed
              .map(head -> head.open(keys).match(c -> "opened", () -> "wrong", () -> "damaged"))
              .orElse("no head");
      boolean keyCheck = bit >= 28 * 8 && bit < CLEAR_BYTES * 8;
      boolean magicOrSign = bit < 32 || bit == 32 + 7;
      assertThat(outcome).isEqualTo(magicOrSign ? "no head" : keyCheck ? "wrong" : "damaged");
      parsed.ifPresent(head -> assertThat(head.matches(rootKey, ALICE)).isEqualTo(!keyCheck));
    }
  }

  @Property(tries = 100)
  @Verifies({"HED-3~2", "HED-4~2"})
  void anotherKeyOrAccountDoesNotMatch(@ForAll long seed, @ForAll long other) {
    try (RootKey rootKey = Messages.rootKey(seed);
        RootKey otherKey = Messages.rootKey(other);
        BackupKeys keys = BackupKeys.derive(rootKey, ALICE);
        BackupKeys otherKeys = BackupKeys.derive(otherKey, ALICE);
        BackupKeys bobs = BackupKeys.derive(rootKey, BOB)) {
      SealedHead head = SealedHead.parse(seal(keys, content(1, 2, 3, 4), seed)).orElseThrow();
      boolean same = rootKey.isEqualTo(otherKey);
      assertThat(head.matches(rootKey, ALICE)).isTrue();
      assertThat(head.matches(rootKey, BOB)).isFalse();
      assertThat(head.matches(otherKey, ALICE)).isEqualTo(same);
      assertThat(head.open(bobs)).isEqualTo(new HeadResult.WrongKey());
      assertThat(head.open(otherKeys) instanceof HeadResult.WrongKey).isEqualTo(!same);
    }
  }

  @Example
  @Verifies("HED-3~2")
  void everyHeadHasItsOwnSaltAndId() {
    try (BackupKeys keys = Messages.keys(1, ALICE)) {
      FixedRandom random = FixedRandom.seeded(1);
      byte[] one = Messages.write(SealedHead.seal(keys, random, content(1, 2, 3, 4)));
      byte[] two = Messages.write(SealedHead.seal(keys, random, content(1, 2, 3, 4)));
      for (int[] part : new int[][] {{12, 28}, {28, 44}, {44, 76}, {76, 100}}) {
        assertThat(Arrays.copyOfRange(one, part[0], part[1]))
            .isNotEqualTo(Arrays.copyOfRange(two, part[0], part[1]));
      }
    }
  }

  @Property(tries = 200)
  @Verifies({"HED-1", "ENC-2"})
  void anotherLengthIsNoHead(@ForAll @IntRange(max = 600) int length) {
    try (BackupKeys keys = Messages.keys(1, ALICE)) {
      byte[] bytes = seal(keys, content(1, 2, 3, 4), 5);
      assertThat(SealedHead.parse(Arrays.copyOf(bytes, length)).isPresent())
          .isEqualTo(length == 404);
    }
  }

  @Example
  @Verifies("HED-2")
  void contentThatIsNotAHeadsIsDamaged() throws IOException {
    try (BackupKeys keys = Messages.keys(1, ALICE)) {
      assertThat(openRaw(keys, raw("LSC1", 1, 2, 3, 256))).isInstanceOf(HeadResult.Opened.class);
      assertThat(openRaw(keys, raw("LSC1", 1, 2, 1L << 51, 256)))
          .isInstanceOf(HeadResult.Opened.class);
      byte[] padded = raw("LSC1", 1, 2, 3, 256);
      padded[255] = 1;
      byte[] early = raw("LSC1", 1, 2, 3, 256);
      early[76] = 1;
      for (byte[] bad :
          new byte[][] {
            raw("LSC2", 1, 2, 3, 256),
            raw("LSC1", 2, 2, 3, 256),
            raw("LSC1", 1, -1, 3, 256),
            raw("LSC1", 1, 2, -1, 256),
            raw("LSC1", 1, 2, (1L << 51) + 1, 256),
            padded,
            early
          }) {
        assertThat(openRaw(keys, bad)).isEqualTo(new HeadResult.Damaged());
      }
    }
  }

  @Example
  @Verifies({"RKY-4", "HED-3~2"})
  void theKeyCheckLocatesATypo() {
    byte[] right = Messages.plaintext(32);
    byte[] typed = right.clone();
    typed[10] ^= 0x30;
    try (RootKey rootKey = RootKey.copyOf(right);
        RootKey mistyped = RootKey.copyOf(typed);
        BackupKeys keys = BackupKeys.derive(rootKey, ALICE)) {
      SealedHead head = SealedHead.parse(seal(keys, content(1, 2, 3, 4), 5)).orElseThrow();
      assertThat(head.matches(mistyped, ALICE)).isFalse();
      assertThat(RecoveryKey.locateTypo(mistyped, candidate -> head.matches(candidate, ALICE)))
          .hasValue(6);
      assertThat(RecoveryKey.locateTypo(mistyped, candidate -> head.matches(candidate, BOB)))
          .isEmpty();
    }
  }

  @Example
  @Verifies("HED-2")
  void aHeadsTimeIsFrom1970OnInMilliseconds() {
    StoredObject manifest = content(1, 2, 3, 4).manifest();
    assertThat(new HeadContent(Instant.ofEpochSecond(1, 2_999_999), manifest).createdAt())
        .isEqualTo(Instant.ofEpochMilli(1002));
    assertThatThrownBy(() -> new HeadContent(Instant.ofEpochMilli(-1), manifest))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new StoredObject(manifest.id(), -1, 0, manifest.digest()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static HeadContent content(long number, long millis, long length, long seed) {
    StoredObject manifest = Manifests.object(seed, length);
    return new HeadContent(
        Instant.ofEpochMilli(millis),
        new StoredObject(manifest.id(), number, length, manifest.digest()));
  }

  private static byte[] seal(BackupKeys keys, HeadContent content, long seed) {
    return Messages.write(SealedHead.seal(keys, FixedRandom.seeded(seed), content));
  }

  private static byte[] raw(String magic, long number, long millis, long length, int size) {
    return ByteBuffer.allocate(size)
        .put(magic.getBytes(java.nio.charset.StandardCharsets.US_ASCII))
        .putLong(number)
        .putLong(millis)
        .putLong(5)
        .putLong(6)
        .putLong(length)
        .array();
  }

  private static HeadResult openRaw(BackupKeys keys, byte[] padded) throws IOException {
    ObjectId id = new ObjectId(8, 9);
    byte[] salt = new byte[16];
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    head.writeBytes(
        ByteBuffer.allocate(CLEAR_BYTES)
            .putInt(0x4c534831)
            .putLong(1)
            .put(id.bytes())
            .put(salt)
            .put(keys.keyCheck(salt))
            .array());
    BackupCipher.seal(
        keys.inputKey(ObjectKind.HEAD),
        keys.context(ObjectKind.HEAD, 1, id),
        FixedRandom.seeded(1),
        sink -> sink.write(padded),
        head);
    return SealedHead.parse(head.toByteArray()).orElseThrow().open(keys);
  }
}
