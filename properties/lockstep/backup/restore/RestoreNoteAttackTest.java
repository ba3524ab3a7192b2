package lockstep.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import lockstep.adapter.filetree.DirectoryTarget;
import lockstep.backup.TreePicture;
import lockstep.backup.World;
import lockstep.backup.store.Freshness;
import lockstep.backup.store.Progress;
import lockstep.backup.store.ReservedName;
import lockstep.evidence.Attack;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.Test;

/** Somebody who can write to the folder that a restore's target lies in prepares the target. */
@Attack
class RestoreNoteAttackTest {

  @Test
  @Verifies({"RST-15", "RST-1"})
  void aPreparedTargetIsNotTakenForAnInterruptedRestore() throws IOException {
    try (World world = backedUp()) {
      Path target = prepared(world, note(world), new byte[0]);
      assertThat(world.restore(target)).isInstanceOf(RestoreOutcome.Restored.class);
      assertThat(target.resolve("a")).hasContent("genuine");
      assertThat(TreePicture.of(target)).isEqualTo(TreePicture.of(world.source));
    }
  }

  @Test
  @Verifies({"RST-15", "RST-2~2"})
  void beforeOtherThingsAForgedNoteIsRefusedAndNothingIsRemoved() throws IOException {
    try (World world = backedUp()) {
      Path target = prepared(world, note(world), new byte[0]);
      Files.writeString(target.resolve("mine"), "mine");
      assertThat(world.restore(target)).isInstanceOf(RestoreOutcome.TargetNotEmpty.class);
      assertThat(target.resolve("mine")).hasContent("mine");
    }
  }

  @Test
  @Verifies({"RST-15", "RST-3~2"})
  void anotherTreeUnderAGenuineNoteIsStartedOver() throws IOException {
    try (World world = backedUp()) {
      Path target = interrupted(world);
      Files.writeString(target.resolve(ReservedName.WORK).resolve("tree/planted"), "planted");
      assertThat(world.restore(target)).isInstanceOf(RestoreOutcome.Restored.class);
      assertThat(TreePicture.of(target)).isEqualTo(TreePicture.of(world.source));
    }
  }

  @Test
  @Verifies({"RST-15", "RST-3~2"})
  void aGenuineNoteIsFinished() throws IOException {
    try (World world = backedUp()) {
      Path target = interrupted(world);
      Path kept = target.resolve(ReservedName.WORK).resolve("tree/a");
      Object file = Files.readAttributes(kept, "unix:ino").get("ino");
      assertThat(world.restore(target)).isInstanceOf(RestoreOutcome.Restored.class);
      assertThat(Files.readAttributes(target.resolve("a"), "unix:ino").get("ino")).isEqualTo(file);
      assertThat(TreePicture.of(target)).isEqualTo(TreePicture.of(world.source));
    }
  }

  @Test
  @Verifies("RST-15")
  void noNameInTheMarkerLeadsOutOfTheTarget() throws IOException {
    try (World world = backedUp()) {
      Path target = interrupted(world);
      Path outside = Files.createDirectory(world.newTarget());
      Files.setPosixFilePermissions(outside, PosixFilePermissions.fromString("rwx------"));
      byte[] marker = Files.readAllBytes(target.resolve(ReservedName.MOVING));
      byte[] note = java.util.Arrays.copyOfRange(marker, Integer.BYTES, marker.length);
      write(
          target,
          note,
          ("../" + outside.getFileName()).getBytes(java.nio.charset.StandardCharsets.UTF_8));
      world.restore(target);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(outside)))
          .isEqualTo("rwx------");
    }
  }

  private static World backedUp() throws IOException {
    World world = new World();
    world.write("a", "genuine".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    world.write("b/c", new byte[3]);
    world.backUp();
    return world;
  }

  /** What the provider knows, and so anybody may: the set's name. The rest is made up. */
  private static byte[] note(World world) {
    return ByteBuffer.allocate(184)
        .put(world.keys.setName().hex().getBytes(java.nio.charset.StandardCharsets.US_ASCII))
        .putLong(1)
        .put(new byte[32])
        .putLong(0)
        .putLong(1)
        .putLong(0)
        .putLong(0)
        .putLong(7)
        .array();
  }

  private static Path prepared(World world, byte[] note, byte[] closed) throws IOException {
    Path target = world.newTarget();
    Path tree = Files.createDirectories(target.resolve(ReservedName.WORK).resolve("tree"));
    Files.writeString(tree.resolve("a"), "planted");
    Files.writeString(tree.resolve(".profile"), "planted");
    write(target, note, closed);
    return target;
  }

  private static void write(Path target, byte[] note, byte[] closed) throws IOException {
    Files.write(
        target.resolve(ReservedName.MOVING),
        ByteBuffer.allocate(Integer.BYTES + note.length).putInt(0x4c535232).put(note).array());
    if (closed.length > 0) {
      Files.write(
          target.resolve(ReservedName.WORK).resolve("closed"),
          ByteBuffer.allocate(closed.length + 2 * Short.BYTES)
              .putShort((short) closed.length)
              .put(closed)
              .putShort((short) 0777)
              .array());
    }
  }

  /** A restore that stops before it moves the first name. */
  private static Path interrupted(World world) throws IOException {
    Path target = world.newTarget();
    TargetTree tree = new DirectoryTarget(target);
    TargetTree stopping =
        (TargetTree)
            Proxy.newProxyInstance(
                TargetTree.class.getClassLoader(),
                new Class<?>[] {TargetTree.class},
                (proxy, called, arguments) -> {
                  if (called.getName().equals("install")) {
                    write(target, (byte[]) arguments[0], new byte[0]);
                    throw new IOException("stopped");
                  }
                  try {
                    return called.invoke(tree, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    assertThat(
            new Restore(world.storage)
                .run(world.keys, stopping, Freshness.unknown(), Progress.NONE))
        .isInstanceOf(RestoreOutcome.NotAllMoved.class);
    return target;
  }
}
