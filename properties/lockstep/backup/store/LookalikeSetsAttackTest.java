package lockstep.backup.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import lockstep.backup.RandomTree;
import lockstep.backup.World;
import lockstep.evidence.Attack;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.Test;

/** The provider compares what two users, or one user twice, have stored from the same files. */
@Verifies({"PRV-5", "OBJ-3", "PAY-5"})
@Attack
final class LookalikeSetsAttackTest {

  /** Magic and backup number of a head: a count, which the provider may see. */
  private static final int CLEAR_BYTES_OF_A_HEAD = 12;

  private static void fill(World world) throws IOException {
    RandomTree tree = new RandomTree(4);
    tree.grow(world.source);
    byte[] same = tree.bytes(50_000);
    world.write("one", same);
    world.write("two", same);
    world.write("zeros", new byte[100_000]);
  }

  /** Every run of eight bytes in what is stored. */
  private static Set<Long> windows(World world) throws IOException {
    Set<Long> windows = new HashSet<>();
    for (Path stored : world.stored()) {
      byte[] bytes = Files.readAllBytes(stored);
      int from = stored.equals(world.head()) ? CLEAR_BYTES_OF_A_HEAD : 0;
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      for (int i = from; i + Long.BYTES <= bytes.length; i++) {
        assertThat(windows.add(buffer.getLong(i))).isTrue();
      }
    }
    return windows;
  }

  private static List<Long> sizes(World world) throws IOException {
    return world.stored().stream().map(path -> path.toFile().length()).sorted().toList();
  }

  @Test
  void nothingButSizesAndCountsIsAlike() throws IOException {
    try (World one = new World();
        World other = new World()) {
      fill(one);
      fill(other);
      one.backUp();
      other.backUp();
      assertThat(sizes(one)).isEqualTo(sizes(other));
      Set<Long> shared = windows(one);
      shared.retainAll(windows(other));
      assertThat(shared).isEmpty();
      Set<String> names = new HashSet<>();
      for (Path stored : one.stored()) {
        names.add(stored.getFileName().toString());
      }
      for (Path stored : other.stored()) {
        assertThat(names).doesNotContain(stored.getFileName().toString());
      }
      assertThat(one.set().getFileName()).isNotEqualTo(other.set().getFileName());
    }
  }

  @Test
  void neitherNameNorTextNorTheExactLengthShows() throws IOException {
    try (World one = new World();
        World other = new World()) {
      byte[] text = "a telling text".repeat(100).getBytes(US_ASCII);
      one.write("a-telling-name", text);
      other.write("a-telling-namf", Arrays.copyOf(text, text.length + 1));
      one.backUp();
      other.backUp();
      for (Path stored : one.stored()) {
        assertThat(Files.readString(stored, ISO_8859_1))
            .doesNotContain("telling")
            .doesNotContain("alice");
      }
      assertThat(sizes(one)).isEqualTo(sizes(other));
    }
  }
}
