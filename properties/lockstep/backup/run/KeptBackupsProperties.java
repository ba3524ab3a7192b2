package lockstep.backup.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import lockstep.adapter.durable.DurableFiles;
import lockstep.adapter.filetree.DirectoryNotes;
import lockstep.adapter.storage.DirectoryStorage;
import lockstep.backup.FailingStorage;
import lockstep.backup.RandomTree;
import lockstep.backup.TreePicture;
import lockstep.backup.World;
import lockstep.backup.restore.RestoreOutcome;
import lockstep.backup.restore.VerificationOutcome;
import lockstep.backup.store.Freshness;
import lockstep.evidence.Exhaustive;
import lockstep.evidence.Points;
import lockstep.format.HeadName;
import lockstep.spec.Verifies;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The last backups stay, whole, whatever comes after them. */
final class KeptBackupsProperties {

  private static final int MANY = 500;

  /** What each backup held, by its number. */
  private final Map<Long, Map<String, String>> pictures = new HashMap<>();

  private static World keeping(int keep) {
    World world = new World();
    world.keep = keep;
    world.acceptsChanges = true;
    return world;
  }

  private long backUp(World world) throws IOException {
    long number = world.backUp().mark().backupNumber();
    pictures.put(number, TreePicture.of(world.source));
    return number;
  }

  private static Map<String, String> restored(World world, long number) throws IOException {
    Path target = world.newTarget();
    RestoreOutcome outcome = world.restore(target, Freshness.unknown().askingFor(number));
    assertThat(outcome).isInstanceOf(RestoreOutcome.Restored.class);
    Map<String, String> picture = TreePicture.of(target);
    World.delete(target);
    return picture;
  }

  private static List<Long> heads(World world) throws IOException {
    return world.storage.heads(world.keys.setName()).stream().map(HeadName::backupNumber).toList();
  }

  private void assertKept(World world, Long... numbers) throws IOException {
    assertThat(heads(world)).containsExactly(numbers);
    for (long number : numbers) {
      assertThat(restored(world, number)).as("backup %d", number).isEqualTo(pictures.get(number));
    }
  }

  /** Files come, change and go between backups, and the number of those kept changes. */
  @Property(tries = 12)
  @Verifies({"BAK-42", "BAK-17", "RST-40"})
  void theLastBackupsAreRestoredAsTheyWereAndNothingElseStays(@ForAll long seed)
      throws IOException {
    Random random = new Random(seed);
    try (World world = keeping(1)) {
      RandomTree content = new RandomTree(seed);
      int standing = 0;
      for (int run = 0; run < 6; run++) {
        for (int change = 0; change < 3; change++) {
          Path file =
              world.write("f" + random.nextInt(5), content.bytes(200 + random.nextInt(900)));
          if (random.nextInt(4) == 0) {
            Files.delete(file);
          }
        }
        world.keep = 1 + random.nextInt(3);
        long newest = backUp(world);
        standing = Math.min(world.keep, standing + 1);
        List<Long> expected = new ArrayList<>();
        for (long number = newest - standing + 1; number <= newest; number++) {
          expected.add(number);
        }
        assertKept(world, expected.toArray(Long[]::new));
      }
      world.keep = 1;
      long last = backUp(world);
      assertKept(world, last);
      VerificationOutcome.Intact intact = (VerificationOutcome.Intact) world.verify();
      assertThat(world.set().toFile().list()).hasSize((int) intact.objects() + 1);
    }
  }

  @Example
  @Verifies("BAK-42")
  void aWreckedSourceTakesTheNewestPlaceOnly() throws IOException {
    try (World world = keeping(3)) {
      RandomTree content = new RandomTree(1);
      world.write("letters", content.bytes(3000));
      world.write("photos", content.bytes(70_000));
      backUp(world);
      for (int day = 0; day < 2; day++) {
        world.write("letters", content.bytes(3000));
        world.write("photos", content.bytes(70_000));
        backUp(world);
      }
      assertKept(world, 1L, 2L, 3L);
      backUp(world);
      assertKept(world, 2L, 3L, 4L);
    }
  }

