package lockstep.backup.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import lockstep.adapter.durable.DurableFiles;
import lockstep.adapter.durable.DurableStep;
import lockstep.adapter.filetree.DirectoryNotes;
import lockstep.adapter.filetree.DirectoryTarget;
import lockstep.adapter.storage.DirectoryStorage;
import lockstep.backup.FailingStorage;
import lockstep.backup.RandomTree;
import lockstep.backup.TreePicture;
import lockstep.backup.World;
import lockstep.backup.notes.BackupNotes;
import lockstep.backup.restore.Restore;
import lockstep.backup.restore.RestoreOutcome;
import lockstep.backup.store.BackupStorage;
import lockstep.backup.store.Freshness;
import lockstep.backup.store.Progress;
import lockstep.evidence.Exhaustive;
import lockstep.evidence.Points;
import lockstep.format.SetName;
import lockstep.spec.Verifies;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Stopped anywhere, a run leaves the old backup or the new one, and can simply be run again. */
final class CrashProperties {

  private static final int MANY = 500;

  /** Every step of the disk counts down to a stop. */
  private static final class Countdown implements DurableStep {
    private int left;
    private boolean stopped;

    Countdown(int left) {
      this.left = left;
    }

    @Override
    public synchronized void reached(Kind kind, Path path) throws IOException {
      if (left-- <= 0) {
        stopped = true;
        throw new IOException("stopped");
      }
    }
  }

  @Property(tries = 2)
  @Verifies({"BAK-1~2", "BAK-3", "PRV-4~2", "PRV-1"})
  void aProviderThatGoesAwayLeavesTheOldOrTheNewBackup(@ForAll boolean lastOneIsDone)
      throws IOException {
    try (World world = new World()) {
      RandomTree tree = new RandomTree(1);
      world.write("a", tree.bytes(1000));
      world.write("b", tree.bytes(20_000));
      world.backUp();
      BackupStorage good = world.storage;
      int failures = 0;
      for (int k = 0; k < MANY; k++) {
        Map<String, String> before = restored(world);
        world.write("a", tree.bytes(1000 + k));
        world.write("c" + k, tree.bytes(300));
        FailingStorage failing = new FailingStorage(good, k, lastOneIsDone);
        world.storage = failing;
        BackupOutcome outcome = world.run();
        world.storage = good;
        assertThat(restored(world)).isIn(before, TreePicture.of(world.source));
        if (!failing.isGone()) {
          assertThat(failures).isGreaterThan(8);
          return;
        }
        failures++;
        assertThat(isLeftoverOrFailure(outcome)).isTrue();
        BackupOutcome.Done again = world.backUp();
        assertThat(again.leftoversRemain()).isFalse();
        assertThat(restored(world)).isEqualTo(TreePicture.of(world.source));
      }
      throw new AssertionError("no run came through");
    }
  }

  private static boolean isLeftoverOrFailure(BackupOutcome outcome) {
    return outcome.match(
        BackupOutcome.Done::leftoversRemain,
        another -> false,
        older -> false,
        gone -> false,
        () -> false,
        () -> false,
        damaged -> false,
        changed -> false,
        () -> false,
        failed -> true);
  }

  @Example
  @Verifies({"BAK-1~2", "BAK-13~2", "PRV-2~2", "BAK-10~3", "PRV-7~3"})
  @Exhaustive("durable step of a backup")
  void aStopAtAnyStepOfTheDiskLeavesTheOldOrTheNewBackup() throws IOException {
    try (World world = new World()) {
      RandomTree tree = new RandomTree(2);
      world.write("a", tree.bytes(1000));
      world.backUp();
      for (int k = 0; k < MANY; k++) {
        Map<String, String> before = restored(world);
        world.write("a", tree.bytes(1000 + k));
        Countdown countdown = new Countdown(k);
        DurableFiles files = new DurableFiles(countdown);
        world.storage = new DirectoryStorage(world.provider, files);
        world.notes = new DirectoryNotes(world.notesDirectory, files);
        runOrStop(world);
        world.storage = new DirectoryStorage(world.provider);
        world.notes = new DirectoryNotes(world.notesDirectory);
        assertThat(restored(world)).isIn(before, TreePicture.of(world.source));
        if (!countdown.stopped) {
          assertThat(k).isGreaterThan(10);
          return;
        }
        world.backUp();
        assertThat(restored(world)).isEqualTo(TreePicture.of(world.source));
        assertThat(world.set().toFile().list()).hasSize(2);
        assertThat(world.head().getParent().toFile().list()).hasSize(1);
        Points.visited();
      }
      throw new AssertionError("no run came through");
    }
  }

