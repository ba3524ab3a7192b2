package lockstep.backup.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import lockstep.adapter.filetree.DirectorySource;
import lockstep.backup.RandomTree;
import lockstep.backup.World;
import lockstep.backup.notes.FileStamp;
import lockstep.backup.restore.RestoreOutcome;
import lockstep.backup.restore.VerificationOutcome;
import lockstep.backup.store.ReservedName;
import lockstep.spec.Verifies;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What cannot be backed up as it was listed is named, and never stored as something else. */
final class SourceTroubleProperties {

  /** Something that happens to a file between listing and opening. */
  private interface Event {
    void happen(Path file) throws IOException;
  }

  /** A source in which something happens to "victim" after it was listed. */
  private static SourceTree troubled(World world, boolean beforeOpening, Event event) {
    SourceTree tree = new DirectorySource(world.source);
    return () -> {
      SourceTree.Walk walk = tree.walk();
      return new SourceTree.Walk() {
        @Override
        public Optional<SourceEntry> next() throws IOException {
          return walk.next().map(entry -> troubled(entry));
        }

        private SourceEntry troubled(SourceEntry entry) {
          if (entry instanceof SourceEntry.RegularFile file
              && file.path().toString().equals("victim")) {
            return new SourceEntry.RegularFile(
                file.path(),
                file.mode(),
                file.stamp(),
                () -> {
                  Path victim = world.source.resolve("victim");
                  if (beforeOpening) {
                    event.happen(victim);
                    return file.opening().open();
                  }
                  SourceFile opened = file.opening().open();
                  event.happen(victim);
                  return opened;
                });
          }
          return entry;
        }

        @Override
        public void close() throws IOException {
          walk.close();
        }
      };
    };
  }

  private static int victimLength(boolean large) {
    return large ? 2 * Packer.PACK_BYTES + 5 : 5000;
  }

  private static List<Omission> backUp(World world, SourceTree source) throws IOException {
    world.write("other", new byte[100]);
    return World.done(world.run(source)).omissions();
  }

  private static Path restored(World world) throws IOException {
    Path target = world.newTarget();
    assertThat(world.restore(target)).isInstanceOf(RestoreOutcome.Restored.class);
    assertThat(target.resolve("other")).exists();
    return target.resolve("victim");
  }

