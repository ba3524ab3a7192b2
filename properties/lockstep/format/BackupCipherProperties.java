package lockstep.format;

import static lockstep.format.Messages.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import lockstep.kernel.ChunkArithmetic;
import lockstep.secret.SecretBytes;
import lockstep.spec.Verifies;
import lockstep.vectors.FixedRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What was sealed opens; whatever was touched gives damage and never a wrong byte. */
class BackupCipherProperties {

  private static final byte[] KEY = Messages.plaintext(32);
  private static final byte[] CONTEXT = {1, 2, 3};

  @Property(tries = 200)
  @Verifies({"PAY-1", "PAY-2"})
  void whatIsSealedOpens(@ForAll("lengths") int length, @ForAll @Size(max = 40) byte[] context)
      throws IOException {
    byte[] plaintext = Messages.plaintext(length);
    byte[] sealed = Messages.seal(KEY, context, plaintext);
    assertThat((long) sealed.length).isEqualTo(ChunkArithmetic.sealedLength(length));
    assertThat(Messages.open(KEY, context, sealed)).isEqualTo(plaintext);
  }

  @Property(tries = 100)
  @Verifies("PAY-2")
  void theMessageDoesNotDependOnHowItIsWrittenOrRead(
      @ForAll("lengths") int length, @ForAll @IntRange(min = 1, max = 40000) int piece)
      throws IOException {
    byte[] plaintext = Messages.plaintext(length);
    ByteArrayOutputStream pieces = new ByteArrayOutputStream();
    try (SecretBytes key = SecretBytes.copyOf(KEY)) {
      BackupCipher.seal(
          key,
          CONTEXT,
          FixedRandom.seeded(42),
          sink -> {
            for (int i = 0; i < length; i += piece) {
              int rest = Math.min(piece, length - i);
              if (rest == 1) {
                sink.write(plaintext[i]);
              } else {
                sink.write(plaintext, i, rest);
              }
            }
          },
          pieces);
      assertThat(pieces.toByteArray()).isEqualTo(Messages.seal(KEY, CONTEXT, plaintext));
      InputStream opened =
          BackupCipher.open(key, CONTEXT, NAME, new ByteArrayInputStream(pieces.toByteArray()));
      ByteArrayOutputStream read = new ByteArrayOutputStream();
      for (byte[] some = opened.readNBytes(piece);
          some.length > 0;
          some = opened.readNBytes(piece)) {
        read.writeBytes(some);
      }
      assertThat(read.toByteArray()).isEqualTo(plaintext);
      assertThat(opened.read()).isEqualTo(-1);
    }
  }

  @Example
  @Verifies("PAY-2")
  void aChunkThatASingleByteFillsIsSealed() throws IOException {
    byte[] plaintext = Messages.plaintext(ChunkArithmetic.CHUNK_BYTES + 1);
    ByteArrayOutputStream sealed = new ByteArrayOutputStream();
    try (SecretBytes key = SecretBytes.copyOf(KEY)) {
      BackupCipher.seal(
          key,
          CONTEXT,
          FixedRandom.seeded(42),
          sink -> {
            for (byte one : plaintext) {
              sink.write(one);
            }
          },
          sealed);
    }
    assertThat(sealed.toByteArray()).isEqualTo(Messages.seal(KEY, CONTEXT, plaintext));
  }

  @Property(tries = 300)
  @Verifies({"PAY-3", "PAY-4"})
  void anyFlippedBitIsDamageAndNeverAWrongByte(
      @ForAll("lengths") int length, @ForAll @IntRange(max = 999_999) int where)
      throws IOException {
    byte[] plaintext = Messages.plaintext(length);
    byte[] sealed = Messages.seal(KEY, CONTEXT, plaintext);
    int bit = (int) ((long) where * sealed.length * 8 / 1_000_000);
    sealed[bit / 8] ^= (byte) (1 << bit % 8);
    assertNeverAWrongByte(sealed, plaintext);
  }

  @Property(tries = 20)
  @Verifies("PAY-2")
  void byteByByteItIsThePlaintextAndThenTheEnd(@ForAll("lengths") int length) throws IOException {
    byte[] plaintext = Messages.plaintext(length);
    ByteArrayOutputStream given = new ByteArrayOutputStream();
    try (SecretBytes key = SecretBytes.copyOf(KEY);
        InputStream opened =
            BackupCipher.open(
                key,
                CONTEXT,
                NAME,
                new ByteArrayInputStream(Messages.seal(KEY, CONTEXT, plaintext)))) {
      for (int one = opened.read(); one >= 0; one = opened.read()) {
        given.write(one);
      }
      assertThat(opened.read()).isEqualTo(-1);
      assertThat(opened.read(new byte[0], 0, 0)).isZero();
    }
    assertThat(given.toByteArray()).isEqualTo(plaintext);
  }

