package lockstep.format;

import static lockstep.format.Messages.ALICE;
import static lockstep.format.Messages.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import lockstep.kernel.PaddingArithmetic;
import lockstep.keys.RootKey;
import lockstep.spec.Verifies;
import lockstep.vectors.FixedRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** An object opens as exactly the one that was sealed, whole, or not at all. */
class SealedObjectProperties {

  private static final long NUMBER = 7;

  private static final class Sealed {
    private final byte[] bytes;
    private final StoredObject stored;

    Sealed(byte[] bytes, StoredObject stored) {
      this.bytes = bytes;
      this.stored = stored;
    }

    byte[] bytes() {
      return bytes;
    }

    StoredObject stored() {
      return stored;
    }
  }

  @Property(tries = 150)
  @Verifies({"PAD-1", "OBJ-8"})
  void anObjectKnowsWhatItWroteAndOpensWithoutItsPadding(@ForAll @IntRange(max = 70_000) int length)
      throws Exception {
    byte[] content = Messages.plaintext(length);
    try (BackupKeys keys = Messages.keys(1, ALICE)) {
      Sealed sealed = seal(keys, ObjectKind.DATA, content);
      assertThat(sealed.stored().contentBytes()).isEqualTo(length);
      assertThat((long) sealed.bytes().length).isEqualTo(sealed.stored().sealedBytes());
      assertThat(sealed.stored().digest().bytes())
          .isEqualTo(MessageDigest.getInstance("SHA-256").digest(sealed.bytes()));
      assertThat(open(keys, ObjectKind.DATA, sealed.stored(), sealed.bytes())).isEqualTo(content);
    }
  }

  @Property(tries = 200)
  @Verifies({"OBJ-1", "OBJ-2", "PAY-3"})
  void anObjectIsNotAnotherAccountsKindsBackupsOrIds(@ForAll @IntRange(max = 4) int other)
      throws IOException {
    try (BackupKeys keys = Messages.keys(1, ALICE);
        BackupKeys bobs = Messages.keys(1, BOB);
        BackupKeys otherKeys = Messages.keys(2, ALICE)) {
      Sealed sealed = seal(keys, ObjectKind.DATA, Messages.plaintext(500));
      StoredObject stored = sealed.stored();
      StoredObject otherNumber =
          new StoredObject(stored.id(), NUMBER + 1, stored.contentBytes(), stored.digest());
      StoredObject otherId =
          new StoredObject(new ObjectId(1, 2), NUMBER, stored.contentBytes(), stored.digest());
      assertThatThrownBy(
              () -> {
                switch (other) {
                  case 0 -> open(bobs, ObjectKind.DATA, stored, sealed.bytes());
                  case 1 -> open(otherKeys, ObjectKind.DATA, stored, sealed.bytes());
                  case 2 -> open(keys, ObjectKind.MANIFEST, stored, sealed.bytes());
                  case 3 -> open(keys, ObjectKind.DATA, otherNumber, sealed.bytes());
                  default -> open(keys, ObjectKind.DATA, otherId, sealed.bytes());
                }
              })
          .isInstanceOf(DamagedBackup.class);
    }
  }

  @Property(tries = 100)
  @Verifies({"OBJ-8", "PAD-1"})
  void anObjectOfAnotherLengthOrDigestIsDamaged(
      @ForAll @IntRange(max = 3000) int length, @ForAll @LongRange(max = 3000) long claimed)
      throws IOException {
    try (BackupKeys keys = Messages.keys(1, ALICE)) {
      byte[] content = Messages.plaintext(length);
      Arrays.fill(content, length / 2, length, (byte) 1);
      Sealed sealed = seal(keys, ObjectKind.DATA, content);
      StoredObject stored = sealed.stored();
      byte[] digest = stored.digest().bytes();
      digest[(int) claimed % 32] ^= 1;
      StoredObject otherDigest =
          new StoredObject(stored.id(), NUMBER, length, SealedDigest.of(digest));
      assertThatThrownBy(() -> open(keys, ObjectKind.DATA, otherDigest, sealed.bytes()))
          .isInstanceOf(DamagedBackup.class);
      StoredObject otherLength = new StoredObject(stored.id(), NUMBER, claimed, stored.digest());
      boolean longerWithinPadding =
          claimed >= length
              && PaddingArithmetic.paddedLength(claimed) == PaddingArithmetic.paddedLength(length);
      if (!longerWithinPadding) {
        assertThatThrownBy(() -> open(keys, ObjectKind.DATA, otherLength, sealed.bytes()))
            .isInstanceOf(DamagedBackup.class);
      }
    }
  }

