package lockstep.adapter.filetree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import lockstep.evidence.TestsFolder;
import lockstep.spec.Verifies;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** Names and link targets are bytes, whatever the locale makes of them. */
@Verifies({"MAN-6", "CLI-8"})
final class RawNamesProperties {

  private static Path temporary() throws IOException {
    return Files.createTempDirectory(TestsFolder.path(), "lockstep-names");
  }

  @Property(tries = 300)
  void aNameOfAnyBytesComesBack(@ForAll @Size(min = 1, max = 60) byte[] drawn) throws IOException {
    byte[] name = drawn.clone();
    for (int i = 0; i < name.length; i++) {
      name[i] = name[i] == 0 || name[i] == '/' ? (byte) 'x' : name[i];
    }
    String text = new String(name, StandardCharsets.ISO_8859_1);
    Assume.that(!text.equals(".") && !text.equals(".."));
    Path directory = temporary();
    Path file = directory.resolve(RawNames.relative(name));
    Files.createFile(file);
    try (var listed = Files.list(directory)) {
      Path found = listed.findFirst().orElseThrow().getFileName();
      assertThat(RawNames.bytes(found)).isEqualTo(name);
      assertThat(found).isEqualTo(file.getFileName());
    }
    Files.delete(file);
    Files.delete(directory);
  }

  @Property(tries = 300)
  void aLinksTargetComesBack(@ForAll @Size(min = 1, max = 40) byte[] drawn) throws IOException {
    byte[] target = drawn.clone();
    for (int i = 0; i < target.length; i++) {
      if (target[i] == 0 || (target[i] & 7) == 3) {
        target[i] = (byte) (target[i] == 0 ? 'x' : '/');
      }
      boolean before = i > 0 && target[i - 1] == '/';
      if (before && target[i] == '/') {
        target[i] = '.';
      }
    }
    assertThat(linked(target)).isEqualTo(target);
  }

  @Example
  void aPerCentSignIsItself() throws IOException {
    for (String text : new String[] {"100%25 sure", "%41", "%2e%2e", "a%2Fb", "%%30"}) {
      byte[] name = text.getBytes(StandardCharsets.US_ASCII);
      assertThat(RawNames.bytes(RawNames.relative(name))).isEqualTo(name);
      assertThat(RawNames.relative(name)).hasToString(text);
      assertThat(linked(name)).as(text).isEqualTo(name);
    }
  }

  @Example
  void dotsAndDoubleSlashesComeBack() throws IOException {
    for (String text :
        new String[] {
          "..", ".", "/", "a/../b/.", "a//b", "a//b//c", "/x//y", "c/", "/c/", "../.."
        }) {
      byte[] target = text.getBytes(StandardCharsets.UTF_8);
      assertThat(linked(target)).as(text).isEqualTo(target);
    }
    byte[] raw = {'a', '/', '/', (byte) 0xff, '/', '/', 'b'};
    assertThat(linked(raw)).isEqualTo(raw);
  }

  @Example
  void superfluousSlashesElsewhereMayBeLost() throws IOException {
    for (String text : new String[] {"//x", "a///b", "c//"}) {
      byte[] target = text.getBytes(StandardCharsets.UTF_8);
      String found = new String(linked(target), StandardCharsets.UTF_8);
      assertThat(found.replaceAll("/+", "/")).isEqualTo(text.replaceAll("/+", "/"));
    }
  }

  private static byte[] linked(byte[] target) throws IOException {
    Path directory = temporary();
    Path link = directory.resolve("link");
    Files.createSymbolicLink(link, RawNames.linkTarget(target));
    byte[] found = RawNames.bytes(Files.readSymbolicLink(link));
    Files.delete(link);
    Files.delete(directory);
    return Arrays.copyOf(found, found.length);
  }
}
