package lockstep.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import lockstep.spec.Verifies;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Every rule of a manifest, broken by hand beside a sibling that keeps it. */
class ManifestRefusalProperties {

  private static final long T = 1L << 42;

  @Property(tries = 100)
  @Verifies("MAN-2")
  void anEntryWithAForbiddenPathIsDamaged(@ForAll("forbidden") String path) throws IOException {
    accepts(RawManifest.begun().directory("a").emptyFile("a/b").ended());
    refuses(RawManifest.begun().directory("a").emptyFile(path).ended());
    refuses(RawManifest.begun().directory(path).ended());
    refuses(RawManifest.begun().link(path, "t").ended());
  }

  @Example
  @Verifies("MAN-3")
  void anEqualOrSmallerPathIsDamaged() throws IOException {
    accepts(RawManifest.begun().emptyFile("a").emptyFile("b").ended());
    refuses(RawManifest.begun().emptyFile("b").emptyFile("a").ended());
    refuses(RawManifest.begun().emptyFile("a").emptyFile("a").ended());
    accepts(RawManifest.begun().directory("a").emptyFile("a/z").emptyFile("a-").ended());
    refuses(RawManifest.begun().directory("a").emptyFile("a-").emptyFile("a/z").ended());
    accepts(RawManifest.begun().emptyFile("a").emptyFile("\u00ff").ended());
    refuses(RawManifest.begun().emptyFile("\u00ff").emptyFile("a").ended());
  }

  @Example
  @Verifies("MAN-4")
  void anEntryWithoutItsDirectoryIsDamaged() throws IOException {
    accepts(RawManifest.begun().directory("a").directory("a/b").emptyFile("a/b/c").ended());
    refuses(RawManifest.begun().emptyFile("a/b").ended());
    refuses(RawManifest.begun().directory("a").emptyFile("a/b/c").ended());
    refuses(RawManifest.begun().emptyFile("a").emptyFile("a/b").ended());
    refuses(RawManifest.begun().link("a", "/etc").emptyFile("a/passwd").ended());
    refuses(RawManifest.begun().directory("a").link("a/b", "..").emptyFile("a/b/c").ended());
    refuses(RawManifest.begun().directory("a").emptyFile("ab/c").ended());
  }

  @Example
  @Verifies("MAN-5")
  void segmentsThatDoNotCoverTheFileAreDamaged() throws IOException {
    accepts(table(10, 10, new long[] {0, 0, 10}));
    accepts(table(10, 10, new long[] {0, 5, 5}, new long[] {0, 0, 5}));
    refuses(table(10, 10, new long[] {0, 0, 9}));
    refuses(table(10, 10, new long[] {0, 0, 10}, new long[] {0, 0, 1}));
    refuses(table(10, 10));
    refuses(table(0, 10, new long[] {0, 0, 0}));
    refuses(table(10, 10, new long[] {0, 0, 10}, new long[] {0, 0, 0}));
    refuses(table(10, 10, new long[] {0, 1, 10}));
    refuses(table(10, 9, new long[] {0, 0, 10}));
    refuses(table(10, 10, new long[] {1, 0, 10}));
    refuses(table(10, 10, new long[] {0xffffffffL, 0, 10}));
    refuses(table(10, 10, new long[] {262_144, 0, 10}));
    refuses(table(10, 10, new long[] {0, Long.MAX_VALUE, 10}));
    refuses(table(10, 10, new long[] {0, -1, 10}));
    refuses(table(10, 10, new long[] {0, 0, -10}));
    refuses(table(-1, 10));
  }

  @Example
  @Verifies({"MAN-1~2", "ENC-1", "ENC-2"})
  void aHeaderThatIsNotOneIsDamaged() throws IOException {
    accepts(RawManifest.begun().ended());
    refuses(RawManifest.empty().text("LSM2").u64(1).u64(2).u8(0).ended());
    refuses(RawManifest.empty().text("LSM1").u64(-1).u64(2).u8(0).ended());
    refuses(RawManifest.empty().text("LSM1").u64(1).u64(-1).u8(0).ended());
    accepts(RawManifest.empty().text("LSM1").u64(1).u64(2).u8(1).object(1L << 51).ended());
    refuses(RawManifest.empty().text("LSM1").u64(1).u64(2).u8(1).object((1L << 51) + 1).ended());
    refuses(RawManifest.empty().text("LSM1").u64(1).u64(2).u8(2).object(3).ended());
    refuses(RawManifest.empty().text("LSM1").u64(1).u64(2).u8(1).object(3).bytes());
    refuses(RawManifest.empty().text("LSM1").u64(1).u64(2).u8(1).text("d".repeat(31)).bytes());
  }