  @Property(tries = 300)
  @Verifies("PAY-4")
  void aTruncatedMessageNeverOpens(@ForAll("lengths") int length, @ForAll("cuts") int cut)
      throws IOException {
    byte[] plaintext = Messages.plaintext(length);
    byte[] sealed = Messages.seal(KEY, CONTEXT, plaintext);
    assertNeverAWrongByte(Arrays.copyOf(sealed, Math.max(0, sealed.length - cut)), plaintext);
  }

  @Property(tries = 200)
  @Verifies("PAY-4")
  void anExtendedMessageNeverOpens(
      @ForAll("lengths") int length, @ForAll("cuts") int extension, @ForAll byte filling)
      throws IOException {
    byte[] plaintext = Messages.plaintext(length);
    byte[] sealed = Messages.seal(KEY, CONTEXT, plaintext);
    byte[] extended = Arrays.copyOf(sealed, sealed.length + extension);
    Arrays.fill(extended, sealed.length, extended.length, filling);
    assertNeverAWrongByte(extended, plaintext);
  }

  @Property(tries = 100)
  @Verifies("PAY-4")
  void swappedRepeatedOrDroppedChunksNeverOpen(
      @ForAll @IntRange(max = 10) int one, @ForAll @IntRange(max = 10) int two) throws IOException {
    byte[] plaintext = Messages.plaintext(11 * 16384 + 100);
    byte[] sealed = Messages.seal(KEY, CONTEXT, plaintext);
    byte[] repeated = sealed.clone();
    System.arraycopy(sealed, 56 + one * 16400, repeated, 56 + two * 16400, 16400);
    byte[] swapped = repeated.clone();
    System.arraycopy(sealed, 56 + two * 16400, swapped, 56 + one * 16400, 16400);
    byte[] dropped = Arrays.copyOf(sealed, sealed.length - 16400);
    int after = 56 + (one + 1) * 16400;
    System.arraycopy(sealed, after, dropped, after - 16400, sealed.length - after);
    assertNeverAWrongByte(dropped, plaintext);
    if (one != two) {
      assertNeverAWrongByte(repeated, plaintext);
      assertNeverAWrongByte(swapped, plaintext);
    }
  }

  @Property(tries = 200)
  @Verifies("PAY-3")
  void anotherKeyOrContextGivesNoByteAtAll(
      @ForAll("lengths") int length,
      @ForAll @Size(32) byte[] key,
      @ForAll @Size(max = 5) byte[] context)
      throws IOException {
    byte[] sealed = Messages.seal(KEY, CONTEXT, Messages.plaintext(length));
    if (!Arrays.equals(key, KEY)) {
      assertThatThrownBy(() -> Messages.open(key, CONTEXT, sealed))
          .isInstanceOf(DamagedBackup.class);
      assertThat(Messages.givenOut(key, CONTEXT, sealed)).isEmpty();
    }
    if (!Arrays.equals(context, CONTEXT)) {
      assertThatThrownBy(() -> Messages.open(KEY, context, sealed))
          .isInstanceOf(DamagedBackup.class);
    }
  }

  @Property(tries = 50)
  @Verifies("PAY-5")
  void everySealingDrawsItsSalt(@ForAll long seed) throws IOException {
    FixedRandom random = FixedRandom.seeded(seed);
    ByteArrayOutputStream first = new ByteArrayOutputStream();
    ByteArrayOutputStream second = new ByteArrayOutputStream();
    byte[] salt = new byte[24];
    FixedRandom.seeded(seed).nextBytes(salt);
    try (SecretBytes key = SecretBytes.copyOf(KEY)) {
      BackupCipher.seal(key, CONTEXT, random, sink -> sink.write(1), first);
      BackupCipher.seal(key, CONTEXT, random, sink -> sink.write(1), second);
    }
    assertThat(Arrays.copyOf(first.toByteArray(), 24)).isEqualTo(salt);
    assertThat(Arrays.copyOf(second.toByteArray(), 24)).isNotEqualTo(salt);
    assertThat(Arrays.copyOfRange(first.toByteArray(), 56, 73))
        .isNotEqualTo(Arrays.copyOfRange(second.toByteArray(), 56, 73));
  }

