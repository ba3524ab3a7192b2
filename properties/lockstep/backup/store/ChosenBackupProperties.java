package lockstep.backup.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Optional;
import lockstep.backup.World;
import lockstep.backup.run.MarkSetter;
import lockstep.backup.store.Freshness.Word;
import lockstep.spec.Verifies;
import net.jqwik.api.Example;

/** Each word of the vault against each backup that may be shown: none, older, the floor, newer. */
class ChosenBackupProperties {

  @Example
  @Verifies({"RST-13", "RST-12", "RST-6~2"})
  void everyWordOfTheVaultMeetsEveryBackup() throws IOException {
    try (World world = new World()) {
      world.write("a", new byte[] {1});
      BackupMark older = world.backUp().mark();
      world.marker = mark -> MarkSetter.Result.PENDING;
      BackupMark shown = world.backUp().mark();
      BackupMark newer = new BackupMark(3, older.manifestDigest());
      for (Word word : Word.values()) {
        Optional<BackupMark> none = Optional.empty();
        boolean speaks = word == Word.HEARD || word == Word.NO_VAULT;
        assertThat(taken(world, none, word)).isEqualTo(speaks);
        assertThat(taken(world, Optional.of(older), word)).isEqualTo(speaks);
        assertThat(taken(world, Optional.of(shown), word)).isEqualTo(speaks || word == Word.SILENT);
        assertThat(taken(world, Optional.of(newer), word)).isFalse();
        Freshness unchecked = Freshness.of(Optional.of(older), none, word).acceptingUnchecked();
        assertThat(choose(world, unchecked)).isInstanceOf(ChosenBackup.Taken.class);
        Freshness stale = Freshness.of(Optional.of(newer), none, word);
        assertThat(choose(world, stale.acceptingUnchecked()))
            .isInstanceOf(ChosenBackup.Older.class);
        Class<? extends ChosenBackup> askedAfter =
            speaks ? ChosenBackup.Taken.class : ChosenBackup.Unchecked.class;
        assertThat(choose(world, stale.acceptingOlder())).isInstanceOf(askedAfter);
        Freshness both = stale.acceptingOlder().acceptingUnchecked();
        assertThat(choose(world, both)).isInstanceOf(ChosenBackup.Taken.class);
      }
    }
  }

  /** Who asks for a number and takes an older one has not said who stands behind it. */
  @Example
  @Verifies({"RST-13", "RST-40"})
  void aNumberPassesNoWordOfTheVaultBy() throws IOException {
    try (World world = new World()) {
      world.keep = 2;
      world.write("a", new byte[] {1});
      BackupMark first = world.backUp().mark();
      world.backUp();
      for (Word word : Word.values()) {
        Freshness byName =
            Freshness.of(Optional.empty(), Optional.empty(), word)
                .acceptingOlder()
                .askingFor(first.backupNumber());
        boolean speaks = word == Word.HEARD || word == Word.NO_VAULT;
        assertThat(choose(world, byName))
            .isInstanceOf(speaks ? ChosenBackup.Taken.class : ChosenBackup.Unchecked.class);
        assertThat(choose(world, byName.acceptingUnchecked()))
            .isInstanceOf(ChosenBackup.Taken.class);
      }
    }
  }

  @Example
  @Verifies("RST-12")
  void theFloorIsTheLargerAndTheMarkRulesAmongEquals() throws IOException {
    try (World world = new World()) {
      world.write("a", new byte[] {1});
      BackupMark one = world.backUp().mark();
      BackupMark two = world.backUp().mark();
      BackupMark other = new BackupMark(2, one.manifestDigest());
      assertThat(floor(one, two)).contains(two);
      assertThat(floor(two, one)).contains(two);
      assertThat(floor(other, two)).contains(two);
      assertThat(floor(two, other)).contains(other);
    }
  }

  private static Optional<BackupMark> floor(BackupMark device, BackupMark mark) {
    return Freshness.of(Optional.of(device), Optional.of(mark), Word.HEARD).floor();
  }

  private static boolean taken(World world, Optional<BackupMark> floor, Word word)
      throws IOException {
    return choose(world, Freshness.of(floor, Optional.empty(), word)) instanceof ChosenBackup.Taken;
  }

  private static ChosenBackup choose(World world, Freshness freshness) throws IOException {
    return ChosenBackup.choose(world.storage, world.keys, freshness);
  }
}