  @Example
  @Verifies({"MAN-1~2", "ENC-2", "ENC-3"})
  void anEntryThatIsNotOneIsDamaged() throws IOException {
    accepts(RawManifest.begun().entry(1, "a", 0777, 2 * T - 1, 999_999_999).ended());
    refuses(RawManifest.begun().entry(1, "a", 01000, T, 0).ended());
    refuses(RawManifest.begun().entry(1, "a", 0xffff, T, 0).ended());
    refuses(RawManifest.begun().entry(1, "a", 0777, 2 * T, 0).ended());
    refuses(RawManifest.begun().entry(1, "a", 0777, -1, 0).ended());
    refuses(RawManifest.begun().entry(1, "a", 0777, T, 1_000_000_000).ended());
    refuses(RawManifest.begun().entry(1, "a", 0777, T, 0xffffffffL).ended());
    refuses(RawManifest.begun().entry(4, "a", 0777, T, 0).ended());
    refuses(RawManifest.begun().entry(255, "a", 0777, T, 0).ended());
    accepts(RawManifest.begun().link("a", "t").ended());
    accepts(RawManifest.begun().link("a", "t".repeat(4096)).ended());
    refuses(RawManifest.begun().link("a", "t".repeat(4097)).ended());
    refuses(RawManifest.begun().link("a", "").ended());
    refuses(RawManifest.begun().link("a", "t\0").ended());
    refuses(RawManifest.begun().entry(3, "a", 0777, T, 0).bytes16("t").ended());
    refuses(RawManifest.begun().entry(2, "a", 0777, T, 0).u64(5).u32(0xffffffffL).ended());
  }

  @Example
  @Verifies({"MAN-1~2", "OBJ-7", "ENC-2"})
  void anEndThatIsNotOneIsDamaged() throws IOException {
    accepts(RawManifest.begun().u8(0).u32(1).object(16_777_216).totals());
    refuses(RawManifest.begun().u8(0).u32(1).object(16_777_217).totals());
    refuses(RawManifest.begun().u8(0).u32(1).object(-1).totals());
    refuses(RawManifest.begun().u8(0).u32(2).object(1).totals());
    refuses(RawManifest.begun().u8(0).u32(0xffffffffL).totals());
    refuses(RawManifest.begun().u8(0).u32(0).u64(1).u64(0).bytes());
    refuses(RawManifest.begun().u8(0).u32(0).u64(0).u64(1).bytes());
    refuses(RawManifest.begun().u8(0).u32(0).u64(0).u64(0).u8(0).bytes());
    refuses(RawManifest.begun().bytes());
  }

  @Provide
  Arbitrary<String> forbidden() {
    return Arbitraries.oneOf(
        Arbitraries.of(
            List.of(
                "",
                "/",
                "/b",
                "b/",
                "a//b",
                "..",
                "a/..",
                "a/../b",
                "../b",
                ".",
                "a/.",
                "a/./b",
                "b\0",
                "a/b\0",
                "x".repeat(256),
                "a/" + "x".repeat(300),
                "a/" + "x/".repeat(2100))),
        Arbitraries.of('.', '/', '\0')
            .list()
            .ofMinSize(1)
            .ofMaxSize(2)
            .map(ManifestRefusalProperties::joined));
  }

  private static String joined(List<Character> characters) {
    StringBuilder text = new StringBuilder();
    characters.forEach(text::append);
    return text.toString();
  }

  private static byte[] table(long size, long objectBytes, long[]... segments) {
    return RawManifest.begun().file("a", size, segments).u8(0).u32(1).object(objectBytes).totals();
  }

  private static void accepts(byte[] manifest) throws IOException {
    assertThat(Manifests.write(Manifests.read(manifest))).isEqualTo(manifest);
  }

  private static void refuses(byte[] manifest) {
    assertThatThrownBy(() -> Manifests.read(manifest))
        .isInstanceOf(DamagedBackup.class)
        .hasMessage("object " + Messages.NAME + " is damaged");
  }
}
