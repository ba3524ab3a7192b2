package lockstep.backup.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lockstep.adapter.filetree.DirectorySource;
import lockstep.backup.RandomTree;
import lockstep.backup.TreePicture;
import lockstep.backup.World;
import lockstep.backup.restore.RestoreOutcome;
import lockstep.backup.restore.VerificationOutcome;
import lockstep.spec.Verifies;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The one backup that there is gives way to nothing worse without its user's word. */
final class OnlyCopyProperties {

  private static World familyPhotos() throws IOException {
    World world = new World();
    RandomTree tree = new RandomTree(4);
    for (int i = 0; i < 6; i++) {
      world.write("photos/day/p" + i, tree.bytes(3000 + i));
    }
    world.write("large", tree.bytes(2 * Packer.PACK_BYTES + 7));
    world.write("letters/one", tree.bytes(500));
    Files.createSymbolicLink(world.source.resolve("photos/best"), Path.of("day/p1"));
    return world;
  }

  private static void assertRestoredIs(World world, Object picture) throws IOException {
    Path target = world.newTarget();
    assertThat(world.restore(target)).isInstanceOf(RestoreOutcome.Restored.class);
    assertThat(TreePicture.of(target)).isEqualTo(picture);
    assertThat(world.verify()).isInstanceOf(VerificationOutcome.Intact.class);
  }

  private static SourceChange.Kind asked(BackupOutcome outcome) {
    assertThat(outcome).isInstanceOf(BackupOutcome.SourceChanged.class);
    return ((BackupOutcome.SourceChanged) outcome).change().kind();
  }

  @Property(tries = 12)
  @Verifies({"BAK-21", "BAK-7~3"})
  void whatCannotBeReadKeepsItsLastState(
      @ForAll boolean folder, @ForAll boolean listed, @ForAll boolean large) throws IOException {
    try (World world = familyPhotos()) {
      world.backUp();
      Object before = TreePicture.of(world.source);
      FaultySource source = new FaultySource(world);
      String victim = folder ? "photos" : large ? "large" : "photos/day/p2";
      (listed && !folder ? source.failing : source.unreadable).add(victim);
      BackupOutcome.Done done = World.done(world.run(source));
      assertThat(done.omissions())
          .containsExactly(new Omission(victim, Omission.Reason.UNREADABLE, true));
      assertRestoredIs(world, before);
      assertThat(World.done(world.run(source)).omissions().get(0).kept()).isTrue();
      assertRestoredIs(world, before);
      assertThat(world.backUp().omissions()).isEmpty();
      assertRestoredIs(world, before);
    }
  }

  @Example
  @Verifies("BAK-21")
  void aDeviceWithoutNotesKeepsWhatTheProviderHas() throws IOException {
    try (World world = familyPhotos()) {
      BackupOutcome.Done first = world.backUp();
      Object before = TreePicture.of(world.source);
      World.delete(world.notesDirectory);
      world.known = new BackupRun.Known(java.util.Optional.of(first.mark()), 1, 0, false);
      FaultySource source = new FaultySource(world);
      source.unreadable.add("photos/day");
      source.unreadable.add("large");
      assertThat(World.done(world.run(source)).omissions()).allMatch(Omission::kept);
      assertRestoredIs(world, before);
    }
  }

  @Example
  @Verifies("BAK-21")
  void whatWasNeverBackedUpIsNotSaidToBeKept() throws IOException {
    try (World world = familyPhotos()) {
      world.backUp();
      world.write("photos/new", new byte[10]);
      FaultySource source = new FaultySource(world);
      source.unreadable.add("photos/new");
      assertThat(World.done(world.run(source)).omissions())
          .containsExactly(new Omission("photos/new", Omission.Reason.UNREADABLE, false));
    }
  }

  @Example
  @Verifies("BAK-21")
  void whatTheProviderLostIsNotSaidToBeKept() throws IOException {
    try (World world = familyPhotos()) {
      world.backUp();
      for (Path object : world.stored().subList(1, world.stored().size())) {
        if (Files.size(object) < 100_000 && Files.size(object) > 15_000) {
          Files.delete(object);
        }
      }
      FaultySource source = new FaultySource(world);
      source.unreadable.add("photos/day/p2");
      world.acceptsChanges = true;
      assertThat(World.done(world.run(source)).omissions())
          .containsExactly(new Omission("photos/day/p2", Omission.Reason.UNREADABLE, false));
      assertThat(world.verify()).isInstanceOf(VerificationOutcome.Intact.class);
    }
  }

