package lockstep.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import lockstep.backup.RandomTree;
import lockstep.backup.TreePicture;
import lockstep.backup.World;
import lockstep.backup.store.Freshness;
import lockstep.format.BackupPath;
import lockstep.spec.Verifies;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What differs between two backups is what was done in between. */
final class BackupDifferenceProperties {

  /** Every path that was handed out, with its sign. */
  private static final class Noted implements DifferenceTaker {
    private final List<String> all = new ArrayList<>();

    @Override
    public void added(BackupPath path) {
      all.add("+" + path);
    }

    @Override
    public void removed(BackupPath path) {
      all.add("-" + path);
    }

    @Override
    public void changed(BackupPath path, List<Aspect> aspects) {
      all.add("~" + path + aspects);
    }
  }

  private static List<String> differences(World world, long one, long other) throws IOException {
    Noted noted = new Noted();
    assertThat(
            new Verification(world.storage)
                .compare(
                    world.keys,
                    Freshness.unknown().askingFor(one),
                    Freshness.unknown().askingFor(other),
                    noted))
        .isInstanceOf(VerificationOutcome.Intact.class);
    return noted.all;
  }

  private static World keepingAll() {
    World world = new World();
    world.keep = 9;
    world.acceptsChanges = true;
    return world;
  }

  @Property(tries = 12)
  @Verifies("RST-43")
  void aPathIsNamedOnlyIfItIsNotTheSameInBoth(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    RandomTree content = new RandomTree(seed);
    try (World world = keepingAll()) {
      for (int i = 0; i < 6; i++) {
        world.write("d" + i % 2 + "/f" + i, content.bytes(50 + random.nextInt(200)));
      }
      world.backUp();
      var before = TreePicture.of(world.source);
      for (int change = 0; change < 4; change++) {
        String name = "d" + random.nextInt(2) + "/f" + random.nextInt(8);
        Path file = world.write(name, content.bytes(300 + random.nextInt(200)));
        if (random.nextInt(3) == 0) {
          Files.delete(file);
        }
      }
      world.backUp();
      var after = TreePicture.of(world.source);
      Set<String> expected = expected(before, after);
      TreeSet<String> found = new TreeSet<>();
      differences(world, 1, 2).forEach(line -> found.add(line.replaceAll("\\[.*", "")));
      assertThat(found).isEqualTo(expected);
      TreeSet<String> back = new TreeSet<>();
      differences(world, 2, 1).forEach(line -> back.add(line.replaceAll("\\[.*", "")));
      assertThat(back).hasSameSizeAs(found);
      assertThat(differences(world, 2, 2)).isEmpty();
    }
  }

  private static Set<String> expected(Map<String, String> before, Map<String, String> after) {
    TreeSet<String> expected = new TreeSet<>();
    for (String path : after.keySet()) {
      if (!before.containsKey(path)) {
        expected.add("+" + path);
      } else if (!before.get(path).equals(after.get(path))) {
        expected.add("~" + path);
      }
    }
    before.keySet().stream()
        .filter(path -> !after.containsKey(path))
        .forEach(path -> expected.add("-" + path));
    return expected;
  }

  /** The link points elsewhere, and its time is what it was. */
  private static void pointElsewhere(Path link) throws IOException {
    FileTime time = Files.getLastModifiedTime(link, LinkOption.NOFOLLOW_LINKS);
    Files.delete(link);
    Files.createSymbolicLink(link, Path.of("size"));
    Files.getFileAttributeView(link, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .setTimes(time, null, null);
  }

  @Example
  @Verifies("RST-43")
  void itIsSaidInWhatAnEntryDiffers() throws IOException {
    try (World world = keepingAll()) {
      FileTime time = FileTime.fromMillis(1_000_000);
      for (String name : List.of("anew", "mode", "same", "size", "time")) {
        Files.setLastModifiedTime(world.write(name, new byte[100]), time);
      }
      world.write("kind", new byte[10]);
      Path link = Files.createSymbolicLink(world.source.resolve("link"), Path.of("same"));
      world.backUp();
      byte[] other = new byte[100];
      other[0] = 1;
      Files.setLastModifiedTime(world.write("anew", other), time);
      Files.setAttribute(world.source.resolve("mode"), "unix:mode", 0600);
      Files.setLastModifiedTime(world.write("size", new byte[101]), time);
      Files.setLastModifiedTime(world.source.resolve("time"), FileTime.fromMillis(2_000_000));
      Files.delete(world.source.resolve("kind"));
      Files.createDirectory(world.source.resolve("kind"));
      pointElsewhere(link);
      world.backUp();
      List<String> found = new ArrayList<>(differences(world, 1, 2));
      // A time that was set may lose nanoseconds, and whatever was read again is stored anew.
      found.replaceAll(line -> line.startsWith("~link") ? line.replace(", TIME", "") : line);
      found.replaceAll(line -> line.replace("STORED_ANEW, TIME", "TIME"));
      found.replaceAll(line -> line.replace("STORED_ANEW, MODE", "MODE"));
      assertThat(found)
          .containsExactly(
              "~anew[STORED_ANEW]",
              "~kind[KIND]",
              "~link[TARGET]",
              "~mode[MODE]",
              "~size[SIZE]",
              "~time[TIME]");
    }
  }
}
