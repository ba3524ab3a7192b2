package lockstep.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.function.Function;
import lockstep.spec.Verifies;
import lockstep.unicode.Normalization;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** The codec's fields: width, order, bounds. */
class WireCodecProperties {

  @Property
  @Verifies("ENC-1")
  void integersAreBigEndianAtFullWidth(
      @ForAll @IntRange(max = 0xff) int u8,
      @ForAll @IntRange(max = 0xffff) int u16,
      @ForAll @IntRange int u32,
      @ForAll @LongRange long u64) {
    byte[] encoded = new WireWriter().u8(u8).u16(u16).u32(u32).u64(u64).toByteArray();
    assertThat(HexFormat.of().formatHex(encoded))
        .isEqualTo(String.format("%02x%04x%08x%016x", u8, u16, u32, u64));
    assertThat(
            WireReader.decode(
                encoded,
                in -> in.u8() == u8 && in.u16() == u16 && in.u32() == u32 && in.u64() == u64))
        .contains(true);
  }

  @Property
  @Verifies("ENC-1")
  void integersThatDoNotFitASignedOneAreRefused(@ForAll long value) {
    byte[] encoded = HexFormat.of().parseHex(String.format("%016x", value));
    assertThat(WireReader.decode(encoded, WireReader::u64).isPresent()).isEqualTo(value >= 0);
    byte[] narrow = HexFormat.of().parseHex(String.format("%08x", (int) value));
    assertThat(WireReader.decode(narrow, WireReader::u32).isPresent()).isEqualTo((int) value >= 0);
  }

  @Property
  @Verifies("ENC-2")
  void aFlagIsZeroOrOne(@ForAll byte value) {
    assertThat(WireReader.decode(new byte[] {value}, WireReader::flag).isPresent())
        .isEqualTo(value == 0 || value == 1);
  }

  /** Refused as a value: nothing is read, and nothing thrown. */
  private static void refuses(byte[] encoded, Function<WireReader, Object> body) {
    assertThatCode(() -> assertThat(WireReader.decode(encoded, body)).isEmpty())
        .doesNotThrowAnyException();
  }

  @Example
  @Verifies("ENC-3")
  void aLengthIsRefusedBeforeMemoryIsTaken() {
    byte[] twoGibibytes = HexFormat.of().parseHex("7fffffff00");
    refuses(twoGibibytes, in -> in.bytes32(Integer.MAX_VALUE));
    refuses(twoGibibytes, in -> in.bytes(Integer.MAX_VALUE));
    refuses(twoGibibytes, in -> in.bytes(-1));
  }

  @Property
  @Verifies("ENC-3")
  void aLengthAboveItsBoundIsRefused(@ForAll @IntRange(max = 300) int length) {
    byte[] short16 = new WireWriter().bytes16(new byte[length]).toByteArray();
    byte[] short32 = new WireWriter().bytes32(new byte[length]).toByteArray();
    assertThat(WireReader.decode(short16, in -> in.bytes16(100)).isPresent())
        .isEqualTo(length <= 100);
    assertThat(WireReader.decode(short32, in -> in.bytes32(100)).isPresent())
        .isEqualTo(length <= 100);
  }

  @Property
  @Verifies("ENC-2")
  void textIsReadOnlyIfItIsTheUtf8OfWhatIsRead(@ForAll byte[] bytes) {
    byte[] encoded = new WireWriter().bytes16(bytes).toByteArray();
    WireReader.decode(encoded, in -> in.text16(bytes.length))
        .ifPresent(
            text -> assertThat(new WireWriter().text16(text).toByteArray()).isEqualTo(encoded));
  }

