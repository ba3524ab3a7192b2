package lockstep.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import lockstep.spec.Verifies;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Paths stay below where they start, keep their bytes, and sort a directory before its content. */
class BackupPathProperties {

  @Property
  @Verifies({"MAN-2", "MAN-6"})
  void aPathIsComponentsThatNameSomething(@ForAll("pathLikeBytes") byte[] bytes) {
    Optional<BackupPath> path = BackupPath.parse(bytes);
    assertThat(path.isPresent()).isEqualTo(isPathByComponents(bytes));
    path.ifPresent(p -> assertThat(p.bytes()).isEqualTo(bytes));
  }

  @Example
  @Verifies("MAN-2")
  void lengthsAreBounded() {
    assertThat(BackupPath.parse(new byte[0])).isEmpty();
    assertThat(BackupPath.parse(letters(255))).isPresent();
    assertThat(BackupPath.parse(letters(256))).isEmpty();
    byte[] longest = letters(4096);
    for (int i = 200; i < longest.length; i += 200) {
      longest[i] = '/';
    }
    assertThat(BackupPath.parse(longest)).isPresent();
    byte[] tooLong = Arrays.copyOf(longest, 4097);
    tooLong[4096] = 'a';
    assertThat(BackupPath.parse(tooLong)).isEmpty();
  }

  @Example
  @Verifies("MAN-2")
  void whatLeavesTheTargetIsNoPath() {
    for (String bad :
        List.of(
            "/", "/etc", "..", ".", "a/..", "../a", "a/../b", "a/./b", "./a", "a/", "a//b",
            "a\0b")) {
      assertThat(parse(bad)).as(bad).isEmpty();
    }
    for (String good : List.of("...", "..a", "a..", ".a", "a/.b/..c", "-", "a\\..\\b", "~", "C:")) {
      assertThat(parse(good)).as(good).isPresent();
    }
  }

  @Property
  @Verifies("MAN-3")
  void theOrderIsThatOfTheBytesWithTheSlashLowest(
      @ForAll("paths") BackupPath one, @ForAll("paths") BackupPath two) {
    byte[] a = withSlashLowest(one);
    byte[] b = withSlashLowest(two);
    assertThat(Integer.signum(one.compareTo(two)))
        .isEqualTo(Integer.signum(Arrays.compareUnsigned(a, b)));
    assertThat(one.compareTo(two) == 0).isEqualTo(one.equals(two));
    if (one.equals(two)) {
      assertThat(one).hasSameHashCodeAs(two);
    }
  }

  @Property
  @Verifies({"MAN-3", "MAN-4"})
  void nothingStandsBetweenADirectoryAndItsContent(
      @ForAll("paths") BackupPath directory,
      @ForAll("paths") BackupPath below,
      @ForAll("paths") BackupPath other) {
    BackupPath child = joined(directory, below);
    assertThat(child.isBelow(directory)).isTrue();
    assertThat(directory).isLessThan(child);
    if (other.compareTo(directory) > 0 && other.compareTo(child) < 0) {
      assertThat(other.isBelow(directory)).isTrue();
    }
  }

  @Property
  @Verifies("MAN-4")
  void theParentIsWhatStandsBeforeTheLastSlash(@ForAll("paths") BackupPath path) {
    String text = new String(path.bytes(), StandardCharsets.ISO_8859_1);
    int slash = text.lastIndexOf('/');
    Optional<String> expected =
        slash < 0 ? Optional.empty() : Optional.of(text.substring(0, slash));
    assertThat(path.parent().map(p -> new String(p.bytes(), StandardCharsets.ISO_8859_1)))
        .isEqualTo(expected);
    path.parent().ifPresent(parent -> assertThat(path.isBelow(parent)).isTrue());
  }

  @Property
  @Verifies({"MAN-1~2", "MAN-6"})
  void aTargetIsAnyBytesButNul(@ForAll byte[] bytes) {
    boolean nul = new String(bytes, StandardCharsets.ISO_8859_1).indexOf('\0') >= 0;
    Optional<LinkTarget> target = LinkTarget.parse(bytes);
    assertThat(target.isPresent()).isEqualTo(bytes.length > 0 && bytes.length <= 4096 && !nul);
    target.ifPresent(t -> assertThat(t.bytes()).isEqualTo(bytes));
    assertThat(target).isEqualTo(LinkTarget.parse(bytes.clone()));
    assertThat(LinkTarget.parse(letters(4096))).isPresent();
    assertThat(LinkTarget.parse(letters(4097))).isEmpty();
  }

  @Example
  @Verifies("MAN-6")
  void namesAreShownAsUtf8() {
    assertThat(parse("höhle/ж").orElseThrow()).hasToString("höhle/ж");
    assertThat(BackupPath.parse(new byte[] {'a', (byte) 0xff}).orElseThrow())
        .hasToString("a\ufffd");
    assertThat(LinkTarget.parse(new byte[] {'/', 'x'}).orElseThrow()).hasToString("/x");
  }

  @Provide
  Arbitrary<byte[]> pathLikeBytes() {
    return Arbitraries.of((byte) '/', (byte) '.', (byte) 'a', (byte) 0, (byte) 0xff)
        .array(byte[].class)
        .ofMaxSize(8);
  }

  @Provide
  Arbitrary<BackupPath> paths() {
    return Arbitraries.of((byte) '/', (byte) '-', (byte) '0', (byte) 'a', (byte) 0xc3, (byte) 1)
        .array(byte[].class)
        .ofMinSize(1)
        .ofMaxSize(7)
        .filter(bytes -> BackupPath.parse(bytes).isPresent())
        .map(bytes -> BackupPath.parse(bytes).orElseThrow());
  }

  private static Optional<BackupPath> parse(String text) {
    return BackupPath.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  private static boolean isPathByComponents(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    return text.indexOf('\0') < 0
        && Arrays.stream(text.split("/", -1)).noneMatch(component -> component.matches("\\.{0,2}"));
  }

  private static byte[] withSlashLowest(BackupPath path) {
    byte[] bytes = path.bytes();
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = bytes[i] == '/' ? 0 : bytes[i];
    }
    return bytes;
  }

  private static BackupPath joined(BackupPath directory, BackupPath below) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(directory.bytes());
    bytes.write('/');
    bytes.writeBytes(below.bytes());
    return BackupPath.parse(bytes.toByteArray()).orElseThrow();
  }

  private static byte[] letters(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 'a');
    return bytes;
  }
}
