package lockstep.backup.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lockstep.adapter.filetree.DirectoryTarget;
import lockstep.backup.FailingStorage;
import lockstep.backup.RandomTree;
import lockstep.backup.TreePicture;
import lockstep.backup.World;
import lockstep.backup.restore.Restore;
import lockstep.backup.restore.RestoreOutcome;
import lockstep.evidence.Exhaustive;
import lockstep.evidence.Points;
import lockstep.format.BackupKeys;
import lockstep.format.HeadName;
import lockstep.keys.RootKey;
import lockstep.spec.Verifies;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/** The kept backups of one key, sealed again under another. */
final class SetCopyProperties {

  private static final int MANY = 200;

  private World world;
  private RootKey newKey;
  private BackupKeys to;
  private List<Map<String, String>> pictures;

  @BeforeTry
  void begin() {
    world = new World();
    newKey = RootKey.random(world.random);
    to = BackupKeys.derive(newKey, World.ACCOUNT);
    pictures = new ArrayList<>();
  }

  private void backUp(int backups) throws IOException {
    world.keep = 9;
    world.acceptsChanges = true;
    RandomTree content = new RandomTree(backups);
    world.write("same", content.bytes(5000));
    for (int i = 0; i < backups; i++) {
      world.write("f" + i, content.bytes(300));
      world.backUp();
      pictures.add(TreePicture.of(world.source));
    }
  }

  private SetCopy.Outcome copy(BackupStorage storage, int keep) throws IOException {
    return copy(new SetCopy(storage, world.random), keep);
  }

  private SetCopy.Outcome copy(SetCopy copy, int keep) throws IOException {
    return copy.copy(world.keys, to, Freshness.unknown(), keep, Progress.NONE);
  }

  private List<Long> copies() throws IOException {
    return world.storage.heads(to.setName()).stream().map(HeadName::backupNumber).toList();
  }

  private Map<String, String> restored(long number) throws IOException {
    Path target = world.newTarget();
    assertThat(
            new Restore(world.storage)
                .run(
                    to,
                    new DirectoryTarget(target),
                    Freshness.unknown().askingFor(number),
                    Progress.NONE))
        .isInstanceOf(RestoreOutcome.Restored.class);
    return TreePicture.of(target);
  }

  private void assertCopied(int backups) throws IOException {
    List<Long> numbers = copies();
    assertThat(numbers).hasSize(backups);
    for (int i = 0; i < backups; i++) {
      assertThat(restored(numbers.get(i))).isEqualTo(pictures.get(pictures.size() - backups + i));
    }
  }

  @AfterTry
  void end() {
    to.close();
    newKey.close();
    world.close();
  }

  @Property(tries = 8)
  @Verifies({"ROT-6", "ROT-1~3", "RST-40"})
  void theLastOnesAreRestoredUnderTheNewKeyAndWhatTheyShareIsSealedOnce(
      @ForAll @IntRange(min = 1, max = 4) int backups, @ForAll @IntRange(min = 1, max = 5) int keep)
      throws IOException {
    backUp(backups);
    SetCopy.Outcome outcome = copy(world.storage, keep);
    assertThat(outcome).isInstanceOf(SetCopy.Outcome.Copied.class);
    assertThat(((SetCopy.Outcome.Copied) outcome).from()).isEqualTo(backups);
    int kept = Math.min(backups, keep);
    assertCopied(kept);
    assertThat(copies()).last().isEqualTo(backups + 1L);
    // The pack of the first backup has "same" and f0, each later one has its file: all distinct.
    assertThat(world.storage.list(to.setName())).hasSize(backups + kept);
  }

  @Example
  @Verifies({"ROT-6", "ROT-3~2", "ROT-1~3"})
  @Exhaustive("call to the provider at which it goes away")
  void aCopyThatStopsAnywhereIsMadeAnewAndWhole() throws IOException {
    backUp(2);
    for (int k = 0; k < MANY; k++) {
      FailingStorage failing = new FailingStorage(world.storage, k, false);
      copy(failing, 9);
      if (!copies().isEmpty()) {
        restored(copies().get(copies().size() - 1));
      }
      if (!failing.isGone()) {
        assertThat(k).isGreaterThan(10);
        return;
      }
      assertThat(copy(world.storage, 9)).isInstanceOf(SetCopy.Outcome.Copied.class);
      assertCopied(2);
      assertThat(world.storage.list(to.setName())).hasSize(4);
      Points.visited();
    }
    throw new AssertionError("no copy came through");
  }

  /** Even where one alone is kept: it may be the newest, and goes with the old set for good. */
  @Example
  @Verifies("ROT-6")
  void aHeadAboveTheNewestThatDoesNotOpenIsToldAndGoesOnlyByName() throws IOException {
    backUp(2);
    Files.write(world.head(9), new byte[404]);
    for (int keep = 1; keep <= 3; keep++) {
      assertThat(copy(world.storage, keep)).isInstanceOf(SetCopy.Outcome.Damaged.class);
      assertThat(copies()).isEmpty();
    }
    assertThat(copy(new SetCopy(world.storage, world.random, true), 1))
        .isInstanceOf(SetCopy.Outcome.Copied.class);
    assertCopied(1);
  }

  /** Nobody confirmed the new key, again and again. */
  @Example
  @Verifies({"ROT-3~2", "ROT-1~3"})
  void howeverOftenItIsStartedOverTheLastCopyIsTheHighestAndWhole() throws IOException {
    backUp(2);
    for (int run = 0; run < 5; run++) {
      BackupMark made = ((SetCopy.Outcome.Copied) copy(world.storage, 2)).mark();
      assertThat(copies()).last().isEqualTo(made.backupNumber());
      assertCopied(2);
    }
  }

  @Property(tries = 12)
  @Verifies("ROT-6")
  void aDamagedEarlierOneIsToldAndGoesOnlyByName(@ForAll @IntRange(max = 9) int which)
      throws IOException {
    backUp(1);
    List<Path> hurt = new ArrayList<>(world.stored());
    world.write("same", new byte[6000]);
    world.write("f0", new byte[100]);
    backUp(2);
    Path file = hurt.get(which % hurt.size());
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
    assertThat(copy(world.storage, 9)).isInstanceOf(SetCopy.Outcome.Damaged.class);
    assertThat(copies()).isEmpty();
    SetCopy dropping = new SetCopy(world.storage, world.random, true);
    assertThat(copy(dropping, 9)).isInstanceOf(SetCopy.Outcome.Copied.class);
    List<Long> numbers = copies();
    assertThat(numbers).hasSize(2);
    for (int i = 0; i < 2; i++) {
      assertThat(restored(numbers.get(i))).isEqualTo(pictures.get(i + 1));
    }
  }
}