  @Example
  @Verifies("BAK-42")
  @Exhaustive("durable step of a backup that keeps others")
  void aStopAtAnyStepOfTheDiskLeavesTheKeptBackupsWhole() throws IOException {
    try (World world = keeping(2)) {
      RandomTree content = new RandomTree(2);
      world.write("same", content.bytes(500));
      world.write("a", content.bytes(1000));
      backUp(world);
      for (int k = 0; k < MANY; k++) {
        world.write("a", content.bytes(1000 + k));
        long newest = heads(world).get(heads(world).size() - 1);
        pictures.put(newest + 1, TreePicture.of(world.source));
        boolean isStopped = stopsAt(k, world);
        for (long number : heads(world)) {
          assertThat(restored(world, number)).isEqualTo(pictures.get(number));
        }
        assertThat(heads(world)).contains(newest);
        if (!isStopped) {
          assertThat(k).isGreaterThan(12);
          return;
        }
        long now = backUp(world);
        assertKept(world, now - 1, now);
        // "same" with a, and a alone, each in its own pack at most, and the two manifests.
        assertThat(world.set().toFile().list()).hasSizeLessThanOrEqualTo(5);
        Points.visited();
      }
      throw new AssertionError("no run came through");
    }
  }

  /** Runs until the disk's step of that number; whether the run came to it. */
  private static boolean stopsAt(int step, World world) throws IOException {
    AtomicInteger left = new AtomicInteger(step);
    DurableFiles files =
        new DurableFiles(
            (kind, path) -> {
              if (left.getAndDecrement() <= 0) {
                throw new IOException("stopped");
              }
            });
    world.storage = new DirectoryStorage(world.provider, files);
    world.notes = new DirectoryNotes(world.notesDirectory, files);
    try {
      world.run();
    } catch (IOException expected) {
      assertThat(expected).hasMessageContaining("stopped");
    }
    world.storage = new DirectoryStorage(world.provider);
    world.notes = new DirectoryNotes(world.notesDirectory);
    return left.get() < 0;
  }

  @Example
  @Verifies("BAK-42")
  @Exhaustive("call to the provider at which it goes away")
  void aProviderThatGoesAwayLeavesTheKeptBackupsWhole() throws IOException {
    try (World world = keeping(2)) {
      RandomTree content = new RandomTree(3);
      world.write("a", content.bytes(1000));
      backUp(world);
      for (int k = 0; k < MANY; k++) {
        world.write("a", content.bytes(1000 + k));
        long newest = heads(world).get(heads(world).size() - 1);
        pictures.put(newest + 1, TreePicture.of(world.source));
        FailingStorage failing = new FailingStorage(world.storage, k, false);
        world.storage = failing;
        world.run();
        world.storage = new DirectoryStorage(world.provider);
        assertThat(heads(world)).contains(newest);
        for (long number : heads(world)) {
          assertThat(restored(world, number)).isEqualTo(pictures.get(number));
        }
        if (!failing.isGone()) {
          assertThat(k).isGreaterThan(12);
          return;
        }
        long now = backUp(world);
        assertKept(world, now - 1, now);
        Points.visited();
      }
      throw new AssertionError("no run came through");
    }
  }

