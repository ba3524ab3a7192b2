package lockstep.format;

import static lockstep.format.Messages.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import lockstep.keys.KeyHierarchy;
import lockstep.keys.RootKey;
import lockstep.secret.KeyLabel;
import lockstep.secret.SecretBytes;
import lockstep.spec.Verifies;
import lockstep.vectors.FixedRandom;
import lockstep.wire.WireWriter;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/** Keys, contexts and names of objects are those that another reader of the spec computes. */
class ObjectDerivationProperties {

  private static final byte[] ACCOUNT = "carol".getBytes(StandardCharsets.US_ASCII);

  @Property(tries = 50)
  @Verifies({"OBJ-1", "OBJ-2"})
  void anObjectIsSealedUnderItsKindsKeyInItsContext(
      @ForAll long seed, @ForAll @LongRange(min = 1, max = Long.MAX_VALUE) long number) {
    try (RootKey rootKey = Messages.rootKey(seed);
        BackupKeys keys = BackupKeys.derive(rootKey, ACCOUNT)) {
      ObjectId id = ObjectId.random(FixedRandom.seeded(seed));
      byte[] content = Messages.plaintext(300);
      for (ObjectKind kind : new ObjectKind[] {ObjectKind.DATA, ObjectKind.MANIFEST}) {
        byte[] sealed =
            Messages.write(
                keys.seal(kind, number, id, FixedRandom.seeded(5), sink -> sink.write(content)));
        boolean isData = kind == ObjectKind.DATA;
        assertOpens(
            rootKey,
            isData ? KeyLabel.DATA : KeyLabel.MANIFEST,
            context(isData ? 1 : 2, number, id.bytes()),
            sealed,
            content);
      }
    }
  }

  @Property(tries = 50)
  @Verifies({"OBJ-1", "OBJ-2", "HED-1"})
  void aHeadIsSealedUnderItsOwnKeyInTheContextThatItShows(
      @ForAll long seed, @ForAll @LongRange(min = 1, max = Long.MAX_VALUE) long number) {
    try (RootKey rootKey = Messages.rootKey(seed);
        BackupKeys keys = BackupKeys.derive(rootKey, ACCOUNT)) {
      ObjectId manifest = ObjectId.random(FixedRandom.seeded(seed));
      SealedDigest digest = SealedDigest.of(Messages.plaintext(32));
      HeadContent content =
          new HeadContent(Instant.ofEpochMilli(5), new StoredObject(manifest, number, 77, digest));
      byte[] head = Messages.write(SealedHead.seal(keys, FixedRandom.seeded(9), content));
      assertThat(HexFormat.of().formatHex(Arrays.copyOf(head, 12)))
          .isEqualTo(String.format("4c534831%016x", number));
      byte[] plain =
          new WireWriter()
              .ascii("LSC1")
              .u64(number)
              .u64(5)
              .bytes(manifest.bytes())
              .u64(77)
              .bytes(digest.bytes())
              .toByteArray();
      assertOpens(
          rootKey,
          KeyLabel.HEAD,
          context(3, number, Arrays.copyOfRange(head, 12, 28)),
          Arrays.copyOfRange(head, 76, head.length),
          plain);
    }
  }

  @Property(tries = 50)
  @Verifies("HED-3~2")
  void theKeyCheckIsAMacOverSaltAndAccount(@ForAll long seed) throws Exception {
    try (RootKey rootKey = Messages.rootKey(seed);
        BackupKeys keys = BackupKeys.derive(rootKey, ACCOUNT)) {
      StoredObject manifest =
          new StoredObject(
              ObjectId.random(FixedRandom.seeded(seed)),
              1,
              77,
              SealedDigest.of(Messages.plaintext(32)));
      byte[] head =
          Messages.write(
              SealedHead.seal(
                  keys, FixedRandom.seeded(seed), new HeadContent(Instant.EPOCH, manifest)));
      byte[] salted =
          new WireWriter().bytes(Arrays.copyOfRange(head, 28, 44)).bytes16(ACCOUNT).toByteArray();
      assertThat(Arrays.copyOfRange(head, 44, 76))
          .isEqualTo(mac(rootKey, KeyLabel.KEY_CHECK, salted));
      byte[] carla = "carla".getBytes(StandardCharsets.US_ASCII);
      SealedHead parsed = SealedHead.parse(head).orElseThrow();
      assertThat(parsed.matches(rootKey, ACCOUNT)).isTrue();
      assertThat(parsed.matches(rootKey, carla)).isFalse();
    }
  }

