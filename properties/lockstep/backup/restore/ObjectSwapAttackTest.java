package lockstep.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import lockstep.backup.RandomTree;
import lockstep.backup.TreePicture;
import lockstep.backup.World;
import lockstep.backup.run.Packer;
import lockstep.evidence.Attack;
import lockstep.spec.Verifies;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The provider changes what it holds in every way that it can: never a wrong byte comes out. */
@Verifies({"RST-1", "OBJ-8", "RST-10"})
@Attack
final class ObjectSwapAttackTest {

  /** Something that the provider does to one of the files that it holds. */
  private interface Tampering {
    void with(Path stored) throws IOException;
  }

  private static World backedUp() throws IOException {
    World world = new World();
    RandomTree tree = new RandomTree(3);
    world.write("pack-a", tree.bytes(3000));
    world.write("pack-b", tree.bytes(20000));
    world.write("large", tree.bytes(Packer.PACK_BYTES + 40000));
    world.backUp();
    return world;
  }

  private static void assertRefused(World world) throws IOException {
    Path target = world.newTarget();
    assertThat(world.restore(target)).isInstanceOf(RestoreOutcome.Damaged.class);
    assertThat(Files.exists(target) ? TreePicture.of(target) : Map.of()).isEqualTo(Map.of());
    assertThat(world.verify()).isInstanceOf(VerificationOutcome.Damaged.class);
  }

  private static void refusesEach(Tampering tampering) throws IOException {
    try (World world = backedUp()) {
      List<Path> stored = world.stored();
      assertThat(stored).hasSize(5);
      for (Path victim : stored) {
        byte[] honest = Files.readAllBytes(victim);
        tampering.with(victim);
        if (!Files.exists(victim) && victim.equals(world.head())) {
          assertThat(world.restore(world.newTarget())).isInstanceOf(RestoreOutcome.NoBackup.class);
        } else {
          assertRefused(world);
        }
        Files.write(victim, honest);
      }
      assertThat(world.restore(world.newTarget())).isInstanceOf(RestoreOutcome.Restored.class);
    }
  }

  @Property(tries = 6)
  void anyFlippedBitIsRefused(@ForAll @IntRange(max = 1_000_000) int place, @ForAll byte spread)
      throws IOException {
    refusesEach(
        victim -> {
          byte[] bytes = Files.readAllBytes(victim);
          int at = (int) ((long) place * (bytes.length - 1) / 1_000_000);
          bytes[at] = (byte) (bytes[at] ^ (1 << (spread & 7)));
          Files.write(victim, bytes);
        });
  }

  @Example
  void aCutObjectIsRefused() throws IOException {
    refusesEach(
        victim -> {
          byte[] bytes = Files.readAllBytes(victim);
          Files.write(victim, Arrays.copyOf(bytes, bytes.length - 1));
        });
    refusesEach(victim -> Files.write(victim, Arrays.copyOf(Files.readAllBytes(victim), 56)));
    refusesEach(victim -> Files.write(victim, new byte[0]));
  }

  @Example
  void anObjectWithMoreBehindItIsRefused() throws IOException {
    refusesEach(
        victim -> {
          byte[] bytes = Files.readAllBytes(victim);
          Files.write(victim, Arrays.copyOf(bytes, bytes.length + 1));
        });
  }

  @Example
  void aMissingObjectIsRefused() throws IOException {
    refusesEach(Files::delete);
  }

  @Example
  void aLinkInAnObjectsPlaceIsNotFollowed() throws IOException {
    try (World world = backedUp()) {
      for (Path victim : world.stored()) {
        Path moved = Files.move(victim, world.top.resolve("moved"));
        Files.createSymbolicLink(victim, moved);
        assertThat(world.restore(world.newTarget())).isNotInstanceOf(RestoreOutcome.Restored.class);
        Files.move(moved, victim, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  @Example
  void objectsOfOneBackupDoNotStandInForEachOther() throws IOException {
    try (World world = backedUp()) {
      List<Path> stored = world.stored();
      for (Path victim : stored) {
        for (Path other : stored) {
          if (!victim.equals(other)) {
            byte[] honest = Files.readAllBytes(victim);
            Files.write(victim, Files.readAllBytes(other));
            assertRefused(world);
            Files.write(victim, honest);
          }
        }
      }
    }
  }

  @Example
  void aHeadOrManifestOfAnEarlierBackupDoesNotMixWithALaterOne() throws IOException {
    try (World world = backedUp()) {
      byte[] oldHead = Files.readAllBytes(world.head());
      world.write("pack-a", new byte[10]);
      world.backUp();
      byte[] newHead = Files.readAllBytes(world.head());
      Files.write(world.head(), oldHead); // under the newer one's name
      assertRefused(world);
      Files.write(world.head(), newHead);
      Files.write(world.head(world.known.floorNumber() + 3), newHead); // under a higher name
      assertThat(world.restore(world.newTarget())).isInstanceOf(RestoreOutcome.Restored.class);
    }
  }

  @Example
  void objectsOfAnotherKeyOrAccountDoNotStandIn() throws IOException {
    try (World world = backedUp();
        World other = backedUp()) {
      List<Path> theirs = other.stored();
      List<Path> ours = world.stored();
      for (int i = 0; i < ours.size(); i++) {
        byte[] honest = Files.readAllBytes(ours.get(i));
        for (Path foreign : theirs) {
          Files.write(ours.get(i), Files.readAllBytes(foreign));
          assertRefused(world);
        }
        Files.write(ours.get(i), honest);
      }
    }
  }
}
