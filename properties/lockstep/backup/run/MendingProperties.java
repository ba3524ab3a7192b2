package lockstep.backup.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lockstep.backup.FailingStorage;
import lockstep.backup.RandomTree;
import lockstep.backup.TreePicture;
import lockstep.backup.World;
import lockstep.backup.notes.DamageNotes;
import lockstep.backup.restore.VerificationOutcome;
import lockstep.backup.store.BackupStorage;
import lockstep.spec.Verifies;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Damage that a device found is gone with its next backup. */
final class MendingProperties {

  private static World threeLargeFiles() throws IOException {
    World world = new World();
    RandomTree tree = new RandomTree(5);
    for (int i = 0; i < 3; i++) {
      world.write("b" + i, tree.bytes(Packer.PACK_BYTES + 1000 + i));
    }
    world.write("small", tree.bytes(100));
    return world;
  }

  private static void spoil(Path object, int how) throws IOException {
    byte[] bytes = Files.readAllBytes(object);
    switch (how) {
      case 0 -> bytes[5000 % bytes.length] ^= 1;
      case 1 -> bytes[bytes.length - 1] ^= 1;
      case 2 -> bytes[0] ^= 1;
      default -> java.util.Arrays.fill(bytes, (byte) 0);
    }
    Files.write(object, bytes);
  }

  private static void note(World world, VerificationOutcome outcome) throws IOException {
    assertThat(outcome).isInstanceOf(VerificationOutcome.Damaged.class);
    DamageNotes.add(
        world.notes, world.keys.setName(), ((VerificationOutcome.Damaged) outcome).objects());
  }

  /** The set's data objects; the manifest is the only one of its size here. */
  private static List<Path> dataObjects(World world) throws IOException {
    List<Path> found = new ArrayList<>(world.stored());
    found.remove(world.head());
    found.removeIf(path -> path.toFile().length() < 1000);
    return found;
  }

  @Property(tries = 8)
  @Verifies("BAK-22")
  void theNextBackupUploadsAnewWhatAVerificationFoundDamaged(
      @ForAll @IntRange(min = 0, max = 3) int how, @ForAll boolean all) throws IOException {
    try (World world = threeLargeFiles()) {
      world.backUp();
      List<Path> objects = dataObjects(world);
      for (Path object : all ? objects : objects.subList(0, 1)) {
        spoil(object, how);
      }
      note(world, world.verify());
      assertThat(world.backUp().stats().objectsUploaded()).isPositive();
      assertThat(world.verify()).isInstanceOf(VerificationOutcome.Intact.class);
      assertThat(DamageNotes.read(world.notes, world.keys.setName())).isEmpty();
      Path target = world.newTarget();
      world.restore(target);
      assertThat(TreePicture.of(target)).isEqualTo(TreePicture.of(world.source));
      assertThat(world.backUp().stats().objectsUploaded()).isZero();
    }
  }

  @Example
  @Verifies("BAK-22")
  void damageThatWasFoundTwiceIsNotedOnceAndStaysNotedUntilAHeadStands() throws IOException {
    try (World world = threeLargeFiles()) {
      world.backUp();
      List<Path> objects = dataObjects(world);
      spoil(objects.get(0), 0);
      note(world, world.verify());
      spoil(objects.get(1), 0);
      note(world, world.verify());
      assertThat(DamageNotes.read(world.notes, world.keys.setName())).hasSize(2);
      BackupStorage whole = world.storage;
      world.storage = new FailingStorage(whole, 4, false);
      assertThat(world.run()).isInstanceOf(BackupOutcome.ProviderFailed.class);
      world.storage = whole;
      assertThat(DamageNotes.read(world.notes, world.keys.setName())).hasSize(2);
      world.backUp();
      assertThat(world.verify()).isInstanceOf(VerificationOutcome.Intact.class);
    }
  }

  @Example
  @Verifies({"BAK-22", "BAK-21"})
  void aDamagedStateIsNotKept() throws IOException {
    try (World world = threeLargeFiles()) {
      world.backUp();
      for (Path object : dataObjects(world)) {
        spoil(object, 0);
      }
      note(world, world.verify());
      FaultySource source = new FaultySource(world);
      source.unreadable.add("b1");
      assertThat(World.done(world.run(source)).omissions())
          .containsExactly(new Omission("b1", Omission.Reason.UNREADABLE, false));
      assertThat(world.verify()).isInstanceOf(VerificationOutcome.Intact.class);
    }
  }
}