  @Property(tries = 50)
  @Verifies({"OBJ-4", "OBJ-5~2"})
  void namesAreTheFirstHalfOfAMacUnderTheKeyForNames(@ForAll long seed) throws Exception {
    try (RootKey rootKey = Messages.rootKey(seed);
        BackupKeys keys = BackupKeys.derive(rootKey, ACCOUNT)) {
      ObjectId id = ObjectId.random(FixedRandom.seeded(seed));
      assertThat(keys.nameOf(id).hex())
          .isEqualTo(shortMac(rootKey, KeyLabel.OBJECT_NAME, id.bytes()));
      assertThat(keys.setName().hex()).isEqualTo(shortMac(rootKey, KeyLabel.SET_NAME, ACCOUNT));
    }
  }

  @Property
  @Verifies("OBJ-5~2")
  void aHeadsNumberIsDecimalAndReadInOneWayOnly(
      @ForAll @LongRange(max = Long.MAX_VALUE) long number) {
    String set = "0123456789abcdef".repeat(2);
    String name = set + "." + number;
    HeadName head = HeadName.parse(name).orElseThrow();
    assertThat(head.backupNumber()).isEqualTo(number);
    assertThat(head).hasToString(name);
    assertThat(HeadName.parse(set + ".0" + number)).isEmpty();
    assertThat(HeadName.parse(set + ".+" + number)).isEmpty();
    assertThat(HeadName.parse(set + number)).isEmpty();
  }

  @Example
  @Verifies("OBJ-5~2")
  void headsAreOrderedByTheirNumbers() {
    SetName set = new SetName("0123456789abcdef".repeat(2));
    long[] numbers = {0, 2, 9, 10, 11, 99, 100, 1_000, Long.MAX_VALUE};
    for (int i = 1; i < numbers.length; i++) {
      assertThat(new HeadName(set, numbers[i])).isGreaterThan(new HeadName(set, numbers[i - 1]));
    }
  }

  private static byte[] context(int kind, long number, byte[] id) {
    return new WireWriter()
        .ascii("lockstep/v1/object")
        .bytes16(ACCOUNT)
        .u8(kind)
        .u64(number)
        .bytes(id)
        .toByteArray();
  }

  private static void assertOpens(
      RootKey rootKey, KeyLabel label, byte[] context, byte[] sealed, byte[] content) {
    try (SecretBytes key = KeyHierarchy.derive(rootKey, label)) {
      assertThatCode(
              () -> {
                try (InputStream opened =
                    BackupCipher.open(key, context, NAME, new ByteArrayInputStream(sealed))) {
                  assertThat(opened.readAllBytes()).startsWith(content);
                }
              })
          .as(label.text())
          .doesNotThrowAnyException();
    }
  }

  private static String shortMac(RootKey rootKey, KeyLabel label, byte[] message) throws Exception {
    return HexFormat.of().formatHex(mac(rootKey, label, message), 0, 16);
  }

  private static byte[] mac(RootKey rootKey, KeyLabel label, byte[] message) throws Exception {
    try (SecretBytes key = KeyHierarchy.derive(rootKey, label)) {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.expose(byte[]::clone), "HmacSHA256"));
      return mac.doFinal(message);
    }
  }
}
