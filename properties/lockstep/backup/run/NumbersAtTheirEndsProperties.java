package lockstep.backup.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import lockstep.adapter.filetree.DirectorySource;
import lockstep.backup.World;
import lockstep.backup.restore.RestoreOutcome;
import lockstep.backup.restore.VerificationOutcome;
import lockstep.backup.store.BackupMark;
import lockstep.backup.store.FoundHead;
import lockstep.backup.store.Freshness;
import lockstep.backup.store.Progress;
import lockstep.backup.store.SetCopy;
import lockstep.format.BackupKeys;
import lockstep.format.HeadName;
import lockstep.format.ManifestHeader;
import lockstep.format.ManifestWriter;
import lockstep.format.ObjectId;
import lockstep.format.ObjectKind;
import lockstep.format.SealedHead;
import lockstep.format.SealedObject;
import lockstep.format.StoredObject;
import lockstep.keys.RootKey;
import lockstep.spec.Verifies;
import net.jqwik.api.Example;

/** Numbers and dates at the ends of their ranges are outcomes. */
class NumbersAtTheirEndsProperties {

  @Example
  @Verifies("BAK-2~3")
  void theLastNumberIsUsedAndThenNoneIsLeft() throws IOException {
    try (World world = new World()) {
      world.write("a", new byte[] {1});
      world.known = new BackupRun.Known(Optional.empty(), Long.MAX_VALUE - 1, 0, true);
      BackupMark last = world.backUp().mark();
      assertThat(last.backupNumber()).isEqualTo(Long.MAX_VALUE);
      assertThat(world.verify()).isInstanceOf(VerificationOutcome.Intact.class);
      assertThat(world.restore(world.newTarget(), Freshness.mark(last)))
          .isInstanceOf(RestoreOutcome.Restored.class);
      world.known = new BackupRun.Known(Optional.of(last), Long.MAX_VALUE, 0, true);
      assertThat(world.run()).isEqualTo(new BackupOutcome.NumbersUsedUp());
      try (RootKey key = RootKey.random(world.random);
          BackupKeys to = BackupKeys.derive(key, World.ACCOUNT)) {
        assertThat(
                new SetCopy(world.storage, world.random)
                    .copy(world.keys, to, Freshness.mark(last), 1, Progress.NONE))
            .isEqualTo(new SetCopy.Outcome.NumbersUsedUp());
      }
    }
  }

  @Example
  @Verifies("BAK-2~3")
  void aMarkWithoutANumberAboveItIsAnOutcome() throws IOException {
    try (World world = new World()) {
      world.write("a", new byte[] {1});
      assertThat(
              FoundHead.freeNumber(world.storage, world.keys.setName(), Long.MAX_VALUE).isPresent())
          .isFalse();
      world.known = new BackupRun.Known(Optional.empty(), Long.MAX_VALUE, 0, true);
      assertThat(world.run()).isEqualTo(new BackupOutcome.NumbersUsedUp());
      assertThat(world.set()).doesNotExist();
    }
  }

  @Example
  @Verifies("BAK-2~3")
  void aClockBefore1970CountsAs1970() throws IOException {
    try (World world = new World()) {
      world.write("a", new byte[] {1});
      for (Instant told : new Instant[] {Instant.ofEpochMilli(-1), Instant.MIN}) {
        BackupOutcome.Done done =
            World.done(
                new BackupRun(world.storage, world.notes, world.random, InstantSource.fixed(told))
                    .run(
                        world.keys,
                        new DirectorySource(world.source),
                        world.known,
                        world.marker,
                        Progress.NONE));
        assertThat(done.createdAt()).isEqualTo(Instant.EPOCH);
        assertThat(world.restore(world.newTarget())).isInstanceOf(RestoreOutcome.Restored.class);
      }
    }
  }

  @Example
  @Verifies("HED-6")
  void aHeadOfNumberZeroIsDamaged() throws IOException {
    try (World world = new World()) {
      world.write("a", new byte[] {1});
      world.backUp();
      byte[] head = Files.readAllBytes(world.head());
      assertThat(SealedHead.parse(head)).isPresent();
      ByteBuffer.wrap(head).putLong(Integer.BYTES, 0);
      assertThat(SealedHead.parse(head)).isEmpty();
      Files.write(world.head(), head);
      assertThat(world.verify()).isInstanceOf(VerificationOutcome.Damaged.class);
      assertThat(world.run()).isInstanceOf(BackupOutcome.Damaged.class);
    }
  }

  @Example
  @Verifies("HED-6")
  void aHeadWhoseDateIsNotItsManifestsIsDamaged() throws IOException {
    try (World world = new World()) {
      world.write("a", new byte[] {1});
      world.backUp();
      var content = ((FoundHead.Opened) FoundHead.read(world.storage, world.keys)).content();
      ByteArrayOutputStream forged = new ByteArrayOutputStream();
      SealedHead.seal(
              world.keys,
              world.random,
              new lockstep.format.HeadContent(
                  content.createdAt().plusMillis(1), content.manifest()))
          .writeTo(forged);
      Files.write(world.head(), forged.toByteArray());
      assertThat(world.verify()).isInstanceOf(VerificationOutcome.Damaged.class);
      assertThat(world.restore(world.newTarget())).isInstanceOf(RestoreOutcome.Damaged.class);
    }
  }

  @Example
  @Verifies("HED-6")
  void aHeadWhoseNumberIsNotItsManifestsIsDamaged() throws IOException {
    try (World world = new World()) {
      world.write("a", new byte[] {1});
      world.backUp();
      var content = ((FoundHead.Opened) FoundHead.read(world.storage, world.keys)).content();
      long next = content.backupNumber() + 1;
      ObjectId id = ObjectId.random(world.random);
      SealedObject manifest =
          world.keys.seal(
              ObjectKind.MANIFEST,
              next,
              id,
              world.random,
              sink ->
                  new ManifestWriter(
                          sink,
                          new ManifestHeader(
                              content.backupNumber(), content.createdAt(), Optional.empty()))
                      .finish(List.of()));
      world.storage.put(world.keys.setName(), world.keys.nameOf(id), manifest);
      StoredObject named = new StoredObject(id, next, manifest.contentBytes(), manifest.digest());
      world.storage.addHead(
          new HeadName(world.keys.setName(), next),
          SealedHead.seal(
              world.keys,
              world.random,
              new lockstep.format.HeadContent(content.createdAt(), named)));
      assertThat(world.verify()).isInstanceOf(VerificationOutcome.Damaged.class);
      assertThat(world.restore(world.newTarget())).isInstanceOf(RestoreOutcome.Damaged.class);
    }
  }

  @Example
  @Verifies("HED-5")
  void anOldHeadUnderAHigherNumberIsPassedOver() throws IOException {
    try (World world = new World()) {
      world.write("a", new byte[] {1});
      world.backUp();
      byte[] old = world.headBytes().orElseThrow();
      world.write("b", new byte[] {2});
      long newest = world.backUp().mark().backupNumber();
      Path higher =
          world.head().resolveSibling(new HeadName(world.keys.setName(), newest + 1).toString());
      Files.write(higher, old);
      assertThat(FoundHead.read(world.storage, world.keys))
          .isInstanceOfSatisfying(
              FoundHead.Opened.class,
              found -> assertThat(found.content().backupNumber()).isEqualTo(newest));
    }
  }
}
