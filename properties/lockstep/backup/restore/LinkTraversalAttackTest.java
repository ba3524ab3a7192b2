package lockstep.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import lockstep.backup.TreePicture;
import lockstep.backup.World;
import lockstep.backup.store.ReservedName;
import lockstep.evidence.Attack;
import lockstep.format.HeadContent;
import lockstep.format.HeadName;
import lockstep.format.ObjectId;
import lockstep.format.ObjectKind;
import lockstep.format.SealedHead;
import lockstep.format.SealedObject;
import lockstep.format.StoredObject;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.Test;

/**
 * Somebody who has the key, such as a faulty or malicious client, makes manifests that would write
 * outside the target or through a link.
 */
@Verifies({"RST-4", "RST-1"})
@Attack
final class LinkTraversalAttackTest {

  private static final int DIRECTORY = 1;
  private static final int FILE = 2;
  private static final int LINK = 3;

  /** A manifest written without any of the writer's checks. */
  private static final class Forgery {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);
    private long entries;

    Forgery() throws IOException {
      out.write("LSM1".getBytes(StandardCharsets.US_ASCII));
      out.writeLong(1);
      out.writeLong(World.NOW.toEpochMilli());
      out.writeByte(0);
    }

    Forgery entry(int type, String path, String target) throws IOException {
      byte[] pathBytes = path.getBytes(StandardCharsets.UTF_8);
      out.writeByte(type);
      out.writeShort(pathBytes.length);
      out.write(pathBytes);
      out.writeShort(type == LINK ? 0 : 0700);
      out.writeLong(1L << 42);
      out.writeInt(0);
      if (type == FILE) {
        out.writeLong(0);
        out.writeInt(0);
      } else if (type == LINK) {
        byte[] targetBytes = target.getBytes(StandardCharsets.UTF_8);
        out.writeShort(targetBytes.length);
        out.write(targetBytes);
      }
      entries++;
      return this;
    }