  /** Damage of any stored file of one backup costs that one only. */
  @Property(tries = 20)
  @Verifies({"BAK-42", "RST-40"})
  void damageOfOneBackupDoesNotHurtTheOther(
      @ForAll boolean isNewest, @ForAll @IntRange(max = 20) int which) throws IOException {
    try (World world = keeping(2)) {
      RandomTree content = new RandomTree(4);
      world.write("a", content.bytes(1000));
      backUp(world);
      List<Path> ofTheFirst = world.stored();
      world.write("a", content.bytes(1200));
      backUp(world);
      List<Path> ofTheSecond = new ArrayList<>(world.stored());
      ofTheSecond.removeAll(ofTheFirst);
      List<Path> hurt = isNewest ? ofTheSecond : ofTheFirst;
      Path file = hurt.get(which % hurt.size());
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length - 1 - which] ^= 1;
      Files.write(file, bytes);
      long whole = isNewest ? 1 : 2;
      Freshness byName = Freshness.unknown().askingFor(whole).acceptingOlder();
      Path target = world.newTarget();
      assertThat(world.restore(target, byName)).isInstanceOf(RestoreOutcome.Restored.class);
      assertThat(TreePicture.of(target)).isEqualTo(pictures.get(whole));
      // The next backup stands, and still nothing of the whole one goes.
      world.overAnother();
      world.keep = 3;
      world.write("a", content.bytes(1400));
      long next = backUp(world);
      Path after = world.newTarget();
      assertThat(world.restore(after, byName)).isInstanceOf(RestoreOutcome.Restored.class);
      assertThat(TreePicture.of(after)).isEqualTo(pictures.get(whole));
      assertThat(restored(world, next)).isEqualTo(pictures.get(next));
    }
  }

  @Example
  @Verifies("BAK-42")
  void aHeadThatDoesNotOpenTodayAndOpensTomorrowHasLostNothing() throws IOException {
    try (World world = keeping(3)) {
      RandomTree content = new RandomTree(5);
      for (int run = 0; run < 3; run++) {
        world.write("a", content.bytes(1000));
        backUp(world);
      }
      Path head = world.head(2);
      byte[] good = Files.readAllBytes(head);
      Files.write(head, new byte[404]);
      world.write("a", content.bytes(1000));
      backUp(world);
      assertThat(heads(world)).containsExactly(1L, 2L, 3L, 4L);
      Files.write(head, good);
      for (long number : heads(world)) {
        assertThat(restored(world, number)).isEqualTo(pictures.get(number));
      }
      world.write("a", content.bytes(1000));
      backUp(world);
      assertKept(world, 3L, 4L, 5L);
      assertThat(world.set().toFile().list()).hasSize(6);
    }
  }

  /** It may be the newest backup tomorrow, and what it names is not known today. */
  @Property(tries = 6)
  @Verifies("BAK-42")
  void aHeadAboveTheNewestThatDoesNotOpenKeepsEveryObject(
      @ForAll @IntRange(min = 1, max = 3) int keep) throws IOException {
    try (World world = keeping(keep)) {
      RandomTree content = new RandomTree(7);
      world.write("a", content.bytes(1000));
      backUp(world);
      List<Path> before = new ArrayList<>(world.stored());
      before.remove(world.head(1));
      Path above = world.head(9);
      Files.write(above, new byte[404]);
      world.write("a", content.bytes(1200));
      backUp(world);
      assertThat(world.stored()).containsAll(before);
      Files.delete(above);
      world.keep = 1;
      world.write("a", content.bytes(1300));
      long last = backUp(world);
      assertKept(world, last);
      assertThat(world.stored()).doesNotContainAnyElementsOf(before);
    }
  }

  @Example
  @Verifies("BAK-42")
  void whatAnotherDeviceKeepsStaysWhenThisOneTakesOver() throws IOException {
    try (World phone = keeping(3);
        World tablet = new World(phone)) {
      RandomTree content = new RandomTree(6);
      tablet.keep = 3;
      tablet.acceptsChanges = true;
      phone.write("a", content.bytes(1000));
      backUp(phone);
      phone.write("a", content.bytes(1000));
      backUp(phone);
      tablet.write("b", content.bytes(1000));
      tablet.overAnother();
      backUp(tablet);
      assertKept(tablet, 1L, 2L, 3L);
      tablet.write("b", content.bytes(1000));
      backUp(tablet);
      assertKept(tablet, 2L, 3L, 4L);
      tablet.keep = 1;
      tablet.write("b", content.bytes(1000));
      backUp(tablet);
      assertKept(tablet, 5L);
      assertThat(tablet.set().toFile().list()).hasSize(2);
    }
  }

  @Example
  @Verifies("BAK-42")
  void fewerThanOneIsRefusedByTheRun() {
    try (World world = new World()) {
      assertThatThrownBy(
              () ->
                  new BackupRun(
                          world.storage, world.notes, world.random, java.time.Clock.systemUTC())
                      .keeping(0))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