  @Example
  @Verifies({"PRV-7~3", "BAK-17"})
  void whatAKilledRunLeftUnfinishedIsRemovedOnceTheNextHeadStands() throws IOException {
    try (World world = new World()) {
      world.write("a", new byte[1000]);
      world.backUp();
      Path heads = world.head().getParent();
      String kept = world.set().toFile().list()[0];
      Path ofAnObject = Files.write(world.set().resolve(".unfinished-" + kept), new byte[10]);
      Path ofAHead =
          Files.write(heads.resolve(".unfinished-" + world.keys.setName() + ".2-x"), new byte[10]);
      world.write("b", new byte[1000]);
      BackupStorage good = world.storage;
      world.storage = new FailingStorage(good, 1, false);
      assertThat(world.run()).isInstanceOf(BackupOutcome.ProviderFailed.class);
      assertThat(ofAnObject).exists();
      assertThat(ofAHead).exists();
      world.storage = good;
      world.backUp();
      assertThat(ofAnObject).doesNotExist();
      assertThat(ofAHead).doesNotExist();
      assertThat(restored(world)).isEqualTo(TreePicture.of(world.source));
    }
  }

  @Example
  @Verifies({"RST-2~2", "RST-3~2", "RST-1"})
  @Exhaustive("durable step of a restore")
  void aRestoreThatStopsAtAnyStepShowsNothingAndCanBeRunAgain() throws IOException {
    try (World world = new World()) {
      new RandomTree(5).grow(world.source);
      Files.createDirectories(world.source.resolve("closed/inner"));
      Files.setAttribute(world.source.resolve("closed"), "unix:mode", 0500);
      world.write("top", new byte[10]);
      world.backUp();
      Map<String, String> expected = TreePicture.of(world.source);
      for (int k = 0; k < MANY; k++) {
        Path target = world.newTarget();
        Countdown countdown = new Countdown(k);
        try {
          new Restore(world.storage)
              .run(
                  world.keys,
                  new DirectoryTarget(target, new DurableFiles(countdown)),
                  Freshness.unknown(),
                  Progress.NONE);
        } catch (IOException stopped) {
          assertThat(stopped).hasMessage("stopped");
        }
        if (!countdown.stopped) {
          assertThat(TreePicture.of(target)).isEqualTo(expected);
          assertThat(k).isGreaterThan(5);
          return;
        }
        boolean complete = Files.exists(target) && TreePicture.of(target).equals(expected);
        assertThat(world.restore(target))
            .isInstanceOf(
                complete ? RestoreOutcome.TargetNotEmpty.class : RestoreOutcome.Restored.class);
        assertThat(TreePicture.of(target)).isEqualTo(expected);
        Points.visited();
      }
      throw new AssertionError("no restore came through");
    }
  }

  @Example
  @Verifies({"PRV-4~2", "RST-3~2"})
  @Exhaustive("call of a restore to the provider")
  void aProviderThatGoesAwayDuringARestoreLeavesTheTargetEmpty() throws IOException {
    try (World world = new World()) {
      RandomTree tree = new RandomTree(6);
      world.write("a", tree.bytes(1000));
      world.write("b", tree.bytes(Packer.PACK_BYTES + 10));
      world.backUp();
      BackupStorage good = world.storage;
      for (int k = 0; k < MANY; k++) {
        FailingStorage failing = new FailingStorage(good, k, false);
        world.storage = failing;
        Path target = world.newTarget();
        RestoreOutcome outcome = world.restore(target);
        world.storage = good;
        if (!failing.isGone()) {
          assertThat(outcome).isInstanceOf(RestoreOutcome.Restored.class);
          assertThat(k).isGreaterThan(4);
          return;
        }
        assertThat(outcome).isInstanceOf(RestoreOutcome.ProviderFailed.class);
        assertThat(Files.exists(target) ? TreePicture.of(target) : Map.of()).isEqualTo(Map.of());
        assertThat(world.restore(target)).isInstanceOf(RestoreOutcome.Restored.class);
        Points.visited();
      }
      throw new AssertionError("no restore came through");
    }
  }