  @Example
  @Verifies("PAY-6")
  void noChunkIsSealedOrOpenedAtTheLimit() {
    try (SecretBytes key = SecretBytes.copyOf(KEY)) {
      ChunkCipher cipher = ChunkCipher.derive(key, new byte[24], CONTEXT);
      byte[] sealed = new byte[17];
      byte[] opened = new byte[1];
      long last = (1L << 38) - 1;
      assertThat(cipher.seal(last, new byte[] {9}, 0, 1, sealed, 0)).isEqualTo(17);
      assertThat(cipher.open(last, sealed, 0, 17, opened, 0)).isEqualTo(1);
      assertThat(opened).containsExactly(9);
      assertThatThrownBy(() -> cipher.seal(last + 1, new byte[1], 0, 1, sealed, 0))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("a message has at most 2^38 chunks");
      assertThatCode(
              () -> assertThat(cipher.open(last + 1, sealed, 0, 17, opened, 0)).isEqualTo(-1))
          .doesNotThrowAnyException();
    }
  }

  @Example
  @Verifies("PAY-4")
  void aSourceThatFailsLeavesNothingThatOpens() throws IOException {
    ByteArrayOutputStream sealed = new ByteArrayOutputStream();
    byte[] plaintext = Messages.plaintext(300_000);
    try (SecretBytes key = SecretBytes.copyOf(KEY)) {
      assertThatThrownBy(
              () ->
                  BackupCipher.seal(
                      key,
                      CONTEXT,
                      FixedRandom.seeded(1),
                      sink -> {
                        sink.write(plaintext);
                        throw new IOException("gone");
                      },
                      sealed))
          .isInstanceOf(IOException.class)
          .hasMessage("gone");
    }
    assertNeverAWrongByte(sealed.toByteArray(), plaintext);
  }

  @Example
  @Verifies({"PAY-4", "SEC-5"})
  void damageStaysAndNamesTheObjectOnly() throws IOException {
    byte[] sealed = Messages.seal(KEY, CONTEXT, Messages.plaintext(40_000));
    sealed[20_000] ^= 1;
    try (SecretBytes key = SecretBytes.copyOf(KEY)) {
      InputStream opened = BackupCipher.open(key, CONTEXT, NAME, new ByteArrayInputStream(sealed));
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> opened.read(new byte[100]))
            .isInstanceOfSatisfying(
                DamagedBackup.class, e -> assertThat(e.objectName()).isEqualTo(NAME.hex()))
            .hasMessage("object " + NAME + " is damaged");
      }
      assertThatThrownBy(opened::read).isInstanceOf(DamagedBackup.class);
      assertThatCode(opened::close).doesNotThrowAnyException();
    }
  }

  @Example
  @Verifies("PAY-4")
  void whatFollowsDamageNeverOpensThoughItIsTheWholeMessage() throws IOException {
    byte[] sealed = Messages.seal(KEY, CONTEXT, Messages.plaintext(40_000));
    int header = ChunkArithmetic.HEADER_BYTES;
    byte[] batch = new byte[SealingStream.BATCH * ChunkArithmetic.SEALED_CHUNK_BYTES];
    ByteArrayOutputStream mended = new ByteArrayOutputStream();
    mended.write(sealed, 0, header);
    mended.writeBytes(batch);
    mended.write(sealed, header, sealed.length - header);
    try (SecretBytes key = SecretBytes.copyOf(KEY);
        InputStream opened =
            BackupCipher.open(key, CONTEXT, NAME, new ByteArrayInputStream(mended.toByteArray()))) {
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(opened::read).isInstanceOf(DamagedBackup.class);
      }
    }
  }

  @Provide
  Arbitrary<Integer> lengths() {
    return Arbitraries.oneOf(
        Arbitraries.of(
            0, 1, 2, 255, 16383, 16384, 16385, 32767, 32768, 32769, 131071, 131072, 131073, 147456,
            262144),
        Arbitraries.integers().between(0, 300_000));
  }

  @Provide
  Arbitrary<Integer> cuts() {
    return Arbitraries.oneOf(
        Arbitraries.of(1, 15, 16, 17, 56, 72, 16383, 16384, 16399, 16400, 16401, 32800),
        Arbitraries.integers().between(1, 310_000));
  }

  private static void assertNeverAWrongByte(byte[] sealed, byte[] plaintext) throws IOException {
    assertThatThrownBy(() -> Messages.open(KEY, CONTEXT, sealed)).isInstanceOf(DamagedBackup.class);
    byte[] given = Messages.givenOut(KEY, CONTEXT, sealed);
    assertThat(given.length).isLessThanOrEqualTo(plaintext.length);
    assertThat(given).isEqualTo(Arrays.copyOf(plaintext, given.length));
  }
}
