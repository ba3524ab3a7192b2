package lockstep.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import lockstep.backup.World;
import lockstep.spec.Verifies;
import net.jqwik.api.Example;

/** An object that is touched anywhere gives no file, whatever part of it the file needs. */
class WholeObjectsProperties {

  private static final int KEPT_BYTES = 200_000;
  private static final int DROPPED_BYTES = 150_000;

  @Example
  @Verifies({"RST-1", "OBJ-8"})
  void damageBehindAFileInItsObjectEndsTheRestore() throws IOException {
    try (World world = new World()) {
      world.write("a", new byte[KEPT_BYTES]);
      Path dropped = world.write("b", new byte[DROPPED_BYTES]);
      world.backUp();
      Files.delete(dropped);
      world.acceptsChanges = true;
      assertThat(world.backUp().stats().bytesUploaded()).isZero();
      Path pack =
          world.stored().stream()
              .max(Comparator.comparingLong(stored -> stored.toFile().length()))
              .orElseThrow();
      assertThat(world.restore(world.newTarget())).isInstanceOf(RestoreOutcome.Restored.class);
      byte[] bytes = Files.readAllBytes(pack);
      bytes[bytes.length - 1] ^= 1;
      Files.write(pack, bytes);
      Path target = world.newTarget();
      assertThat(world.restore(target)).isInstanceOf(RestoreOutcome.Damaged.class);
      assertThat(target.resolve("a")).doesNotExist();
    }
  }
}
