package lockstep.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import lockstep.adapter.filetree.DirectoryTarget;
import lockstep.backup.TreePicture;
import lockstep.backup.World;
import lockstep.backup.store.Freshness;
import lockstep.backup.store.Progress;
import lockstep.backup.store.ReservedName;
import lockstep.evidence.Exhaustive;
import lockstep.evidence.Points;
import lockstep.spec.Verifies;
import net.jqwik.api.Example;

/** What a target's file system cannot take. */
final class RestoreTargetProperties {

  /** What one method of a target does instead. */
  private interface Instead {
    Object of(Object[] arguments) throws IOException;
  }

  /** A directory of which one method is another's. */
  private static TargetTree with(TargetTree target, String method, Instead instead) {
    return (TargetTree)
        Proxy.newProxyInstance(
            TargetTree.class.getClassLoader(),
            new Class<?>[] {TargetTree.class},
            (proxy, called, arguments) -> {
              if (called.getName().equals(method)) {
                return instead.of(arguments);
              }
              try {
                return called.invoke(target, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static RestoreOutcome restoreFolding(World world, Path target) throws IOException {
    TargetTree folding = with(new DirectoryTarget(target), "foldsCase", arguments -> true);
    return new Restore(world.storage).run(world.keys, folding, Freshness.unknown(), Progress.NONE);
  }

  private static void assertRefusedOnlyWhereTheTargetFolds(World world) throws IOException {
    Path target = world.newTarget();
    assertThat(restoreFolding(world, target)).isInstanceOf(RestoreOutcome.CaseCollision.class);
    assertThat(TreePicture.of(target)).isEmpty();
    assertThat(world.restore(target)).isInstanceOf(RestoreOutcome.Restored.class);
    assertThat(TreePicture.of(target)).isEqualTo(TreePicture.of(world.source));
  }

  @Example
  @Verifies("RST-5")
  void namesThatFoldTogetherAreRefusedWhereTheTargetFolds() throws IOException {
    for (String[] pair :
        new String[][] {
          {"d/Name", "d/name"},
          {"%c3%a9", "e%cc%81"},
          {"stra%c3%9fe", "STRASSE"},
          {"x/y", "X"},
          {"%e1%ba%9e", "%c3%9f"},
          {"%e1%ba%9e", "sS"}
        }) {
      try (World world = new World()) {
        world.write(pair[0], new byte[1]);
        world.write(pair[1], new byte[1]);
        world.backUp();
        assertRefusedOnlyWhereTheTargetFolds(world);
      }
    }
  }

  /** A dotless i has no other case, and bytes that are no text have none at all. */
  @Example
  @Verifies("RST-5")
  void namesThatDifferInMoreThanCaseAreRestoredWhereTheTargetFolds() throws IOException {
    try (World world = new World()) {
      for (String name :
          new String[] {
            "%c4%b1", "I", "%ff", "%fe", "%ef%bf%bd", "a%ff", "A%ff", "x%c3", "x%c3%a9"
          }) {
        world.write(name, new byte[1]);
      }
      world.backUp();
      Path target = world.newTarget();
      assertThat(restoreFolding(world, target)).isInstanceOf(RestoreOutcome.Restored.class);
      assertThat(TreePicture.of(target)).isEqualTo(TreePicture.of(world.source));
    }
  }

  /** There the tree would be built inside of what was backed up, or moved over itself. */
  @Example
  @Verifies("RST-23")
  void theNamesThatARestoreWorksUnderAreRefusedInAnyCaseAtTheTopOfATargetThatFolds()
      throws IOException {
    for (String name :
        new String[] {".Lockstep-Restore", ".LOCKSTEP-RESTORE/in/it", ".lockstep-Moving"}) {
      try (World world = new World()) {
        world.write(name, new byte[1]);
        world.write("deeper/" + name, new byte[1]);
        world.backUp();
        assertRefusedOnlyWhereTheTargetFolds(world);
      }
    }
    try (World world = new World()) {
      world.write("deeper/.Lockstep-Restore", new byte[1]);
      world.backUp();
      assertThat(restoreFolding(world, world.newTarget()))
          .isInstanceOf(RestoreOutcome.Restored.class);
    }
  }

  @Example
  @Verifies("RST-5")
  void theSameNameInTwoDirectoriesIsNoCollision() throws IOException {
    try (World world = new World()) {
      world.write("a/name", new byte[1]);
      world.write("a/b/name", new byte[1]);
      world.write("b/NAME", new byte[1]);
      world.write("name", new byte[1]);
      world.backUp();
      Path target = world.newTarget();
      assertThat(restoreFolding(world, target)).isInstanceOf(RestoreOutcome.Restored.class);
      assertThat(TreePicture.of(target)).isEqualTo(TreePicture.of(world.source));
    }
  }

  @Example
  @Verifies({"RST-1", "RST-3~2"})
  @Exhaustive("call of a restore that takes space at the target")
  void aFullDiskLeavesNothing() throws IOException {
    try (World world = new World()) {
      world.write("a", new byte[1]);
      world.write("b", new byte[1]);
      world.write("d/c", new byte[1]);
      world.backUp();
      for (String method :
          new String[] {"begin", "makeFile", "makeScratch", "makeDirectory", "install"}) {
        Path target = world.newTarget();
        TargetTree full =
            with(
                new DirectoryTarget(target),
                method,
                arguments -> {
                  throw new TargetFull(new IOException("No space left on device"));
                });
        RestoreOutcome outcome =
            new Restore(world.storage).run(world.keys, full, Freshness.unknown(), Progress.NONE);
        assertThat(outcome).isInstanceOf(RestoreOutcome.TargetIsFull.class);
        Map<String, String> left = Files.exists(target) ? TreePicture.of(target) : Map.of();
        assertThat(left.keySet()).allMatch(name -> name.startsWith(ReservedName.WORK));
        assertThat(world.restore(target)).isInstanceOf(RestoreOutcome.Restored.class);
        Points.visited();
      }
    }
  }

  private static RestoreOutcome.Restored restoredInto(World world, TargetTree target)
      throws IOException {
    RestoreOutcome outcome =
        new Restore(world.storage).run(world.keys, target, Freshness.unknown(), Progress.NONE);
    assertThat(outcome).isInstanceOf(RestoreOutcome.Restored.class);
    return (RestoreOutcome.Restored) outcome;
  }

  private static World someTree() throws IOException {
    World world = new World();
    world.write("12:30.jpg", new byte[9]);
    world.write("d/e/inner", new byte[7]);
    world.write("plain", new byte[8]);
    Files.createSymbolicLink(world.source.resolve("link"), Path.of("plain"));
    world.backUp();
    return world;
  }

  @Example
  @Verifies("RST-21")
  void aNameThatTheTargetRefusesIsNamedAndTheRestRestored() throws IOException {
    for (String method : new String[] {"makeFile", "makeDirectory", "makeLink"}) {
      String victim =
          method.equals("makeFile") ? "12:30.jpg" : method.equals("makeLink") ? "link" : "d";
      try (World world = someTree()) {
        Path target = world.newTarget();
        TargetTree real = new DirectoryTarget(target);
        TargetTree picky =
            with(
                real,
                method,
                arguments -> {
                  if (arguments[0].toString().equals(victim)) {
                    throw new IOException("Invalid argument");
                  }
                  return invoke(real, method, arguments);
                });
        RestoreOutcome.Restored restored = restoredInto(world, picky);
        assertThat(restored.shortfalls())
            .containsExactly(new Shortfall(victim, Shortfall.Kind.NOT_MADE, "Invalid argument"));
        Map<String, String> expected = new java.util.TreeMap<>(TreePicture.of(world.source));
        expected.keySet().removeIf(name -> name.equals(victim) || name.startsWith(victim + "/"));
        assertThat(TreePicture.of(target)).isEqualTo(expected);
        assertThat(restored.backup().files()).isEqualTo(method.equals("makeLink") ? 3 : 2);
      }
    }
  }

  private static Object invoke(TargetTree real, String method, Object[] arguments)
      throws IOException {
    try {
      for (java.lang.reflect.Method candidate : TargetTree.class.getMethods()) {
        if (candidate.getName().equals(method)) {
          return candidate.invoke(real, arguments);
        }
      }
      throw new AssertionError(method);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IOException failed) {
        throw failed;
      }
      throw new AssertionError(e);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  @Example
  @Verifies("RST-21")
  void aDiskThatFailsInOneFileCostsThatFile() throws IOException {
    try (World world = someTree()) {
      Path target = world.newTarget();
      TargetTree real = new DirectoryTarget(target);
      TargetTree failing =
          with(
              real,
              "makeFile",
              arguments -> {
                TargetTree.TargetFile file =
                    (TargetTree.TargetFile) invoke(real, "makeFile", arguments);
                return arguments[0].toString().equals("plain") ? new FailingFile(file) : file;
              });
      assertThat(restoredInto(world, failing).shortfalls())
          .containsExactly(new Shortfall("plain", Shortfall.Kind.NOT_MADE, "Input/output error"));
      assertThat(target.resolve("plain")).doesNotExist();
      assertThat(target.resolve("12:30.jpg")).hasSize(9);
    }
  }

  private record FailingFile(TargetTree.TargetFile real) implements TargetTree.TargetFile {
    @Override
    public void write(long position, byte[] from, int offset, int length) throws IOException {
      throw new IOException("Input/output error");
    }

    @Override
    public List<Unkept> finish(int mode, java.time.Instant modifiedAt) throws IOException {
      return real.finish(mode, modifiedAt);
    }

    @Override
    public void close() throws IOException {
      real.close();
    }
  }

  @Example
  @Verifies("RST-21")
  void aTargetThatRefusesEverythingSaysWhy() throws IOException {
    try (World world = someTree()) {
      Path target = world.newTarget();
      TargetTree refusing = new DirectoryTarget(target);
      for (String method : new String[] {"makeFile", "makeDirectory", "makeLink"}) {
        refusing =
            with(
                refusing,
                method,
                arguments -> {
                  throw new IOException("Read-only file system");
                });
      }
      assertThat(
              new Restore(world.storage)
                  .run(world.keys, refusing, Freshness.unknown(), Progress.NONE))
          .isEqualTo(new RestoreOutcome.TargetRefused("Read-only file system"));
      assertThat(TreePicture.of(target)).isEmpty();
    }
  }

  @Example
  @Verifies({"RST-9~2", "RST-21"})
  void aTimeThatJavaCannotSetIsNamed() throws IOException, InterruptedException {
    try (World world = someTree()) {
      Path late = world.write("late", new byte[1]);
      Process touch = new ProcessBuilder("touch", "-d", "2300-01-01", late.toString()).start();
      assertThat(touch.waitFor()).isZero();
      world.backUp();
      RestoreOutcome.Restored restored =
          restoredInto(world, new DirectoryTarget(world.newTarget()));
      assertThat(restored.shortfalls()).hasSize(1);
      assertThat(restored.shortfalls().get(0).path()).isEqualTo("late");
      assertThat(restored.shortfalls().get(0).kind()).isEqualTo(Shortfall.Kind.TIME);
      assertThat(restored.shortfalls().get(0).reason()).contains("2262");
    }
  }

  @Example
  @Verifies("RST-22")
  void aPathThatIsTooLongForTheTargetIsRestored() throws IOException {
    try (World world = new World()) {
      Path target = world.newTarget();
      int room =
          4094 - world.source.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
      StringBuilder path = new StringBuilder();
      while (path.length() + 202 < room) {
        path.append("n".repeat(200)).append('/');
      }
      path.append("f".repeat(Math.max(1, room - path.length() - 1)));
      world.write(path.toString(), new byte[77]);
      Path file = world.source.resolve(path.toString());
      Files.createSymbolicLink(file.resolveSibling("l"), Path.of("x"));
      Files.createDirectory(file.resolveSibling("d"));
      world.backUp();
      Path deeper = target.resolve("a-rather-long-name-for-a-target");
      assertThat(restoredInto(world, new DirectoryTarget(deeper)).shortfalls()).isEmpty();
      Path first = deeper.resolve("n".repeat(200));
      Path moved = Files.move(first, world.top.resolve("x"));
      boolean same =
          inMicroseconds(TreePicture.of(moved))
              .equals(inMicroseconds(TreePicture.of(world.source.resolve("n".repeat(200)))));
      assertThat(same).isTrue();
      World.delete(moved);
    }
  }

  private static Map<String, String> inMicroseconds(Map<String, String> exact) {
    Map<String, String> picture = new java.util.TreeMap<>(exact);
    picture.replaceAll((path, what) -> what.replaceAll("(\\.\\d{6})\\d*Z", "$1Z"));
    return picture;
  }

  @Example
  @Verifies({"RST-3~2", "RST-22"})
  void aDeepTreeThatAStoppedRestoreLeftIsRemoved() throws IOException {
    try (World world = new World()) {
      world.write("a", new byte[1]);
      world.backUp();
      Path target = world.newTarget();
      DirectoryTarget tree = new DirectoryTarget(target);
      tree.begin();
      StringBuilder path = new StringBuilder("d");
      tree.makeDirectory(parsed(path));
      while (path.length() < 3900) {
        path.append("/").append("d".repeat(99));
        tree.makeDirectory(parsed(path));
      }
      tree.makeFile(parsed(path.append("/f"))).close();
      assertThat(world.restore(target)).isInstanceOf(RestoreOutcome.Restored.class);
      assertThat(TreePicture.of(target)).isEqualTo(TreePicture.of(world.source));
    }
  }

  private static lockstep.format.BackupPath parsed(StringBuilder path) {
    return lockstep.format.BackupPath.parse(
            path.toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII))
        .orElseThrow();
  }

  @Example
  @Verifies("RST-2~2")
  void whatASystemPutsOnADiskByItselfIsNoContent() throws IOException {
    try (World world = someTree()) {
      world.write(".DS_Store", new byte[3]);
      world.backUp();
      Path target = Files.createDirectory(world.newTarget());
      Files.createDirectory(target.resolve("lost+found"));
      Files.write(target.resolve(".DS_Store"), new byte[50]);
      RestoreOutcome.Restored restored = restoredInto(world, new DirectoryTarget(target));
      assertThat(restored.shortfalls())
          .containsExactly(
              new Shortfall(
                  ".DS_Store", Shortfall.Kind.NOT_MADE, "something of that name stands there"));
      assertThat(target.resolve(".DS_Store")).hasSize(50);
      assertThat(target.resolve("plain")).hasSize(8);
    }
  }

  @Example
  @Verifies("RST-3~2")
  void whatIsOnTheDiskIsFinishedWithoutTheProvider() throws IOException {
    try (World world = someTree()) {
      Path target = world.newTarget();
      TargetTree real = new DirectoryTarget(target);
      TargetTree stopping =
          with(
              real,
              "install",
              arguments -> {
                Files.createDirectory(target.resolve("plain"));
                return invoke(real, "install", arguments);
              });
      assertThat(
              new Restore(world.storage)
                  .run(world.keys, stopping, Freshness.unknown(), Progress.NONE))
          .isInstanceOf(RestoreOutcome.NotAllMoved.class);
      Files.delete(target.resolve("plain"));
      World.delete(world.provider);
      assertThat(restoredInto(world, new DirectoryTarget(target)).backup().files()).isEqualTo(3);
      assertThat(TreePicture.of(target)).isEqualTo(TreePicture.of(world.source));
    }
  }
}