  @Example
  @Verifies("BAK-5")
  @Exhaustive("number of objects after which two runs one after the other stop")
  void anInterruptedRunResumes() throws IOException {
    int pieces = 6;
    for (int operations = 0; operations < pieces; operations++) {
      try (World world = new World()) {
        RandomTree tree = new RandomTree(3);
        world.write("large", tree.bytes(pieces * Packer.PACK_BYTES));
        world.write("small", tree.bytes(100));
        BackupStorage good = world.storage;
        int durable = 0;
        for (int run = 0; run < 2; run++) {
          FailingStorage failing = new FailingStorage(good, operations, false, false);
          world.storage = failing;
          assertThat(world.run()).isInstanceOf(BackupOutcome.ProviderFailed.class);
          durable += failing.objectsStored();
        }
        world.storage = good;
        assertThat(world.backUp().stats().objectsUploaded()).isEqualTo(pieces + 1 - durable);
        assertThat(restored(world)).isEqualTo(TreePicture.of(world.source));
        Points.visited();
      }
    }
  }

  private static void runOrStop(World world) {
    try {
      world.run();
    } catch (IOException stopped) {
      assertThat(stopped).hasMessageContaining("stopped");
    }
  }

  private static Map<String, String> restored(World world) throws IOException {
    Path target = world.newTarget();
    RestoreOutcome outcome = world.restore(target);
    assertThat(outcome).isInstanceOf(RestoreOutcome.Restored.class);
    Map<String, String> picture = TreePicture.of(target);
    World.delete(target);
    return picture;
  }

  /** Notes on a disk that is full from when the head stands. */
  private record FullAfterwards(BackupNotes real) implements BackupNotes {

    @Override
    public Optional<InputStream> read(SetName set, Note note) throws IOException {
      return real.read(set, note);
    }

    @Override
    public Sink write(SetName set, Note note) throws IOException {
      return real.write(set, note);
    }

    @Override
    public void rename(SetName set, Note from, Note to) throws IOException {
      if (from == Note.NEXT && to == Note.LAST) {
        throw new IOException("No space left on device");
      }
      real.rename(set, from, to);
    }

    @Override
    public void erase(SetName set, Note note) throws IOException {
      real.erase(set, note);
    }
  }

  @Example
  @Verifies("USR-12")
  void aBackupThatStandsIsToldThoughItCannotBeNoted() throws IOException {
    try (World world = new World()) {
      world.write("a", new byte[1000]);
      world.backUp();
      BackupNotes good = world.notes;
      world.write("b", new byte[20]);
      world.notes = new FullAfterwards(good);
      BackupOutcome.Done full = world.backUp();
      assertThat(full.isNoted()).isFalse();
      assertThat(full.mark().backupNumber()).isEqualTo(2);
      assertThat(restored(world)).isEqualTo(TreePicture.of(world.source));
      world.notes = good;
      world.marker =
          mark -> {
            throw new IOException("No space left on device");
          };
      world.write("c", new byte[20]);
      BackupOutcome.Done unmarked = world.backUp();
      assertThat(unmarked.isNoted()).isFalse();
      assertThat(unmarked.markResult()).isEqualTo(MarkSetter.Result.PENDING);
      assertThat(unmarked.stats().filesUploaded()).isEqualTo(1);
      assertThat(restored(world)).isEqualTo(TreePicture.of(world.source));
      world.marker = mark -> MarkSetter.Result.NO_VAULT;
      BackupOutcome.Done again = world.backUp();
      assertThat(again.isNoted()).isTrue();
      assertThat(again.mark().backupNumber()).isEqualTo(4);
      assertThat(world.set().toFile().list()).hasSize(4);
    }
  }
}
