package lockstep.backup.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import lockstep.backup.RandomTree;
import lockstep.backup.TreePicture;
import lockstep.backup.World;
import lockstep.backup.restore.RestoreOutcome;
import lockstep.backup.restore.VerificationOutcome;
import lockstep.backup.store.ReservedName;
import lockstep.spec.Verifies;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What is backed up comes back as it was. */
final class BackupRestoreProperties {

  @Property(tries = 30)
  @Verifies({"MAN-6", "MAN-7", "RST-9~2", "CLI-8", "RST-4"})
  void everyTreeComesBackIdentical(@ForAll long seed) throws IOException {
    try (World world = new World()) {
      new RandomTree(seed).grow(world.source);
      Map<String, String> before = TreePicture.of(world.source);
      BackupOutcome.Done done = world.backUp();
      assertThat(done.omissions()).isEmpty();
      Path target = world.newTarget();
      RestoreOutcome outcome = world.restore(target);
      assertThat(outcome).isInstanceOf(RestoreOutcome.Restored.class);
      assertThat(TreePicture.of(target)).isEqualTo(before);
      assertThat(TreePicture.of(world.source)).isEqualTo(before);
      assertThat(world.verify()).isInstanceOf(VerificationOutcome.Intact.class);
    }
  }

  @Property(tries = 15)
  @Verifies({"BAK-1~2", "BAK-2~3", "BAK-4", "BAK-6"})
  void eachBackupHoldsTheFolderAsItWasThen(@ForAll long seed) throws IOException {
    try (World world = new World()) {
      RandomTree tree = new RandomTree(seed);
      tree.grow(world.source);
      world.acceptsChanges = true;
      for (int number = 1; number <= 4; number++) {
        BackupOutcome.Done done = world.backUp();
        assertThat(done.mark().backupNumber()).isEqualTo(number);
        Path target = world.newTarget();
        world.restore(target);
        assertThat(TreePicture.of(target)).isEqualTo(TreePicture.of(world.source));
        tree.change(world.source);
      }
    }
  }

  @Example
  @Verifies("BAK-4")
  void unchangedFilesAreNotUploadedAgain() throws IOException {
    try (World world = new World()) {
      RandomTree tree = new RandomTree(7);
      tree.grow(world.source);
      world.write("small", tree.bytes(1000));
      world.write("large", tree.bytes(40_000_000));
      assertThat(world.backUp().stats().bytesUploaded()).isGreaterThan(40_000_000);
      assertThat(world.backUp().stats().bytesUploaded()).isZero();
      world.write("small", tree.bytes(1000));
      BackupOutcome.Stats third = world.backUp().stats();
      assertThat(third.bytesUploaded()).isEqualTo(1000);
      assertThat(third.filesUploaded()).isEqualTo(1);
      Path target = world.newTarget();
      world.restore(target);
      assertThat(TreePicture.of(target)).isEqualTo(TreePicture.of(world.source));
    }
  }

  @Example
  @Verifies({"OBJ-7", "MAN-5"})
  void largeFilesAreSplitAndSmallOnesShareObjects() throws IOException {
    try (World world = new World()) {
      RandomTree tree = new RandomTree(8);
      world.write("exactly", tree.bytes(Packer.PACK_BYTES));
      world.write("more", tree.bytes(Packer.PACK_BYTES + 1));
      world.write("three", tree.bytes(3 * Packer.PACK_BYTES - 5));
      for (int i = 0; i < 50; i++) {
        world.write("small/" + i, tree.bytes(i));
      }
      assertThat(world.backUp().stats().objectsUploaded()).isEqualTo(1 + 2 + 3 + 1);
      Path target = world.newTarget();
      world.restore(target);
      assertThat(TreePicture.of(target)).isEqualTo(TreePicture.of(world.source));
    }
  }

  @Example
  @Verifies("BAK-6")
  void aFileInAFragmentedPackIsUploadedAgain() throws IOException {
    try (World world = new World()) {
      RandomTree tree = new RandomTree(9);
      world.write("kept", tree.bytes(1000));
      Path dropped = world.write("dropped", tree.bytes(5000));
      world.backUp();
      Files.delete(dropped);
      world.acceptsChanges = true;
      assertThat(world.backUp().stats().bytesUploaded()).isZero();
      assertThat(world.backUp().stats().bytesUploaded()).isEqualTo(1000);
      assertThat(world.backUp().stats().bytesUploaded()).isZero();
    }
  }

  @Example
  @Verifies("RST-9~2")
  void aDirectoryWithoutPermissionsComesBackSo() throws IOException {
    try (World world = new World()) {
      Path inner = Files.createDirectories(world.source.resolve("closed/inner"));
      Files.write(inner.resolve("file"), new byte[10]);
      Files.setAttribute(inner, "unix:mode", 0500);
      Files.setAttribute(inner.getParent(), "unix:mode", 0500);
      Map<String, String> before = TreePicture.of(world.source);
      world.backUp();
      Path target = world.newTarget();
      world.restore(target);
      assertThat(TreePicture.of(target)).isEqualTo(before);
      assertThat(Files.exists(target.resolve(ReservedName.WORK), LinkOption.NOFOLLOW_LINKS))
          .isFalse();
    }
  }
}
