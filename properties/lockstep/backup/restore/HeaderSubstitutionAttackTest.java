package lockstep.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lockstep.backup.RandomTree;
import lockstep.backup.World;
import lockstep.evidence.Attack;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.Test;

/** The provider gives an object the beginning of another: its salt, its commitment, or both. */
@Verifies({"RST-1", "OBJ-8", "PAY-3"})
@Attack
class HeaderSubstitutionAttackTest {

  private static final List<Integer> LENGTHS = List.of(24, 32, 40, 56, 64, 72);

  @Test
  void anObjectWithAnotherOnesHeaderIsRefused() throws IOException {
    try (World world = new World()) {
      RandomTree tree = new RandomTree(5);
      world.write("a", tree.bytes(3000));
      world.backUp();
      world.write("b", tree.bytes(3000));
      world.backUp();
      List<Path> stored = world.stored();
      assertThat(stored).hasSizeGreaterThanOrEqualTo(4);
      for (Path victim : stored) {
        byte[] honest = Files.readAllBytes(victim);
        for (Path other : stored) {
          for (int length : LENGTHS) {
            byte[] changed = honest.clone();
            System.arraycopy(Files.readAllBytes(other), 0, changed, 0, length);
            if (!java.util.Arrays.equals(changed, honest)) {
              Files.write(victim, changed);
              assertThat(world.restore(world.newTarget()))
                  .isInstanceOf(RestoreOutcome.Damaged.class);
            }
          }
        }
        Files.write(victim, honest);
      }
      assertThat(world.restore(world.newTarget())).isInstanceOf(RestoreOutcome.Restored.class);
    }
  }
}
