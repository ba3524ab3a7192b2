package lockstep.backup.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.function.Function;
import lockstep.backup.World;
import lockstep.backup.restore.VerificationOutcome;
import lockstep.evidence.Attack;
import lockstep.format.BackupKeys;
import lockstep.keys.RootKey;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.Test;

/** A provider that answers for a key that was mistyped. */
@Attack
class WrongKeyAttackTest {

  /** What the provider may put where a mistyped key looks, from the genuine head. */
  private enum Plant {
    THE_GENUINE_HEAD(head -> head),
    NOISE(head -> new byte[head.length]),
    NOTHING(head -> new byte[0]),
    A_FLIPPED_HEAD(
        head -> {
          byte[] flipped = head.clone();
          flipped[50] ^= 1;
          return flipped;
        });

    @SuppressWarnings("ImmutableEnumChecker") // lambdas without state
    private final Function<byte[], byte[]> from;

    Plant(Function<byte[], byte[]> from) {
      this.from = from;
    }
  }

  @Test
  @Verifies({"HED-4~2", "HED-3~2", "RKY-4"})
  void whateverLiesThereATypoIsStillLocatedAndNeverMatches() throws IOException {
    for (Plant plant : Plant.values()) {
      try (World world = backedUp();
          RootKey typo = changed(world.rootKey, 0, 1)) {
        plant(world, typo, plant.from.apply(Files.readAllBytes(world.head())));
        assertThat(check(world, typo))
            .as(plant.name())
            .isEqualTo(new RecoveryKeyCheck.Outcome.WrongRecoveryKey(OptionalInt.of(1)));
        assertThat(check(world, world.rootKey)).isEqualTo(new RecoveryKeyCheck.Outcome.Matches());
      }
    }
  }

  @Test
  @Verifies("HED-4~2")
  void anEntirelyOtherKeyDoesNotMatchWhatIsPlantedForIt() throws IOException {
    try (World world = backedUp();
        RootKey other = RootKey.random(world.random)) {
      plant(world, other, Files.readAllBytes(world.head()));
      assertThat(check(world, other)).isInstanceOf(RecoveryKeyCheck.Outcome.Damaged.class);
    }
  }

  @Test
  @Verifies({"HED-4~2", "BAK-12~2"})
  void aSpoiltHeadInItsOwnPlaceIsDamageAndNotAWrongKey() throws IOException {
    try (World world = backedUp()) {
      byte[] head = Files.readAllBytes(world.head());
      for (int place = 28; place < 76; place += 7) {
        byte[] spoilt = head.clone();
        spoilt[place] ^= 1;
        Files.write(world.head(), spoilt);
        assertThat(check(world, world.rootKey))
            .isInstanceOf(RecoveryKeyCheck.Outcome.Damaged.class);
        assertThat(world.verify()).isInstanceOf(VerificationOutcome.Damaged.class);
      }
    }
  }

  @Test
  @Verifies("HED-4~2")
  void aHeadThatIsGoneOrMovedIsDamageWhileItsObjectsAreThere() throws IOException {
    try (World world = backedUp();
        World stranger = backedUp()) {
      World.copy(stranger.head().getParent(), world.head().getParent());
      Path moved = world.head().resolveSibling("0123456789abcdef0123456789abcdef");
      Files.move(world.head(), moved);
      assertThat(check(world, world.rootKey)).isInstanceOf(RecoveryKeyCheck.Outcome.Damaged.class);
      Files.delete(moved);
      assertThat(check(world, world.rootKey)).isInstanceOf(RecoveryKeyCheck.Outcome.Damaged.class);
      World.delete(world.set());
      assertThat(check(world, world.rootKey))
          .isEqualTo(new RecoveryKeyCheck.Outcome.WrongRecoveryKey(OptionalInt.empty()));
    }
  }

  @Test
  @Verifies("HED-4~2")
  void aHeadThatMatchesUnderAnotherNameIsDamageAndEnablesNothing() throws IOException {
    try (World world = backedUp()) {
      String name = String.valueOf(world.head().getFileName());
      String other = "0123456789abcdef".repeat(2) + name.substring(name.indexOf('.'));
      Files.move(world.head(), world.head().resolveSibling(other));
      assertThat(check(world, world.rootKey)).isInstanceOf(RecoveryKeyCheck.Outcome.Damaged.class);
      World.delete(world.set());
      assertThat(check(world, world.rootKey)).isInstanceOf(RecoveryKeyCheck.Outcome.Damaged.class);
    }
  }

  @Test
  @Verifies({"HED-4~2", "RKY-4"})
  void aSearchAmongCountlessHeadsIsLeftOff() throws IOException {
    try (World world = backedUp();
        RootKey typo = changed(world.rootKey, 0, 1)) {
      byte[] head = Files.readAllBytes(world.head());
      for (int i = 0; i < RecoveryKeyCheck.HEADS_COMPARED; i++) {
        Files.write(world.head().resolveSibling(String.format("%032x.1", i)), head);
      }
      assertThat(check(world, typo))
          .isEqualTo(new RecoveryKeyCheck.Outcome.WrongRecoveryKey(OptionalInt.empty()));
      assertThat(check(world, world.rootKey)).isEqualTo(new RecoveryKeyCheck.Outcome.Matches());
    }
  }

  private static RecoveryKeyCheck.Outcome check(World world, RootKey key) {
    return new RecoveryKeyCheck(world.storage).check(key, World.ACCOUNT);
  }

  private static void plant(World world, RootKey key, byte[] head) throws IOException {
    try (BackupKeys keys = BackupKeys.derive(key, World.ACCOUNT)) {
      String name =
          world
              .head()
              .getFileName()
              .toString()
              .replace(world.keys.setName().hex(), keys.setName().hex());
      Files.write(world.head().resolveSibling(name), head);
    }
  }

  private static World backedUp() throws IOException {
    World world = new World();
    world.write("a", new byte[] {1});
    world.backUp();
    return world;
  }

  private static RootKey changed(RootKey key, int place, int by) {
    return key.expose(
        bytes -> {
          bytes[place] ^= (byte) (by << 4);
          return RootKey.copyOf(bytes);
        });
  }
}