  @Example
  @Verifies("ENC-2")
  void textThatIsNotWellFormedIsRefused() {
    for (String bad : new String[] {"80", "c080", "e08080", "eda080", "f4908080", "c3", "ff"}) {
      byte[] encoded = new WireWriter().bytes16(HexFormat.of().parseHex(bad)).toByteArray();
      refuses(encoded, in -> in.text16(9));
    }
    assertThatThrownBy(() -> new WireWriter().text16("\ud800"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Property
  @Verifies("ENC-4")
  void anAccountNameIsOneTo255BytesWithoutControls(@ForAll String typed) {
    String text = Normalization.nfc(typed);
    boolean surrogatesPair = text.codePoints().noneMatch(c -> c >= 0xd800 && c <= 0xdfff);
    boolean controls = text.codePoints().anyMatch(c -> c <= 0x1f || (c >= 0x7f && c <= 0x9f));
    int bytes = text.codePoints().map(c -> Character.toString(c).getBytes(UTF_8).length).sum();
    assertThat(AccountName.parse(text).isPresent())
        .isEqualTo(surrogatesPair && !controls && bytes >= 1 && bytes <= 255);
  }

  @Example
  @Verifies("TXT-2")
  void anAccountNameThatIsNotComposedIsMalformed() {
    assertThat(AccountName.parse("Ren\u00e9")).isPresent();
    assertThat(AccountName.parse("Rene\u0301")).isEmpty();
    assertThat(AccountName.parse("\u1112\u1161\u11ab")).isEmpty();
    assertThat(AccountName.parse("\ud55c")).isPresent();
    assertThat(AccountName.parse("\u212b")).isEmpty();
    // Composes since Unicode 16, whatever the runtime has.
    assertThat(AccountName.parse("\uD81B\uDD67\uD81B\uDD67")).isEmpty();
    assertThat(AccountName.parse("\uD81B\uDD68")).isPresent();
    byte[] decomposed = "Rene\u0301".getBytes(UTF_8);
    byte[] status = new WireWriter().u8(1).u8(1).bytes16(decomposed).toByteArray();
    assertThat(Request.decode(status)).isEmpty();
  }

  @Example
  @Verifies("ENC-4")
  void theBoundsOfAnAccountName() {
    assertThat(AccountName.parse("")).isEmpty();
    assertThat(AccountName.parse("a".repeat(255))).isPresent();
    assertThat(AccountName.parse("a".repeat(256))).isEmpty();
    assertThat(AccountName.parse("ä".repeat(127) + "a")).isPresent();
    assertThat(AccountName.parse("ä".repeat(128))).isEmpty();
    for (String control : new String[] {"\0", "\n", "\u001f", "\u007f", "\u0080", "\u009f"}) {
      assertThat(AccountName.parse("a" + control)).isEmpty();
    }
    byte[] status =
        new WireWriter().u8(2).u8(1).bytes16(new byte[] {'a', 0}).bytes(new byte[32]).toByteArray();
    assertThat(Request.decode(status)).isEmpty();
  }

  @Property
  @Verifies("ENC-1")
  void aValueOutsideItsFieldIsNeverWritten(
      @ForAll @IntRange(min = Integer.MIN_VALUE, max = -1) int v) {
    for (Runnable write :
        new Runnable[] {
          () -> new WireWriter().u8(v),
          () -> new WireWriter().u8(0x100),
          () -> new WireWriter().u16(v),
          () -> new WireWriter().u16(0x10000),
          () -> new WireWriter().u32(v),
          () -> new WireWriter().u64(v),
          () -> new WireWriter().bytes16(new byte[0x10000])
        }) {
      assertThatThrownBy(write::run).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Property
  void bytesNeitherShareTheirArrayNorShowIt(@ForAll byte[] content) {
    byte[] source = content.clone();
    Bytes bytes = Bytes.copyOf(source);
    Bytes same = Bytes.copyOf(content);
    for (int i = 0; i < source.length; i++) {
      source[i] ^= 1;
      bytes.toArray()[i] ^= 1;
    }
    assertThat(bytes).isEqualTo(same).hasSameHashCodeAs(same);
    assertThat(bytes).hasToString("Bytes[" + content.length + "]");
  }
}