    byte[] end() throws IOException {
      out.writeByte(0);
      out.writeInt(0);
      out.writeLong(entries);
      out.writeLong(0);
      return bytes.toByteArray();
    }
  }

  private static void store(World world, byte[] manifest) throws IOException {
    ObjectId id = ObjectId.random(world.random);
    SealedObject sealed =
        world.keys.seal(ObjectKind.MANIFEST, 1, id, world.random, sink -> sink.write(manifest));
    world.storage.put(world.keys.setName(), world.keys.nameOf(id), sealed);
    StoredObject stored = new StoredObject(id, 1, sealed.contentBytes(), sealed.digest());
    world.storage.addHead(
        new HeadName(world.keys.setName(), 1),
        SealedHead.seal(world.keys, world.random, new HeadContent(World.NOW, stored)));
  }

  private static void assertRefused(Forgery forgery) throws IOException {
    try (World world = new World()) {
      store(world, forgery.end());
      assertThat(world.verify()).isInstanceOf(VerificationOutcome.Damaged.class);
      Map<String, String> before = TreePicture.of(world.source);
      Path target = world.newTarget();
      assertThat(world.restore(target)).isInstanceOf(RestoreOutcome.Damaged.class);
      assertThat(Files.exists(target) ? TreePicture.of(target) : Map.of()).isEqualTo(Map.of());
      assertThat(TreePicture.of(world.source)).isEqualTo(before);
      assertThat(world.top.resolve("evil")).doesNotExist();
    }
  }

  @Test
  void anHonestForgeryIsRestored() throws IOException {
    try (World world = new World()) {
      store(
          world,
          new Forgery()
              .entry(DIRECTORY, "a", "")
              .entry(FILE, "a/b", "")
              .entry(LINK, "a/c", "../..")
              .end());
      Path target = world.newTarget();
      assertThat(world.restore(target)).isInstanceOf(RestoreOutcome.Restored.class);
      assertThat(TreePicture.of(target)).containsOnlyKeys("a", "a/b", "a/c");
    }
  }

  @Test
  @Verifies("MAN-4")
  void aFileBelowALinkIsRefused() throws IOException {
    assertRefused(new Forgery().entry(LINK, "a", "../source").entry(FILE, "a/evil", ""));
    assertRefused(new Forgery().entry(LINK, "a", "../source").entry(DIRECTORY, "a/evil", ""));
    assertRefused(new Forgery().entry(FILE, "a", "").entry(FILE, "a/evil", ""));
    assertRefused(new Forgery().entry(FILE, "a/evil", ""));
  }

  @Test
  @Verifies("MAN-3")
  void aLinkAndADirectoryOfOneNameAreRefused() throws IOException {
    assertRefused(
        new Forgery()
            .entry(LINK, "a", "../source")
            .entry(DIRECTORY, "a", "")
            .entry(FILE, "a/evil", ""));
    assertRefused(new Forgery().entry(FILE, "a", "").entry(FILE, "a", ""));
    assertRefused(new Forgery().entry(FILE, "b", "").entry(FILE, "a", ""));
  }

  @Test
  void pathsThatLeaveTheTargetAreRefused() throws IOException {
    for (String path :
        new String[] {
          "../evil", "..", "/evil", "a/../../evil", "./a", "a//b", "a/", "", "a/.", "\0"
        }) {
      assertRefused(new Forgery().entry(DIRECTORY, "a", "").entry(FILE, path, ""));
      assertRefused(new Forgery().entry(FILE, path, ""));
    }
  }

  @Test
  void namesThatNoFileSystemHasAreRefused() throws IOException {
    assertRefused(new Forgery().entry(FILE, "n".repeat(300), ""));
    assertRefused(new Forgery().entry(LINK, "a", ""));
  }

  @Test
  @Verifies("MAN-9")
  void theNamesThatARestoreWorksUnderAreRefused() throws IOException {
    assertRefused(new Forgery().entry(DIRECTORY, ReservedName.WORK, ""));
    assertRefused(new Forgery().entry(LINK, ReservedName.MOVING, "x"));
  }

  @Test
  @Verifies("BAK-8~2")
  void linksAreBackedUpAndRestoredAsTextOnly() throws IOException {
    try (World world = new World()) {
      Path outside = Files.createDirectory(world.top.resolve("outside"));
      Files.write(outside.resolve("secret"), new byte[] {1, 2, 3});
      Files.createSymbolicLink(world.source.resolve("a"), outside);
      world.write("b", new byte[] {1});
      world.backUp();
      Map<String, String> before = TreePicture.of(outside);
      Path target = world.newTarget();
      world.restore(target);
      assertThat(TreePicture.of(target)).containsOnlyKeys("a", "b");
      assertThat(Files.readSymbolicLink(target.resolve("a"))).isEqualTo(outside);
      assertThat(TreePicture.of(outside)).isEqualTo(before);
    }
  }

  @Test
  @Verifies("RST-2~2")
  void aTargetThatHoldsSomethingIsRefused() throws IOException {
    try (World world = new World()) {
      world.write("b", new byte[] {1});
      world.backUp();
      Path full = Files.createDirectory(world.newTarget());
      Files.createSymbolicLink(full.resolve("b"), world.top.resolve("evil"));
      Path file = Files.write(world.newTarget(), new byte[1]);
      Path dangling = Files.createSymbolicLink(world.newTarget(), world.top.resolve("evil"));
      for (Path target : new Path[] {full, file, dangling}) {
        assertThat(world.restore(target)).isInstanceOf(RestoreOutcome.TargetNotEmpty.class);
      }
      Path lookalike = Files.createDirectory(world.newTarget());
      Files.createDirectories(lookalike.resolve(ReservedName.WORK).resolve("mine"));
      assertThat(world.restore(lookalike)).isInstanceOf(RestoreOutcome.TargetNotEmpty.class);
      assertThat(lookalike.resolve(ReservedName.WORK).resolve("mine")).exists();
      Path linked = Files.createDirectory(world.newTarget());
      Files.createSymbolicLink(linked.resolve(ReservedName.WORK), world.source);
      assertThat(world.restore(linked)).isInstanceOf(RestoreOutcome.TargetNotEmpty.class);
      assertThat(Files.exists(world.top.resolve("evil"), LinkOption.NOFOLLOW_LINKS)).isFalse();
    }
  }
}
