package lockstep.backup.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lockstep.adapter.filetree.DirectoryNotes;
import lockstep.backup.FailingStorage;
import lockstep.backup.InterruptedStorage;
import lockstep.backup.TreePicture;
import lockstep.backup.World;
import lockstep.backup.restore.RestoreOutcome;
import lockstep.backup.restore.VerificationOutcome;
import lockstep.backup.store.BackupStorage;
import lockstep.backup.store.ProviderUnavailable;
import lockstep.format.HeadName;
import lockstep.format.ObjectName;
import lockstep.spec.Verifies;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Several devices of one user at one provider: what one does never costs the other its backup. */
final class TwoDevicesProperties {

  private static final int MANY = 60;

  /** Another device of the same account and key, with files and notes of its own. */
  /** What these sources hold changes whole between two backups, and their users mean it. */
  private static World accepting(World world) {
    world.acceptsChanges = true;
    return world;
  }

  private static World second(World first) throws IOException {
    return accepting(new World(first));
  }

  /** Whether what a new device restores is one of these folders, whole. */
  private static boolean isWhole(World world, World... owners) throws IOException {
    Path target = world.newTarget();
    if (!(world.restore(target) instanceof RestoreOutcome.Restored)) {
      return false;
    }
    Map<String, String> picture = TreePicture.of(target);
    for (World owner : owners) {
      if (picture.equals(TreePicture.of(owner.source))) {
        return true;
      }
    }
    return false;
  }

  @Property(tries = 40)
  @Verifies({"BAK-18~2", "BAK-17", "BAK-1~2", "PRV-2~2"})
  void whereverTheOtherDeviceStepsInOneBackupIsWholeAndTheOtherDeviceIsTold(
      @ForAll @IntRange(max = MANY) int step) throws IOException {
    try (World phone = accepting(new World());
        World tablet = second(phone)) {
      phone.write("a", new byte[2000]);
      phone.backUp();
      tablet.write("b", new byte[3000]);
      phone.write("a", new byte[2500]);
      BackupOutcome[] ofTheOther = new BackupOutcome[1];
      tablet.overAnother();
      tablet.storage =
          new InterruptedStorage(tablet.storage, step, () -> ofTheOther[0] = phone.run());
      BackupOutcome outcome = tablet.run();
      assertThat(isWhole(phone, phone, tablet)).isTrue();
      boolean otherDone = ofTheOther[0] instanceof BackupOutcome.Done;
      boolean done = outcome instanceof BackupOutcome.Done;
      assertThat(done || otherDone).isTrue();
      if (done && otherDone) {
        // One began over the other's head only after it stood.
        assertThat(number(outcome)).isNotEqualTo(number(ofTheOther[0]));
      } else if (!done) {
        assertThat(outcome).isInstanceOf(BackupOutcome.AnotherDevice.class);
      }
    }
  }

  private static long number(BackupOutcome outcome) {
    return ((BackupOutcome.Done) outcome).mark().backupNumber();
  }

  @Example
  @Verifies({"BAK-10~3", "PRV-2~2", "BAK-5"})
  void ofTwoDevicesThatMakeTheSameNumberOneWinsAndTheOtherIsToldAndGoesOn() throws IOException {
    try (World phone = accepting(new World());
        World tablet = second(phone)) {
      phone.write("a", new byte[2000]);
      phone.backUp();
      tablet.write("b", new byte[3000]);
      tablet.overAnother();
      tablet.storage =
          new InterruptedStorage(tablet.storage, "addHead", () -> World.done(phone.run()));
      BackupOutcome lost = tablet.run();
      assertThat(lost).isInstanceOf(BackupOutcome.AnotherDevice.class);
      assertThat(((BackupOutcome.AnotherDevice) lost).backupNumber()).isEqualTo(2);
      assertThat(isWhole(phone, phone)).isTrue();
      tablet.storage = phone.storage;
      BackupOutcome.Done again = tablet.backUp();
      assertThat(again.mark().backupNumber()).isEqualTo(3);
      assertThat(again.stats().objectsUploaded()).isZero();
      assertThat(isWhole(phone, tablet)).isTrue();
    }
  }

  @Example
  @Verifies("BAK-18~2")
  void aHeadThatWasMadeAndRemovedMeanwhileDoesNotFreeItsNumber() throws IOException {
    try (World phone = accepting(new World());
        World tablet = second(phone)) {
      phone.write("a", new byte[2000]);
      phone.backUp();
      tablet.write("b", new byte[3000]);
      tablet.overAnother();
      tablet.storage =
          new InterruptedStorage(
              tablet.storage,
              "addHead",
              () -> {
                World.done(phone.run());
                World.done(phone.run());
              });
      assertThat(tablet.run()).isInstanceOf(BackupOutcome.AnotherDevice.class);
      assertThat(isWhole(phone, phone)).isTrue();
    }
  }

