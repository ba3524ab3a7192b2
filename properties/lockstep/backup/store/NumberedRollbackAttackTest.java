package lockstep.backup.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lockstep.backup.TreePicture;
import lockstep.backup.World;
import lockstep.backup.restore.RestoreOutcome;
import lockstep.evidence.Attack;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.Test;

/**
 * A provider that answers a wish for an earlier backup with a rollback, or with one of the same
 * number out of another history.
 */
@Attack
class NumberedRollbackAttackTest {

  private static World twoBackups() throws IOException {
    World world = new World();
    world.keep = 2;
    world.acceptsChanges = true;
    world.write("a", new byte[] {1});
    world.backUp();
    world.write("a", new byte[] {2});
    return world;
  }

  @Test
  @Verifies({"RST-40", "RST-6~2"})
  void theNumberOfAnOlderBackupDoesNotHideThatTheNewestIsWithheld() throws IOException {
    try (World world = twoBackups()) {
      BackupMark newest = world.backUp().mark();
      Files.delete(world.head(2));
      Path target = world.newTarget();
      Freshness one = Freshness.mark(newest).askingFor(1);
      assertThat(world.restore(target, one))
          .isInstanceOfSatisfying(
              RestoreOutcome.OlderBackup.class,
              older -> assertThat(older.floorNumber()).isEqualTo(2));
      assertThat(target).doesNotExist();
      assertThat(world.restore(target, Freshness.mark(newest).askingFor(2)))
          .isInstanceOf(RestoreOutcome.OlderBackup.class);
      assertThat(world.restore(target, one.acceptingOlder()))
          .isInstanceOf(RestoreOutcome.Restored.class);
    }
  }

  @Test
  @Verifies("RST-40")
  void aBackupOfThatNumberOutOfAnotherHistoryIsNotTaken() throws IOException {
    try (World world = twoBackups();
        World other = new World(world)) {
      // What the provider showed another device, at another time, as if nothing were there.
      Path aside = world.top.resolve("aside");
      World.copy(world.provider, aside);
      World.delete(world.provider.resolve("lockstep-v1"));
      other.write("a", new byte[] {9});
      other.backUp();
      Path forked = world.top.resolve("forked");
      World.copy(world.provider, forked);
      byte[] head = Files.readAllBytes(world.head(1));
      world.replaceProvider(aside);
      BackupMark newest = world.backUp().mark();
      World.copy(forked.resolve("lockstep-v1").resolve(world.keys.setName().hex()), world.set());
      Files.write(world.head(1), head);
      Path target = world.newTarget();
      assertThat(world.restore(target, Freshness.mark(newest).askingFor(1)))
          .isInstanceOf(RestoreOutcome.Damaged.class);
      assertThat(target).doesNotExist();
      assertThat(world.restore(target, Freshness.mark(newest)))
          .isInstanceOf(RestoreOutcome.Restored.class);
      assertThat(TreePicture.of(target)).isEqualTo(TreePicture.of(world.source));
    }
  }

  @Test
  @Verifies("RST-40")
  void aNumberThatIsNotThereIsToldWithThoseThatAre() throws IOException {
    try (World world = twoBackups()) {
      world.backUp();
      for (long missing : new long[] {3, 4, Long.MAX_VALUE}) {
        assertThat(world.restore(world.newTarget(), Freshness.unknown().askingFor(missing)))
            .isEqualTo(new RestoreOutcome.NoSuchBackup(missing, List.of(1L, 2L)));
      }
      Files.write(world.head(1), new byte[404]);
      assertThat(world.restore(world.newTarget(), Freshness.unknown().askingFor(1)))
          .isEqualTo(new RestoreOutcome.Damaged("heads/" + world.head(1).getFileName()));
    }
  }

  @Test
  @Verifies("RST-40")
  void whereNoVaultStandsBehindTheNewestNoneBeforeItIsTakenUnsaid() throws IOException {
    try (World world = twoBackups()) {
      BackupMark one = BackupMark.of(FoundHead.all(world.storage, world.keys).get(0).manifest());
      world.backUp();
      Freshness silent =
          Freshness.of(
                  java.util.Optional.of(one), java.util.Optional.empty(), Freshness.Word.SILENT)
              .askingFor(1);
      Path target = world.newTarget();
      assertThat(world.restore(target, silent)).isInstanceOf(RestoreOutcome.Unchecked.class);
      assertThat(world.restore(target, silent.acceptingUnchecked()))
          .isInstanceOf(RestoreOutcome.Restored.class);
    }
  }
}
