package lockstep.backup.notes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import lockstep.backup.RandomTree;
import lockstep.backup.TreePicture;
import lockstep.backup.World;
import lockstep.backup.restore.RestoreOutcome;
import lockstep.backup.restore.VerificationOutcome;
import lockstep.backup.run.BackupOutcome;
import lockstep.backup.run.BackupRun;
import lockstep.backup.run.MarkSetter;
import lockstep.backup.run.Packer;
import lockstep.backup.run.StampRule;
import lockstep.backup.store.BackupMark;
import lockstep.backup.store.Progress;
import lockstep.evidence.Exhaustive;
import lockstep.evidence.Points;
import lockstep.format.ObjectId;
import lockstep.format.SealedDigest;
import lockstep.format.StoredObject;
import lockstep.spec.Verifies;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What the device noted saves work and decides nothing that matters. */
@Verifies("BAK-13~2")
final class BackupNotesProperties {

  private static Path note(World world) throws IOException {
    try (var listed = Files.list(world.notesDirectory)) {
      List<Path> notes = listed.toList();
      assertThat(notes).hasSize(1);
      return notes.get(0);
    }
  }

  private static void assertRestores(World world) throws IOException {
    Path target = world.newTarget();
    assertThat(world.restore(target)).isInstanceOf(RestoreOutcome.Restored.class);
    assertThat(TreePicture.of(target)).isEqualTo(TreePicture.of(world.source));
  }

  @Property(tries = 40)
  void spoiledOrCutNotesNeverSpoilABackup(
      @ForAll @IntRange(max = 10_000) int place, @ForAll boolean cut, @ForAll long seed)
      throws IOException {
    try (World world = new World()) {
      new RandomTree(seed).grow(world.source);
      BackupMark last = world.backUp().mark();
      Path note = note(world);
      byte[] bytes = Files.readAllBytes(note);
      int at = (int) ((long) place * (bytes.length - 1) / 10_000);
      if (cut) {
        bytes = Arrays.copyOf(bytes, at);
      } else {
        bytes[at] = (byte) ~bytes[at];
      }
      Files.write(note, bytes);
      world.known = new BackupRun.Known(java.util.Optional.of(last), 0, 0, false);
      world.backUp();
      assertRestores(world);
    }
  }

  @Example
  @Verifies("BAK-10~3")
  void aDeviceWithoutNotesUploadsEverythingAgain() throws IOException {
    try (World world = new World()) {
      world.write("a", new byte[1000]);
      BackupMark last = world.backUp().mark();
      world.notes.eraseAll(world.keys.setName());
      assertThat(world.run()).isInstanceOf(BackupOutcome.AnotherDevice.class);
      world.known = new BackupRun.Known(java.util.Optional.of(last), 0, 0, false);
      assertThat(world.backUp().stats().bytesUploaded()).isEqualTo(1000);
      assertRestores(world);
    }
  }

  @Example
  @Verifies("BAK-10~3")
  void anotherDevicesHeadIsAskedAbout() throws IOException {
    try (World world = new World()) {
      world.write("a", new byte[1000]);
      world.backUp();
      Path home = world.notesDirectory;
      world.notes =
          new lockstep.adapter.filetree.DirectoryNotes(world.top.resolve("another-device"));
      byte[] head = Files.readAllBytes(world.head());
      BackupOutcome outcome = world.run();
      assertThat(outcome).isEqualTo(new BackupOutcome.AnotherDevice(1, World.NOW));
      assertThat(world.head()).hasBinaryContent(head);
      world.known = new BackupRun.Known(java.util.Optional.empty(), 0, 0, true);
      assertThat(world.backUp().mark().backupNumber()).isEqualTo(2);
      world.known = BackupRun.Known.NOTHING;
      world.notes = new lockstep.adapter.filetree.DirectoryNotes(home);
      assertThat(world.run()).isInstanceOf(BackupOutcome.AnotherDevice.class);
    }
  }

  @Example
  @Verifies("BAK-14~3")
  @Exhaustive("object of data that a provider can lose or cut off")
  void objectsThatTheProviderLostAreUploadedAgain() throws IOException {
    try (World world = new World()) {
      RandomTree tree = new RandomTree(1);
      world.write("small", tree.bytes(1000));
      world.write("large", tree.bytes(3 * Packer.PACK_BYTES));
      for (boolean gone : new boolean[] {true, false}) {
        List<Path> data = dataObjects(world, "new" + gone);
        assertThat(data).hasSizeGreaterThan(3);
        for (Path stored : data) {
          if (gone) {
            Files.delete(stored);
          } else {
            Files.write(stored, new byte[10]);
          }
          assertThat(world.verify()).isInstanceOf(VerificationOutcome.Damaged.class);
          assertThat(world.backUp().stats().objectsUploaded()).isEqualTo(1);
          Points.visited();
        }
        assertRestores(world);
      }
    }
  }

