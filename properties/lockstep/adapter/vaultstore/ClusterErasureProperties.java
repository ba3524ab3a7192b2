package lockstep.adapter.vaultstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lockstep.device.TestDevice;
import lockstep.device.TestProvider;
import lockstep.device.leaving.Disable;
import lockstep.device.leaving.DisableOutcome;
import lockstep.device.vault.UnlockOutcome;
import lockstep.device.vault.VaultConnection;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes whose log is cut each second: what their disks hold of what was erased. */
class ClusterErasureProperties {

  private static final Duration STAY = Duration.ofSeconds(1);
  private static final String RIGHT = "correct horse";
  private static final int PIECE = 64;

  @TempDir Path directory;

  @Test
  @Verifies({"REP-8~2", "REP-12", "REP-13", "REP-1~2", "ATR-13~2", "AUT-10"})
  void whatWasErasedIsOnNoDiskAndWhoWasAwayTakesASnapshot() throws Exception {
    try (ThreeNodes nodes = new ThreeNodes(directory, STAY)) {
      TestDevice device = new TestDevice();
      ThreeNodes.enrol(device, nodes.connection());
      eventually(() -> ThreeNodes.NAMES.stream().allMatch(name -> isInSnapshot(nodes, name)));
      String away =
          ThreeNodes.NAMES.stream().filter(n -> !n.equals(nodes.leader)).findAny().orElseThrow();
      List<byte[]> records = new ArrayList<>();
      for (String name : ThreeNodes.NAMES) {
        records.addAll(pieces(row(nodes, name)));
      }
      nodes.stop(away);
      List<byte[]> entries = entriesOf(nodes, device);
      eventually(() -> nodes.running.keySet().stream().noneMatch(on(nodes, entries)));
      assertThat(nodes.running.keySet()).noneMatch(on(nodes, records));
      assertThat(Stream.of(away)).allMatch(on(nodes, records));
      leftovers(nodes.folder(away), records.get(0));
      nodes.start(away);
      // Each node seals under nonces of its own: two have the same only where one took the other's.
      eventually(() -> Arrays.equals(row(nodes, away), row(nodes, nodes.leader)));
      eventually(() -> Stream.of(away).noneMatch(on(nodes, records)));
      nodes.stop(nodes.leader);
      assertThat(nodes.running.values()).anyMatch(ClusterNode::leads);
      assertThat(device.unlock(nodes.connection(), RIGHT))
          .isInstanceOf(UnlockOutcome.NotEnrolled.class);
      sweepsWhatIsOver(nodes);
    }
  }

  /** Looks rarely, for each look reads all files. */
  private static void eventually(BooleanSupplier done) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (!done.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(until);
      Thread.sleep(400);
    }
  }

  /** By the time that goes on though all clocks are set back. */
  private static void sweepsWhatIsOver(ThreeNodes nodes) throws Exception {
    nodes.leaveAStage();
    eventually(() -> nodes.accountsWithAnEnd().equals(Set.of(1)));
    nodes.now.updateAndGet(before -> before.minus(Duration.ofHours(1)));
    nodes.passed.addAndGet(Duration.ofMinutes(10).toNanos());
    eventually(() -> nodes.accountsWithAnEnd().equals(Set.of(0)));
  }

  private static void disable(VaultConnection connection, TestDevice device) {
    TestProvider provider = new TestProvider();
    DisableOutcome outcome =
        device.run(
            state ->
                new Disable(state, Optional.of(connection), provider.storage(), provider.notes())
                    .disable(false));
    assertThat(outcome).isEqualTo(new DisableOutcome.Disabled());
  }

  /** What a step has the leader write into its log, in pieces that no other file has. */
  private static List<byte[]> entriesOf(ThreeNodes nodes, TestDevice device) throws IOException {
    List<byte[]> pieces = new ArrayList<>();
    disable(
        nodes.connection(
            request -> {
              byte[] reply = nodes.exchange(request);
              pieces.addAll(piecesOfLog(nodes.folder(nodes.leader).resolve("log")));
              return reply;
            }),
        device);
    assertThat(pieces).hasSizeGreaterThan(10);
    return pieces;
  }

  private static List<byte[]> piecesOfLog(Path log) throws IOException {
    List<Path> files = files(log);
    Predicate<Path> isSegment = file -> file.getFileName().toString().startsWith("log_");
    List<byte[]> found = new ArrayList<>();
    for (Path segment : files.stream().filter(isSegment).toList()) {
      found.addAll(pieces(content(segment)));
    }
    List<byte[]> others =
        files.stream().filter(isSegment.negate()).map(file -> content(file)).toList();
    return found.stream()
        .filter(piece -> others.stream().noneMatch(other -> holdsAny(other, List.of(piece))))
        .toList();
  }

  /** Whether that node's folder has one of the pieces in any file, at any place. */
  private static Predicate<String> on(ThreeNodes nodes, List<byte[]> pieces) {
    return name -> isIn(nodes.folder(name), pieces);
  }

  private static boolean isInSnapshot(ThreeNodes nodes, String name) {
    return isIn(nodes.folder(name).resolve("log"), pieces(row(nodes, name)));
  }

  private static boolean isIn(Path folder, List<byte[]> pieces) {
    return files(folder).stream().anyMatch(file -> holdsAny(content(file), pieces));
  }

  /** The parts of that many bytes, but for those that are no cipher's output. */
  private static List<byte[]> pieces(byte[] content) {
    List<byte[]> pieces = new ArrayList<>();
    byte[] padding = new byte[PIECE];
    for (int at = 0; at + PIECE <= content.length; at += PIECE) {
      byte[] piece = Arrays.copyOfRange(content, at, at + PIECE);
      if (!Arrays.equals(piece, padding)
          && IntStream.range(0, PIECE).map(i -> piece[i]).distinct().count() > PIECE / 2) {
        pieces.add(piece);
      }
    }
    return pieces;
  }

  private static boolean holdsAny(byte[] content, List<byte[]> pieces) {
    boolean[] begins = new boolean[1 << Short.SIZE];
    pieces.forEach(piece -> begins[pair(piece, 0)] = true);
    for (int at = 0; at + PIECE <= content.length; at++) {
      int place = at;
      if (begins[pair(content, at)]
          && pieces.stream()
              .anyMatch(one -> Arrays.equals(content, place, place + PIECE, one, 0, PIECE))) {
        return true;
      }
    }
    return false;
  }

  private static int pair(byte[] content, int at) {
    return ((content[at] & 0xff) << Byte.SIZE) | (content[at + 1] & 0xff);
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile).toList();
    } catch (IOException | UncheckedIOException changing) {
      return List.of();
    }
  }

  private static byte[] content(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException dropped) {
      return new byte[0];
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** What a process leaves that dies while it makes a snapshot or takes one over. */
  private static void leftovers(Path node, byte[] content) throws IOException {
    Path group;
    try (Stream<Path> groups = Files.list(node.resolve("log"))) {
      group = groups.findAny().orElseThrow();
    }
    Files.createDirectories(group.resolve("tmp/snapshot-1"));
    for (Path left :
        List.of(
            group.resolve("tmp/snapshot-1/snapshot.1_2"),
            group.resolve("sm/snapshot.1_2.unfinished"),
            node.resolve("db/vault.db.taken-over"),
            node.resolve("db/.unfinished-1"))) {
      Files.write(left, content);
    }
  }

  /** The account's state as that node's database has it, sealed. */
  private static byte[] row(ThreeNodes nodes, String name) {
    String query = "SELECT state FROM accounts WHERE length(account) > 1";
    return nodes.ask(name, query, rows -> rows.getBytes(1));
  }
}