  @Property(tries = 60)
  @Verifies("PAD-1")
  void paddingOtherThanZeroIsDamaged(@ForAll @IntRange(max = 255) int place) throws Exception {
    try (BackupKeys keys = Messages.keys(1, ALICE)) {
      byte[] padded = new byte[256];
      padded[place] = 1;
      ObjectId id = new ObjectId(3, 4);
      ByteArrayOutputStream sealed = new ByteArrayOutputStream();
      BackupCipher.seal(
          keys.inputKey(ObjectKind.DATA),
          keys.context(ObjectKind.DATA, NUMBER, id),
          FixedRandom.seeded(1),
          sink -> sink.write(padded),
          sealed);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(sealed.toByteArray());
      StoredObject whole = new StoredObject(id, NUMBER, place + 1, SealedDigest.of(digest));
      StoredObject shorter = new StoredObject(id, NUMBER, place, SealedDigest.of(digest));
      assertThat(open(keys, ObjectKind.DATA, whole, sealed.toByteArray())).hasSize(place + 1);
      assertThatThrownBy(() -> open(keys, ObjectKind.DATA, shorter, sealed.toByteArray()))
          .isInstanceOf(DamagedBackup.class);
    }
  }

  @Example
  @Verifies("OBJ-8")
  void theLastByteIsGivenOnlyWhenEverythingBehindItWasChecked() throws IOException {
    try (BackupKeys keys = Messages.keys(1, ALICE)) {
      Sealed sealed = seal(keys, ObjectKind.DATA, Messages.plaintext(100));
      byte[] extended = Arrays.copyOf(sealed.bytes(), sealed.bytes().length + 1);
      try (InputStream content =
          keys.open(ObjectKind.DATA, sealed.stored(), new ByteArrayInputStream(sealed.bytes()))) {
        assertThat(content.readNBytes(100)).hasSize(100);
      }
      for (int read : new int[] {100, 99}) {
        InputStream content =
            keys.open(ObjectKind.DATA, sealed.stored(), new ByteArrayInputStream(extended));
        assertThatThrownBy(
                () -> {
                  content.readNBytes(read);
                  content.read();
                })
            .isInstanceOf(DamagedBackup.class);
        assertThatThrownBy(content::read).isInstanceOf(DamagedBackup.class);
      }
    }
  }

  @Property(tries = 100)
  @Verifies({"OBJ-3", "OBJ-4", "OBJ-5~2"})
  void namesAreHexAndTellNothingOfKeyIdOrAccount(@ForAll long seed) {
    try (RootKey rootKey = Messages.rootKey(seed);
        BackupKeys keys = BackupKeys.derive(rootKey, ALICE);
        BackupKeys bobs = BackupKeys.derive(rootKey, BOB)) {
      ObjectId one = ObjectId.random(FixedRandom.seeded(seed));
      ObjectId two = ObjectId.random(FixedRandom.seeded(seed + 1));
      assertThat(ObjectId.of(one.bytes())).isEqualTo(one);
      assertThat(one).isNotEqualTo(two);
      assertThat(keys.nameOf(one)).isNotEqualTo(keys.nameOf(two));
      assertThat(keys.nameOf(one).hex()).isNotEqualTo(one.toString()).matches("[0-9a-f]{32}");
      assertThat(ObjectName.parse(keys.nameOf(one).hex())).contains(keys.nameOf(one));
      assertThat(keys.setName().hex()).matches("[0-9a-f]{32}");
      assertThat(SetName.parse(keys.setName().hex())).contains(keys.setName());
      assertThat(keys.setName()).isNotEqualTo(bobs.setName());
      assertThat(keys.toString()).isEqualTo("BackupKeys(redacted)");
    }
  }

