package lockstep.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import lockstep.adapter.filetree.DirectoryTarget;
import lockstep.backup.FailingStorage;
import lockstep.backup.RandomTree;
import lockstep.backup.TreePicture;
import lockstep.backup.World;
import lockstep.backup.store.BackupStorage;
import lockstep.backup.store.Freshness;
import lockstep.backup.store.Progress;
import lockstep.spec.Verifies;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Of a damaged backup everything comes back that is whole, and nothing that is not. */
final class SalvageProperties {

  private static World backedUp() throws IOException {
    World world = new World();
    RandomTree tree = new RandomTree(6);
    world.write("first/one", tree.bytes(4000));
    world.backUp();
    world.write("second/two", tree.bytes(5000));
    world.write("second/three", tree.bytes(6000));
    world.backUp();
    world.write("alone", tree.bytes(70_000));
    Files.createSymbolicLink(world.source.resolve("link"), Path.of("alone"));
    world.backUp();
    return world;
  }

  private static RestoreOutcome salvage(World world, Path target) throws IOException {
    return new Restore(world.storage)
        .salvaging()
        .run(world.keys, new DirectoryTarget(target), Freshness.unknown(), Progress.NONE);
  }

  @Property(tries = 20)
  @Verifies({"RST-20", "RST-1"})
  void whatIsWholeComesBackAndTheRestIsNamed(
      @ForAll @IntRange(min = 0, max = 9) int which, @ForAll @IntRange(min = 0, max = 2) int how)
      throws IOException {
    try (World world = backedUp()) {
      Path object = world.stored().get(1 + which % (world.stored().size() - 1));
      byte[] bytes = Files.readAllBytes(object);
      if (how == 0) {
        Files.delete(object);
      } else {
        bytes[how == 1 ? bytes.length / 2 : bytes.length - 1] ^= 4;
        Files.write(object, bytes);
      }
      Path target = world.newTarget();
      assertThat(world.restore(target)).isInstanceOf(RestoreOutcome.Damaged.class);
      RestoreOutcome outcome = salvage(world, target);
      if (outcome instanceof RestoreOutcome.Damaged) {
        assertThat(world.verify())
            .isInstanceOfSatisfying(
                VerificationOutcome.Damaged.class, found -> assertThat(found.objects()).isEmpty());
        return;
      }
      RestoreOutcome.Restored restored = (RestoreOutcome.Restored) outcome;
      assertThat(restored.damaged()).hasSize(1);
      Map<String, String> expected = new TreeMap<>(TreePicture.of(world.source));
      for (Shortfall shortfall : restored.shortfalls()) {
        assertThat(shortfall.kind()).isEqualTo(Shortfall.Kind.DAMAGED);
        assertThat(expected.remove(shortfall.path())).isNotNull();
      }
      assertThat(restored.shortfalls()).isNotEmpty();
      assertThat(TreePicture.of(target)).isEqualTo(expected);
      assertThat(restored.backup().files()).isEqualTo(4 - restored.shortfalls().size());
    }
  }

  @Example
  @Verifies("RST-20")
  void ofAWholeBackupASalvageIsARestore() throws IOException {
    try (World world = backedUp()) {
      Path target = world.newTarget();
      assertThat(((RestoreOutcome.Restored) salvage(world, target)).shortfalls()).isEmpty();
      assertThat(TreePicture.of(target)).isEqualTo(TreePicture.of(world.source));
    }
  }

  @Example
  @Verifies("RST-20")
  void aProviderThatGoesIsNoDamage() throws IOException {
    try (World world = backedUp()) {
      for (int operations = 1; operations < 7; operations++) {
        BackupStorage whole = world.storage;
        world.storage = new FailingStorage(whole, operations, false);
        Path target = world.newTarget();
        assertThat(salvage(world, target)).isInstanceOf(RestoreOutcome.ProviderFailed.class);
        world.storage = whole;
        assertThat(salvage(world, target)).isInstanceOf(RestoreOutcome.Restored.class);
      }
    }
  }

  @Example
  @Verifies("RST-22")
  void moreSharedObjectsThanPlacesComeBackWhole() throws IOException {
    try (World world = new World()) {
      RandomTree tree = new RandomTree(7);
      for (int i = 0; i < PackShelf.PLACES + 5; i++) {
        world.write("a/f" + i, tree.bytes(300));
        world.write("z/f" + i, tree.bytes(300));
        world.backUp();
      }
      Path target = world.newTarget();
      world.restore(target);
      assertThat(TreePicture.of(target)).isEqualTo(TreePicture.of(world.source));
    }
  }
}