  @Example
  @Verifies("BAK-18~2")
  void noHeadIsMadeOverAManifestWhoseObjectsAreGone() throws IOException {
    try (World world = accepting(new World())) {
      world.write("a", new byte[2000]);
      world.backUp();
      Map<String, String> before = TreePicture.of(world.source);
      Set<ObjectName> old = world.storage.list(world.keys.setName()).keySet();
      BackupStorage good = world.storage;
      world.write("b", new byte[3000]);
      world.storage =
          new InterruptedStorage(
              good,
              "heads",
              2,
              () -> {
                for (ObjectName name : good.list(world.keys.setName()).keySet()) {
                  if (!old.contains(name)) {
                    good.remove(world.keys.setName(), name);
                  }
                }
              });
      assertThat(world.run()).isInstanceOf(BackupOutcome.ProviderFailed.class);
      world.storage = good;
      Path target = world.newTarget();
      assertThat(world.restore(target)).isInstanceOf(RestoreOutcome.Restored.class);
      assertThat(TreePicture.of(target)).isEqualTo(before);
      world.backUp();
      assertThat(isWhole(world, world)).isTrue();
    }
  }

  @Example
  @Verifies({"BAK-17", "PRV-9"})
  void whatIsNotKnownToBeGarbageStaysFor30DaysOfTheProvidersClock() throws IOException {
    try (World world = accepting(new World())) {
      world.write("a", new byte[2000]);
      world.backUp();
      Path young = Files.write(world.set().resolve("0".repeat(32)), new byte[10]);
      Path old = Files.write(world.set().resolve("1".repeat(32)), new byte[10]);
      Path almost = Files.write(world.set().resolve("2".repeat(32)), new byte[10]);
      Path foreign = Files.write(world.set().resolve("thesis.txt"), new byte[10]);
      Path folder = Files.createDirectories(world.set().resolve("3".repeat(32)).resolve("x"));
      Instant now = Instant.now();
      set(old, now.minus(Duration.ofDays(30)).minusSeconds(60));
      set(almost, now.minus(Duration.ofDays(30)).plusSeconds(600));
      set(foreign, Instant.EPOCH);
      set(folder.getParent(), Instant.EPOCH);
      world.write("a", new byte[100]);
      assertThat(world.backUp().leftoversRemain()).isFalse();
      assertThat(old).doesNotExist();
      assertThat(List.of(young, almost, foreign, folder)).allMatch(Files::exists);
    }
  }

