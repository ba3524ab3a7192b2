package lockstep.backup.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import lockstep.backup.TreePicture;
import lockstep.backup.World;
import lockstep.backup.restore.RestoreOutcome;
import lockstep.backup.run.BackupOutcome;
import lockstep.backup.run.BackupRun;
import lockstep.backup.run.MarkSetter;
import lockstep.evidence.Attack;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.Test;

/** The provider keeps every state that it ever had and shows the one that suits it. */
@Verifies("RST-6~2")
@Attack
final class ProviderRollbackAttackTest {

  private static Path keep(World world, String name) throws IOException {
    Path kept = world.top.resolve(name);
    World.copy(world.provider, kept);
    return kept;
  }

  private static void assertNothingWritten(Path target) throws IOException {
    assertThat(Files.exists(target) ? TreePicture.of(target) : Map.of()).isEqualTo(Map.of());
  }

  @Test
  void anOlderBackupIsReportedAsOlder() throws IOException {
    try (World world = new World()) {
      world.write("a", new byte[] {1});
      world.backUp();
      Path older = keep(world, "older");
      world.write("a", new byte[] {2});
      BackupMark mark = world.backUp().mark();
      world.replaceProvider(older);
      Path target = world.newTarget();
      RestoreOutcome outcome = world.restore(target, Freshness.mark(mark));
      assertThat(outcome).isInstanceOf(RestoreOutcome.OlderBackup.class);
      assertThat(((RestoreOutcome.OlderBackup) outcome).floorNumber()).isEqualTo(2);
      assertThat(((RestoreOutcome.OlderBackup) outcome).found().mark().backupNumber()).isEqualTo(1);
      assertNothingWritten(target);
      assertThat(world.restore(target, Freshness.mark(mark).acceptingOlder()))
          .isInstanceOf(RestoreOutcome.Restored.class);
      assertThat(target.resolve("a")).hasBinaryContent(new byte[] {1});
    }
  }

  @Test
  void anotherBackupOfTheSameNumberIsDamaged() throws IOException {
    try (World world = new World()) {
      world.write("a", new byte[] {1});
      world.backUp();
      Path first = keep(world, "first");
      world.write("a", new byte[] {2});
      BackupMark mark = world.backUp().mark();
      world.replaceProvider(first);
      world.notes.eraseAll(world.keys.setName());
      world.known = new BackupRun.Known(Optional.empty(), 0, 0, true);
      world.write("a", new byte[] {3});
      assertThat(world.backUp().mark().backupNumber()).isEqualTo(2);
      Path target = world.newTarget();
      assertThat(world.restore(target, Freshness.mark(mark)))
          .isInstanceOf(RestoreOutcome.Damaged.class);
      assertNothingWritten(target);
    }
  }

  @Test
  void aNewerBackupWhoseChainDoesNotReachTheMarkIsDamaged() throws IOException {
    try (World world = new World()) {
      world.marker = mark -> MarkSetter.Result.PENDING;
      world.write("a", new byte[] {1});
      world.backUp();
      Path first = keep(world, "first");
      world.write("a", new byte[] {2});
      BackupMark mark = world.backUp().mark();
      world.replaceProvider(first);
      world.notes.eraseAll(world.keys.setName());
      world.known = new BackupRun.Known(Optional.empty(), 0, 0, true);
      for (byte i = 3; i < 5; i++) {
        world.write("a", new byte[] {i});
        world.backUp();
      }
      Path target = world.newTarget();
      assertThat(world.restore(target, Freshness.mark(mark)))
          .isInstanceOf(RestoreOutcome.Damaged.class);
      assertNothingWritten(target);
    }
  }

  @Test
  @Verifies({"RST-11", "BAK-9~2"})
  void aNewerBackupWhoseChainReachesTheMarkIsRestored() throws IOException {
    try (World world = new World()) {
      world.marker = mark -> MarkSetter.Result.SET;
      world.write("a", new byte[] {0});
      BackupMark mark = world.backUp().mark();
      world.marker = ignored -> MarkSetter.Result.PENDING;
      for (byte i = 1; i < 4; i++) {
        world.write("a", new byte[] {i});
        assertThat(world.backUp().markResult()).isEqualTo(MarkSetter.Result.PENDING);
      }
      Path target = world.newTarget();
      assertThat(world.restore(target, Freshness.mark(mark)))
          .isInstanceOf(RestoreOutcome.Restored.class);
      assertThat(target.resolve("a")).hasBinaryContent(new byte[] {3});
      world.marker = ignored -> MarkSetter.Result.SET;
      BackupMark last = world.backUp().mark();
      assertThat(world.stored()).hasSize(3);
      assertThat(world.restore(world.newTarget(), Freshness.mark(last)))
          .isInstanceOf(RestoreOutcome.Restored.class);
    }
  }

  @Test
  void withoutAMarkTheDateIsShown() throws IOException {
    try (World world = new World()) {
      world.write("a", new byte[] {1});
      world.backUp();
      RestoreOutcome outcome = world.restore(world.newTarget());
      assertThat(((RestoreOutcome.Restored) outcome).backup().createdAt()).isEqualTo(World.NOW);
    }
  }

  @Test
  @Verifies({"BAK-2~3", "BAK-10~3"})
  void aRolledBackHeadIsNotBackedUpOver() throws IOException {
    try (World world = new World()) {
      world.write("a", new byte[] {1});
      world.backUp();
      Path older = keep(world, "older");
      world.write("a", new byte[] {2});
      BackupMark last = world.backUp().mark();
      world.replaceProvider(older);
      assertThat(world.run()).isInstanceOf(BackupOutcome.OlderBackup.class);
      world.known = new BackupRun.Known(Optional.of(last), 7, 0, true);
      BackupOutcome.Done done = world.backUp();
      assertThat(done.mark().backupNumber()).isEqualTo(8);
      Path target = world.newTarget();
      world.restore(target);
      assertThat(target.resolve("a")).hasBinaryContent(new byte[] {2});
    }
  }
}