  @Example
  @Verifies({"OBJ-4", "OBJ-5~2"})
  void whatIsNoNameIsNotOne() {
    for (String text :
        new String[] {
          "",
          "0".repeat(31),
          "0".repeat(33),
          "A".repeat(32),
          "g".repeat(32),
          "\u0660".repeat(32),
          "../" + "0".repeat(29)
        }) {
      assertThat(ObjectName.parse(text)).isEmpty();
      assertThat(SetName.parse(text)).isEmpty();
      assertThatThrownBy(() -> new ObjectName(text)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> new SetName(text)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Example
  @Verifies("OBJ-7")
  void aDataObjectHoldsAtMost16MiB() {
    try (BackupKeys keys = Messages.keys(1, ALICE)) {
      byte[] full = new byte[16_777_216];
      assertThat(seal(keys, ObjectKind.DATA, full).stored().contentBytes()).isEqualTo(full.length);
      SealedObject tooLong =
          keys.seal(
              ObjectKind.DATA,
              NUMBER,
              new ObjectId(0, 0),
              FixedRandom.seeded(1),
              sink -> {
                sink.write(full);
                sink.write(0);
              });
      assertThatThrownBy(() -> tooLong.writeTo(OutputStream.nullOutputStream()))
          .isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(tooLong::digest).isInstanceOf(IllegalStateException.class);
    }
  }

  @Example
  @Verifies("OBJ-8")
  void anObjectIsWrittenOnce() {
    try (BackupKeys keys = Messages.keys(1, ALICE)) {
      SealedObject object =
          keys.seal(ObjectKind.DATA, NUMBER, new ObjectId(0, 0), FixedRandom.seeded(1), sink -> {});
      assertThatThrownBy(object::sealedBytes).isInstanceOf(IllegalStateException.class);
      Messages.write(object);
      assertThat(object.sealedBytes()).isEqualTo(56 + 256 + 16);
      assertThatThrownBy(() -> Messages.write(object)).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(
              () ->
                  keys.seal(
                      ObjectKind.HEAD, 1, new ObjectId(0, 0), FixedRandom.seeded(1), sink -> {}))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Example
  @Verifies({"KEY-4", "SEC-3"})
  void sealedBytesHoldNoKeyAndClosedKeysSealNothing() {
    byte[] root = Messages.plaintext(32);
    BackupKeys keys;
    try (RootKey rootKey = RootKey.copyOf(root)) {
      keys = BackupKeys.derive(rootKey, ALICE);
    }
    Sealed sealed = seal(keys, ObjectKind.DATA, root);
    assertThat(HexFormat.of().formatHex(sealed.bytes()))
        .doesNotContain(HexFormat.of().formatHex(root))
        .doesNotContain(
            HexFormat.of().formatHex(keys.inputKey(ObjectKind.DATA).<byte[]>expose(byte[]::clone)));
    keys.close();
    keys.close();
    assertThatThrownBy(() -> seal(keys, ObjectKind.DATA, root))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> keys.nameOf(new ObjectId(0, 0)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Example
  @Verifies("SEC-3")
  void noKeyOfABackupOutlivesTheRest() {
    BackupKeys keys = Messages.keys(1, ALICE);
    keys.close();
    for (ObjectKind kind : ObjectKind.values()) {
      assertThatThrownBy(() -> keys.inputKey(kind).length())
          .as(kind.name())
          .isInstanceOf(IllegalStateException.class);
    }
    assertThatThrownBy(() -> keys.nameOf(new ObjectId(0, 0)))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> keys.keyCheck(new byte[16])).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> keys.restoreNoteTag(new byte[1]))
        .isInstanceOf(IllegalStateException.class);
  }

  @Example
  @Verifies("ENC-4")
  void onlyAnAccountNameHasABackup() {
    try (RootKey rootKey = Messages.rootKey(1)) {
      assertThatThrownBy(() -> BackupKeys.derive(rootKey, new byte[] {'a', 0}))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static Sealed seal(BackupKeys keys, ObjectKind kind, byte[] content) {
    ObjectId id = ObjectId.random(FixedRandom.seeded(content.length));
    SealedObject object =
        keys.seal(kind, NUMBER, id, FixedRandom.seeded(5), sink -> sink.write(content));
    byte[] bytes = Messages.write(object);
    assertThat(object.sealedBytes()).isEqualTo(bytes.length);
    return new Sealed(bytes, new StoredObject(id, NUMBER, object.contentBytes(), object.digest()));
  }

  private static byte[] open(BackupKeys keys, ObjectKind kind, StoredObject stored, byte[] sealed)
      throws IOException {
    try (InputStream content = keys.open(kind, stored, new ByteArrayInputStream(sealed))) {
      return content.readAllBytes();
    }
  }
}