  @Property(tries = 4)
  @Verifies("BAK-7~3")
  void aFileThatShrinksIsLeftOut(@ForAll boolean large, @ForAll boolean early) throws IOException {
    try (World world = new World()) {
      world.write("victim", new byte[victimLength(large)]);
      SourceTree source =
          troubled(
              world,
              early,
              file -> {
                try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
                  open.setLength(7);
                }
              });
      assertThat(backUp(world, source))
          .containsExactly(new Omission("victim", Omission.Reason.GONE_WHILE_READ));
      assertThat(restored(world)).doesNotExist();
      assertThat(backUp(world, new DirectorySource(world.source))).isEmpty();
      assertThat(restored(world)).hasSize(7);
    }
  }

  @Property(tries = 4)
  @Verifies("BAK-7~3")
  void aFileThatGrowsIsStoredToTheLengthListed(@ForAll boolean large, @ForAll boolean early)
      throws IOException {
    try (World world = new World()) {
      byte[] content = new RandomTree(1).bytes(victimLength(large));
      world.write("victim", content);
      SourceTree source =
          troubled(
              world,
              early,
              file -> Files.write(file, new byte[9], java.nio.file.StandardOpenOption.APPEND));
      assertThat(backUp(world, source))
          .containsExactly(new Omission("victim", Omission.Reason.CHANGED_WHILE_READ));
      assertThat(Files.readAllBytes(restored(world))).isEqualTo(content);
      assertThat(backUp(world, new DirectorySource(world.source))).isEmpty();
      byte[] grown = Arrays.copyOf(content, content.length + 9);
      assertThat(Files.readAllBytes(restored(world))).isEqualTo(grown);
    }
  }

  @Property(tries = 4)
  @Verifies("BAK-8~2")
  void anotherFileInItsPlaceIsNotStored(@ForAll boolean large, @ForAll boolean early)
      throws IOException {
    try (World world = new World()) {
      world.write("victim", new byte[victimLength(large)]);
      Path secret = Files.write(world.top.resolve("secret"), new byte[victimLength(large)]);
      SourceTree source =
          troubled(
              world,
              early,
              file -> Files.move(secret, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING));
      List<Omission> omissions = backUp(world, source);
      assertThat(omissions).hasSize(1);
      assertThat(omissions.get(0).path()).isEqualTo("victim");
      assertThat(restored(world)).doesNotExist();
    }
  }

  @Property(tries = 4)
  @Verifies("BAK-8~2")
  void aLinkInItsPlaceIsNotFollowed(@ForAll boolean large, @ForAll boolean early)
      throws IOException {
    try (World world = new World()) {
      world.write("victim", new byte[victimLength(large)]);
      Path secret = Files.write(world.top.resolve("secret"), new byte[victimLength(large)]);
      SourceTree source =
          troubled(
              world,
              early,
              file -> {
                Files.delete(file);
                Files.createSymbolicLink(file, secret);
              });
      List<Omission> omissions = backUp(world, source);
      assertThat(omissions).hasSize(1);
      assertThat(restored(world)).doesNotExist();
    }
  }

  @Example
  @Verifies("BAK-8~2")
  void aLinkInAParentsPlaceIsNotFollowed() throws IOException {
    try (World world = new World()) {
      world.write("folder/file", new byte[10]);
      Path outside = Files.createDirectory(world.top.resolve("outside"));
      Files.write(outside.resolve("file"), new byte[20]);
      SourceTree tree = new DirectorySource(world.source);
      try (SourceTree.Walk walk = tree.walk()) {
        assertThat(walk.next().orElseThrow()).isInstanceOf(SourceEntry.Directory.class);
        SourceEntry.RegularFile file = (SourceEntry.RegularFile) walk.next().orElseThrow();
        Files.move(world.source.resolve("folder"), world.top.resolve("moved"));
        Files.createSymbolicLink(world.source.resolve("folder"), outside);
        try (SourceFile opened = file.opening().open()) {
          byte[] read = new byte[30];
          assertThat(opened.read(0, read, 0, 30)).isEqualTo(10);
          assertThat(opened.sameness()).isEqualTo(SourceFile.Sameness.ANOTHER);
        }
      }
    }
  }

  @Example
  @Verifies("BAK-7~3")
  void anUnreadableFileIsNamed() throws IOException {
    try (World world = new World()) {
      world.write("victim", new byte[10]);
      SourceTree source =
          troubled(
              world,
              true,
              file -> {
                throw new IOException("no permission");
              });
      assertThat(backUp(world, source))
          .containsExactly(new Omission("victim", Omission.Reason.UNREADABLE));
      assertThat(restored(world)).doesNotExist();
    }
  }

  @Example
  @Verifies({"MAN-8", "BAK-7~3"})
  void pipesAreNamedAndLeftOut() throws IOException, InterruptedException {
    try (World world = new World()) {
      Path pipe = world.source.resolve("victim");
      assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
      assertThat(backUp(world, new DirectorySource(world.source)))
          .containsExactly(new Omission("victim", Omission.Reason.KIND_NOT_KEPT));
      assertThat(restored(world)).doesNotExist();
    }
  }

  @Example
  @Verifies("MAN-9")
  void theReservedNameIsNamedAndLeftOut() throws IOException {
    try (World world = new World()) {
      world.write(ReservedName.WORK + "/tree/file", new byte[10]);
      world.write("below/" + ReservedName.WORK, new byte[10]);
      assertThat(backUp(world, new DirectorySource(world.source)))
          .containsExactly(new Omission(ReservedName.WORK, Omission.Reason.NAME_RESERVED));
      assertThat(restored(world).resolveSibling("below").resolve(ReservedName.WORK)).exists();
    }
  }

  @Example
  @Verifies("PRV-4~2")
  void aMissingSourceIsToldApartFromAMissingProvider() throws IOException {
    try (World world = new World()) {
      assertThat(world.run(new DirectorySource(world.top.resolve("nowhere"))))
          .isEqualTo(new BackupOutcome.SourceCannotBeListed());
      World.delete(world.provider);
      assertThat(world.run()).isInstanceOf(BackupOutcome.ProviderFailed.class);
      assertThat(world.provider).doesNotExist();
      assertThat(world.restore(world.newTarget()))
          .isInstanceOf(RestoreOutcome.ProviderFailed.class);
      assertThat(world.verify()).isInstanceOf(VerificationOutcome.ProviderFailed.class);
    }
  }

  @Property(tries = 3)
  @Verifies("BAK-7~3")
  void aSizeThatNoFileHasIsNamedAndLeftOut(
      @ForAll @net.jqwik.api.constraints.IntRange(min = 0, max = 2) int which) throws IOException {
    long size = new long[] {100L << 40, Long.MAX_VALUE, Long.MIN_VALUE}[which];
    try (World world = new World()) {
      world.write("victim", new byte[10]);
      assertThat(backUp(world, saying(world, size)))
          .containsExactly(new Omission("victim", Omission.Reason.TOO_LARGE));
      assertThat(restored(world)).doesNotExist();
    }
  }

  /** A file system that says of "victim" that it is so long, whatever it holds. */
  private static SourceTree saying(World world, long size) {
    SourceTree tree = new DirectorySource(world.source);
    return () -> {
      SourceTree.Walk walk = tree.walk();
      return new SourceTree.Walk() {
        @Override
        public Optional<SourceEntry> next() throws IOException {
          return walk.next().map(entry -> saying(entry, size));
        }

        @Override
        public void close() throws IOException {
          walk.close();
        }
      };
    };
  }

  private static SourceEntry saying(SourceEntry entry, long size) {
    return entry instanceof SourceEntry.RegularFile file && file.path().toString().equals("victim")
        ? new SourceEntry.RegularFile(
            file.path(),
            file.mode(),
            new FileStamp(
                size,
                file.stamp().modifiedAt(),
                file.stamp().changedAt(),
                file.stamp().fileNumber()),
            file.opening())
        : entry;
  }

  @Property(tries = 2)
  @Verifies("BAK-7~3")
  void aFileThatIsLongerThanItsFileSystemSaysIsNamed(@ForAll boolean large) throws IOException {
    try (World world = new World()) {
      byte[] content = new RandomTree(2).bytes(victimLength(large));
      world.write("victim", content);
      int said = content.length - 3;
      assertThat(backUp(world, saying(world, said)))
          .containsExactly(new Omission("victim", Omission.Reason.CHANGED_WHILE_READ));
      assertThat(Files.readAllBytes(restored(world))).isEqualTo(Arrays.copyOf(content, said));
    }
  }

  @Example
  @Verifies({"BAK-7~3", "BAK-21"})
  void aFileThatIsSaidToBeEmptyAndIsNotIsLeftOutAndNamed() throws IOException {
    try (World world = new World()) {
      world.write("empty", new byte[0]);
      world.write("victim", new byte[0]);
      assertThat(backUp(world, saying(world, 0))).isEmpty();
      world.write("victim", "made up when it is read".getBytes(StandardCharsets.US_ASCII));
      assertThat(backUp(world, saying(world, 0)))
          .extracting(Omission::path, Omission::reason)
          .containsExactly(tuple("victim", Omission.Reason.SIZE_UNKNOWN));
      assertThat(restored(world).resolveSibling("empty")).isEmptyFile();
    }
  }

  @Example
  @Verifies("BAK-7~3")
  void anEmptyFileThatCannotBeOpenedIsNamed() throws IOException {
    try (World world = new World()) {
      world.write("victim", new byte[0]);
      SourceTree source =
          troubled(
              world,
              true,
              file -> {
                throw new IOException("denied");
              });
      assertThat(backUp(world, source))
          .containsExactly(new Omission("victim", Omission.Reason.UNREADABLE));
    }
  }

  @Property(tries = 10)
  @Verifies("BAK-51")
  void aBackupChangesNothingInItsSource(@ForAll long seed) throws IOException {
    try (World world = new World()) {
      new RandomTree(seed).grow(world.source);
      List<String> before = allButAccessTimes(world.source);
      world.acceptsChanges = true;
      World.done(world.run());
      World.done(world.run());
      assertThat(allButAccessTimes(world.source)).isEqualTo(before);
    }
  }

  private static List<String> allButAccessTimes(Path top) throws IOException {
    List<Path> all;
    try (Stream<Path> walked = Files.walk(top)) {
      all = walked.sorted().toList();
    }
    List<String> seen = new ArrayList<>();
    for (Path path : all) {
      Map<String, Object> attributes =
          new TreeMap<>(Files.readAttributes(path, "unix:*", LinkOption.NOFOLLOW_LINKS));
      attributes.remove("lastAccessTime");
      seen.add(path + " " + attributes);
    }
    return seen;
  }

  @Example
  @Verifies("BAK-53")
  void aSourceThatTakesMoreObjectsThanThereAreIsAnOutcome() throws IOException {
    try (World world = new World()) {
      world.write("victim", new byte[1]);
      backUp(world, new DirectorySource(world.source));
      world.write("other", new byte[2]);
      assertThat(world.run(saying(world, Upload.MAX_FILE_BYTES)))
          .isEqualTo(new BackupOutcome.TooManyObjects());
      assertThat(restored(world)).hasSize(1);
    }
  }
}