  @Property(tries = 4)
  @Verifies("BAK-21")
  void anUnmountedFolderKeepsWhatWasThere(@ForAll boolean gone, @ForAll boolean other)
      throws IOException {
    try (World world = familyPhotos()) {
      FaultySource source = new FaultySource(world);
      source.mounted.add("photos/day");
      World.done(world.run(source));
      Object before = TreePicture.of(world.source.resolve("photos/day"));
      source.mounted.clear();
      World.delete(world.source.resolve(gone ? "photos" : "photos/day"));
      if (!gone) {
        Files.createDirectory(world.source.resolve("photos/day"));
      }
      if (other && !gone) {
        world.write("photos/day/below", new byte[9]);
      }
      BackupOutcome.Done done = World.done(world.run(source));
      assertThat(done.omissions())
          .containsExactly(new Omission("photos/day", Omission.Reason.NOT_MOUNTED, true));
      World.done(world.run(source));
      Path target = world.newTarget();
      world.restore(target);
      assertThat(TreePicture.of(target.resolve("photos/day"))).isEqualTo(before);
      world.acceptsChanges = true;
      assertThat(World.done(world.run(source)).omissions()).isEmpty();
      assertRestoredIs(world, TreePicture.of(world.source));
    }
  }

  @Example
  @Verifies("BAK-20")
  void anEmptySourceIsAskedAbout() throws IOException {
    try (World world = familyPhotos()) {
      world.backUp();
      Object before = TreePicture.of(world.source);
      for (String name : List.of("photos", "large", "letters")) {
        World.delete(world.source.resolve(name));
      }
      assertThat(asked(world.run())).isEqualTo(SourceChange.Kind.EMPTY);
      assertRestoredIs(world, before);
      world.acceptsChanges = true;
      assertThat(world.backUp().stats().files()).isZero();
      world.acceptsChanges = false;
      assertThat(world.backUp().stats().files()).isZero();
    }
  }

  @Example
  @Verifies("BAK-20")
  void aFirstBackupOfNothingIsAskedAbout() throws IOException {
    try (World world = new World()) {
      assertThat(asked(world.run())).isEqualTo(SourceChange.Kind.EMPTY);
      assertThat(world.head()).doesNotExist();
    }
  }

  @Property(tries = 4)
  @Verifies("BAK-20")
  void aSourceThatLostMostIsAskedAbout(@ForAll boolean emptied, @ForAll boolean withoutNotes)
      throws IOException {
    try (World world = familyPhotos()) {
      BackupOutcome.Done first = world.backUp();
      Object before = TreePicture.of(world.source);
      if (emptied) {
        for (int i = 0; i < 6; i++) {
          world.write("photos/day/p" + i, new byte[0]);
        }
      } else {
        World.delete(world.source.resolve("photos"));
      }
      if (withoutNotes) {
        World.delete(world.notesDirectory);
        world.known = new BackupRun.Known(java.util.Optional.of(first.mark()), 1, 0, false);
      }
      assertThat(asked(world.run())).isEqualTo(SourceChange.Kind.MOST_IS_GONE);
      assertRestoredIs(world, before);
      world.acceptsChanges = true;
      world.backUp();
      assertRestoredIs(world, TreePicture.of(world.source));
    }
  }

  @Example
  @Verifies("BAK-20")
  void aLargeFileAloneCanBeMostOfTheBytes() throws IOException {
    try (World world = familyPhotos()) {
      world.backUp();
      Files.delete(world.source.resolve("large"));
      assertThat(asked(world.run())).isEqualTo(SourceChange.Kind.MOST_IS_GONE);
    }
  }

  @Example
  @Verifies("BAK-20")
  void halfMayGoWithoutAWord() throws IOException {
    try (World world = new World()) {
      for (int i = 0; i < 6; i++) {
        world.write("f" + i, new byte[10]);
      }
      world.backUp();
      for (int i = 0; i < 3; i++) {
        Files.delete(world.source.resolve("f" + i));
      }
      assertThat(world.backUp().stats().files()).isEqualTo(3);
    }
  }

  @Example
  @Verifies("BAK-20")
  void anotherFolderIsAskedAboutAndAMovedOneIsNot() throws IOException {
    try (World world = familyPhotos()) {
      world.backUp();
      Path copy = world.top.resolve("copy");
      World.copy(world.source, copy);
      assertThat(asked(world.run(new DirectorySource(copy))))
          .isEqualTo(SourceChange.Kind.ANOTHER_FOLDER);
      Path moved = Files.move(world.source, world.top.resolve("moved"));
      World.done(world.run(new DirectorySource(moved)));
      Files.createSymbolicLink(world.top.resolve("by-link"), moved);
      World.done(world.run(new DirectorySource(world.top.resolve("by-link"))));
      World.delete(moved);
      World.copy(copy, moved);
      World.done(world.run(new DirectorySource(moved)));
    }
  }
}