  /** What one backup keeps of another is neither its manifest nor a head. */
  private static List<Path> dataObjects(World world, String addedFile) throws IOException {
    world.backUp();
    List<Path> before = world.stored();
    world.write(addedFile, new byte[1000]);
    world.backUp();
    before.retainAll(world.stored());
    before.remove(world.head());
    return before;
  }

  @Example
  @Verifies("BAK-12~2")
  @Exhaustive("byte of a head")
  void aDamagedHeadIsNotTakenForNone() throws IOException {
    try (World world = new World()) {
      world.write("a", new byte[1000]);
      world.backUp();
      byte[] head = Files.readAllBytes(world.head());
      for (int at = 0; at < head.length; at++) {
        byte[] spoiled = head.clone();
        spoiled[at]++;
        Files.write(world.head(), spoiled);
        assertThat(world.run()).isInstanceOf(BackupOutcome.Damaged.class);
        assertThat(world.head()).hasBinaryContent(spoiled);
        assertThat(world.restore(world.newTarget())).isInstanceOf(RestoreOutcome.Damaged.class);
        Points.visited();
      }
      Files.write(world.head(), head);
      assertRestores(world);
    }
  }

  @Example
  @Verifies("BAK-9~2")
  void aMarkThatCouldNotBeSetKeepsWhatTheMarkedBackupNeeds() throws IOException {
    try (World world = new World()) {
      world.write("a", new byte[1000]);
      world.backUp();
      int before = world.stored().size();
      world.marker = mark -> MarkSetter.Result.PENDING;
      world.write("a", new byte[2000]);
      BackupOutcome.Done done = world.backUp();
      assertThat(done.markResult()).isEqualTo(MarkSetter.Result.PENDING);
      assertThat(world.stored()).hasSize(before + 2);
      world.marker = mark -> MarkSetter.Result.SET;
      world.backUp();
      assertThat(world.stored()).hasSize(before);
      assertRestores(world);
    }
  }

  @Example
  @Verifies("DEV-3~2")
  void notesAreTheOwnersOnly() throws IOException {
    try (World world = new World()) {
      world.write("a", new byte[1000]);
      world.backUp();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(note(world))))
          .isEqualTo("rw-------");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(world.notesDirectory)))
          .isEqualTo("rwx------");
    }
  }

  @Property(tries = 20)
  @Verifies("BAK-53")
  void aBackupHasAsManyIndexesAsItHasRoomForAndNoneTwice(
      @ForAll @IntRange(max = 9) int room, @ForAll long seed) throws IOException {
    try (World world = new World();
        RunNotes notes =
            new RunNotes(
                world.notes.write(world.keys.setName(), BackupNotes.Note.RUN),
                world.keys.setName(),
                1,
                room)) {
      Random dice = new Random(seed);
      List<Integer> given = new ArrayList<>();
      for (int i = 0; i < room; i++) {
        given.add(dice.nextBoolean() ? notes.reserve() : notes.takeOver(object(i)));
      }
      assertThat(given).isEqualTo(IntStream.range(0, room).boxed().toList());
      assertThatThrownBy(notes::reserve).isInstanceOf(TooManyObjects.class);
      assertThatThrownBy(() -> notes.takeOver(object(room))).isInstanceOf(TooManyObjects.class);
    }
  }

  private static StoredObject object(int number) {
    SealedDigest digest = SealedDigest.of(new byte[SealedDigest.LENGTH_BYTES]);
    return new StoredObject(new ObjectId(0, number), 1, 1, digest);
  }

  @Property
  @Verifies("BAK-4")
  void aStampIsNotedOnlyWhenItsTickHasPassed(
      @ForAll @IntRange(min = -100, max = 5000) int ageMillis, @ForAll boolean wholeSeconds) {
    Instant changedAt = Instant.ofEpochSecond(1_000_000, wholeSeconds ? 0 : 1);
    InstantSource clock = InstantSource.fixed(changedAt.plus(Duration.ofMillis(ageMillis)));
    FileStamp listed = new FileStamp(1, Instant.EPOCH, changedAt, 2);
    FileStamp noted = new StampRule(clock).toNote(listed);
    if (ageMillis > (wholeSeconds ? 2000 : 20)) {
      assertThat(noted).isEqualTo(listed);
    } else {
      assertThat(noted).isNotEqualTo(listed);
    }
  }

  @Example
  @Verifies("BAK-4")
  void aFileWrittenAgainWithinOneTickIsUploadedAgain() throws IOException {
    try (World world = new World()) {
      Path file = world.write("a", new byte[1000]);
      Instant changedAt =
          ((java.nio.file.attribute.FileTime) Files.getAttribute(file, "unix:ctime")).toInstant();
      InstantSource atOnce = InstantSource.fixed(changedAt.plusMillis(5));
      for (int i = 0; i < 2; i++) {
        BackupOutcome.Done done =
            World.done(
                new BackupRun(world.storage, world.notes, world.random, atOnce)
                    .run(
                        world.keys,
                        new lockstep.adapter.filetree.DirectorySource(world.source),
                        world.known,
                        world.marker,
                        Progress.NONE));
        assertThat(done.stats().bytesUploaded()).isEqualTo(1000);
      }
    }
  }
}
