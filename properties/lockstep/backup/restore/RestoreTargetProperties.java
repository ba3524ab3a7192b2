package lockstep.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import lockstep.adapter.filetree.DirectoryTarget;
import lockstep.backup.TreePicture;
import lockstep.backup.World;
import lockstep.backup.store.Freshness;
import lockstep.backup.store.Progress;
import lockstep.backup.store.ReservedName;
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

  @Example
  @Verifies("RST-5~1")
  void namesThatFoldTogetherAreRefusedWhereTheTargetFolds() throws IOException {
    for (String[] pair :
        new String[][] {
          {"d/Name", "d/name"}, {"%c3%a9", "e%cc%81"}, {"stra%c3%9fe", "STRASSE"}, {"x/y", "X"}
        }) {
      try (World world = new World()) {
        world.write(pair[0], new byte[1]);
        world.write(pair[1], new byte[1]);
        world.backUp();
        Path target = world.newTarget();
        assertThat(restoreFolding(world, target)).isInstanceOf(RestoreOutcome.CaseCollision.class);
        assertThat(TreePicture.of(target)).isEmpty();
        assertThat(world.restore(target)).isInstanceOf(RestoreOutcome.Restored.class);
        assertThat(TreePicture.of(target)).isEqualTo(TreePicture.of(world.source));
      }
    }
  }

  @Example
  @Verifies("RST-5~1")
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
  @Verifies({"RST-1~1", "RST-3~1"})
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
      }
    }
  }
}