  private static void set(Path file, Instant time) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(time));
  }

  @Example
  @Verifies({"BAK-17", "BAK-14~3"})
  void theGarbageOfAnotherDevicesBackupGoesOnceItsManifestWasRead() throws IOException {
    try (World phone = accepting(new World());
        World tablet = second(phone)) {
      phone.write("a", new byte[2000]);
      phone.backUp();
      phone.write("a", new byte[2100]);
      phone.backUp();
      tablet.write("b", new byte[3000]);
      tablet.overAnother();
      tablet.backUp();
      assertThat(tablet.set().toFile().list()).hasSize(2);
      assertThat(tablet.head().getParent().toFile().list()).hasSize(1);
      // What the phone noted of its own last backup is no longer in the newest one.
      phone.overAnother();
      assertThat(phone.backUp().stats().objectsUploaded()).isEqualTo(1);
      assertThat(phone.set().toFile().list()).hasSize(2);
      assertThat(isWhole(phone, phone)).isTrue();
    }
  }

  @Example
  @Verifies("BAK-14~3")
  void whatTheOtherDevicesManifestDoesNotNameIsNotTakenOver() throws IOException {
    try (World phone = accepting(new World());
        World tablet = second(phone)) {
      phone.write("a", new byte[2000]);
      phone.backUp();
      tablet.write("b", new byte[3000]);
      tablet.overAnother();
      tablet.marker = mark -> MarkSetter.Result.PENDING; // and so its removal is still to come
      tablet.backUp();
      phone.overAnother();
      assertThat(phone.backUp().stats().objectsUploaded()).isEqualTo(1);
    }
  }

  @Example
  @Verifies({"HED-5", "BAK-2~3", "BAK-12~2"})
  void whatDoesNotOpenNeitherHidesAHeadNorKeepsADeviceFromBackingUp() throws IOException {
    try (World world = accepting(new World())) {
      world.write("a", new byte[2000]);
      world.backUp();
      Files.createDirectories(world.head(2).resolve("folder"));
      Files.createSymbolicLink(world.head(3), world.head(1));
      Files.write(world.head(9), new byte[404]);
      assertThat(isWhole(world, world)).isTrue();
      world.write("b", new byte[10]);
      assertThat(world.backUp().mark().backupNumber()).isEqualTo(4);
      assertThat(isWhole(world, world)).isTrue();
      Files.delete(world.head(4));
      assertThat(world.restore(world.newTarget())).isInstanceOf(RestoreOutcome.Damaged.class);
      assertThat(world.verify()).isInstanceOf(VerificationOutcome.Damaged.class);
    }
  }

  @Example
  @Verifies("BAK-12~2")
  void whatLiesUnderAHeadsNameAndIsNoFileIsDamageAndNotAbsence() throws IOException {
    try (World world = accepting(new World())) {
      world.write("a", new byte[2000]);
      world.backUp();
      Path head = world.head();
      byte[] honest = Files.readAllBytes(head);
      Files.delete(head);
      Files.createDirectory(head);
      assertThat(world.verify()).isInstanceOf(VerificationOutcome.Damaged.class);
      assertThat(world.run()).isInstanceOf(BackupOutcome.Damaged.class);
      Files.delete(head);
      Path elsewhere = Files.write(world.top.resolve("elsewhere"), honest);
      Files.createSymbolicLink(head, elsewhere);
      assertThat(world.verify()).isInstanceOf(VerificationOutcome.Damaged.class);
      Files.delete(head);
      assertThat(world.verify()).isInstanceOf(VerificationOutcome.NoBackup.class);
      Files.write(head.resolveSibling(world.keys.setName().hex()), honest); // the former scheme
      assertThat(world.verify()).isInstanceOf(VerificationOutcome.NoBackup.class);
    }
  }

  @Example
  @Verifies("BAK-17")
  void aDeviceThatIsNoLongerTheNewestRemovesNothing() throws IOException {
    try (World phone = accepting(new World());
        World tablet = second(phone)) {
      phone.write("a", new byte[2000]);
      phone.backUp();
      tablet.write("b", new byte[3000]);
      tablet.overAnother();
      phone.write("a", new byte[100]);
      phone.marker =
          mark -> {
            tablet.backUp();
            return MarkSetter.Result.SET;
          };
      phone.backUp();
      assertThat(isWhole(phone, tablet)).isTrue();
      HeadName newest = tablet.storage.heads(tablet.keys.setName()).get(0);
      assertThat(newest.backupNumber()).isEqualTo(3);
    }
  }

  @Example
  @Verifies("BAK-13~2")
  void theNotesOfKnownGarbageOutliveInterruptedRuns() throws IOException {
    try (World world = accepting(new World())) {
      world.write("a", new byte[2000]);
      BackupStorage good = world.storage;
      for (int i = 0; i < 3; i++) {
        world.write("b" + i, new byte[3000 + i]);
        world.storage = new FailingStorage(good, 3, true, false);
        assertThat(world.run()).isInstanceOf(BackupOutcome.ProviderFailed.class);
        Files.delete(world.source.resolve("b" + i));
      }
      world.storage = good;
      assertThat(world.set().toFile().list().length).isGreaterThan(2);
      world.notes = new DirectoryNotes(world.notesDirectory);
      world.write("c", new byte[10]);
      world.backUp();
      assertThat(Optional.ofNullable(world.set().toFile().list()).orElseThrow().length)
          .isLessThanOrEqualTo(3);
      assertThat(isWhole(world, world)).isTrue();
    }
  }

  @Example
  @Verifies({"BAK-14~3", "BAK-17"})
  void whatTheOtherDeviceIsJustRemovingIsNotTakenOverFromAnInterruptedRun() throws IOException {
    try (World phone = accepting(new World());
        World tablet = second(phone)) {
      tablet.write("b", new byte[3000]);
      tablet.backUp();
      BackupStorage good = tablet.storage;
      tablet.write("c", new byte[2000]);
      tablet.storage =
          new InterruptedStorage(
              good,
              "addHead",
              () -> {
                throw new ProviderUnavailable("interrupted");
              });
      assertThat(tablet.run()).isInstanceOf(BackupOutcome.ProviderFailed.class);
      tablet.storage = good;
      phone.write("a", new byte[2000]);
      phone.overAnother();
      tablet.overAnother();
      BackupOutcome[] meanwhile = new BackupOutcome[1];
      phone.storage =
          new InterruptedStorage(phone.storage, "remove", () -> meanwhile[0] = tablet.run());
      World.done(phone.run());
      BackupOutcome.Done done = World.done(meanwhile[0]);
      assertThat(done.stats().filesUploaded()).isEqualTo(1);
      assertThat(isWhole(phone, tablet)).isTrue();
    }
  }

  @Example
  @Verifies("BAK-18~2")
  void aHeadGivesWayToALowerOneThatCameInBetween() throws IOException {
    try (World phone = accepting(new World());
        World tablet = second(phone)) {
      phone.write("a", new byte[2000]);
      phone.write("b", new byte[3000]);
      phone.backUp();
      // The tablet knows of a higher number than the phone does.
      tablet.write("a", new byte[2000]);
      tablet.known = new BackupRun.Known(Optional.empty(), 7, 7, true);
      Files.delete(phone.source.resolve("b"));
      tablet.storage =
          new InterruptedStorage(tablet.storage, "addHead", () -> World.done(phone.run()));
      assertThat(tablet.run()).isInstanceOf(BackupOutcome.AnotherDevice.class);
      assertThat(isWhole(phone, phone)).isTrue();
      assertThat(phone.verify()).isInstanceOf(VerificationOutcome.Intact.class);
      tablet.storage = phone.storage;
      World.done(tablet.run());
      assertThat(isWhole(phone, tablet)).isTrue();
    }
  }
}
