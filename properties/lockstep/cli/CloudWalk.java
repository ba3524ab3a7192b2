package lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import lockstep.adapter.s3.S3Place;
import lockstep.adapter.s3.S3Server;
import lockstep.adapter.s3.S3Weather;
import lockstep.cli.Sandbox.Said;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * The walk of README through a backup in the cloud: a network that dies, one file back, a drill, a
 * lost device. {@code -Dlockstep.walk.files=20000} walks with a tree of that size.
 */
abstract class CloudWalk {

  private static final int FILES = Integer.getInteger("lockstep.walk.files", 60);

  /** Two objects of the provider's, and a file that is long enough for them. */
  private static final int LONG_FILE_BYTES = 17 * 1024 * 1024;

  @TempDir Path directory;
  Sandbox user;
  S3Weather weather;
  S3Place place;

  @BeforeEach
  void start() throws IOException {
    user = new Sandbox(directory.toRealPath());
    weather = new S3Weather(S3Server.running().port());
    place = S3Server.running().place(weather.port());
    Random random = new Random(7);
    for (int i = 0; i < FILES; i++) {
      byte[] content = new byte[random.nextInt(2000)];
      random.nextBytes(content);
      Path folder = Files.createDirectories(user.source.resolve("chats/" + i % 50));
      Files.write(folder.resolve("message-" + i), content);
    }
    byte[] film = new byte[LONG_FILE_BYTES];
    random.nextBytes(film);
    Files.write(user.source.resolve("film"), film);
  }

  @AfterEach
  void stop() throws IOException {
    weather.close();
  }

  private static Said good(Said said) {
    assertThat(said.exitCode()).as(said.all()).isZero();
    return said;
  }

  private String[] at(String provider, String... arguments) {
    return Arrays.stream(arguments)
        .map(argument -> argument.equals(user.provider.toString()) ? provider : argument)
        .toArray(String[]::new);
  }

  private void theNetworkDiesAfter(int puts) {
    AtomicInteger seen = new AtomicInteger();
    weather.becomes(
        head ->
            seen.get() >= puts || (head.startsWith("PUT") && seen.incrementAndGet() >= puts)
                ? new S3Weather.Fate.Lost(1000)
                : S3Weather.passed(head));
  }

  /**
   * Walks.
   *
   * @param shown what the user is shown of the provider
   * @param puts the request at which the network dies
   */
  final void walk(String provider, String shown, int puts, String... options) throws IOException {
    String[] enabling = at(provider, user.enabling());
    good(user.run("phone", join(enabling, options)));
    theNetworkDiesAfter(puts);
    Said broken = user.backup("phone");
    assertThat(broken.exitCode()).as(broken.all()).isEqualTo(30);
    assertThat(broken.errors()).contains("stays whole").doesNotContain("test-secret");
    weather.becomes(S3Weather::passed);
    good(user.backup("phone"));
    good(user.backup("phone"));
    assertThat(good(user.run("phone", "list", "chats/7")).output()).contains("message-7");
    good(user.run("phone", "verify"));
    good(user.run("phone", "drill"));
    assertThat(good(user.run("phone", "status")).output())
        .contains(shown)
        .doesNotContain("test-secret");
    Said one =
        good(
            user.run(
                "phone", "restore", user.path("One").toString(), "--only", "chats/7/message-7"));
    assertThat(one.errors()).doesNotContain("test-secret");
    assertThat(user.path("One/chats/7/message-7"))
        .hasSameBinaryContentAs(user.source.resolve("chats/7/message-7"));
    remove(user.home("phone"));
    good(
        user.run(
            "tablet",
            join(at(provider, user.restoring("Restored", "typed", Sandbox.PASSWORD)), options)));
    assertThat(TreeComparison.of(user.source, user.path("Restored")))
        .isEqualTo(new TreeComparison(FILES + 3, 0));
    good(user.run("tablet", "disable", "--yes", "--delete-backup"));
    assertThat(S3Server.keys(place)).isEmpty();
  }

  private static String[] join(String[] some, String[] more) {
    return Stream.concat(Arrays.stream(some), Arrays.stream(more)).toArray(String[]::new);
  }

  private static void remove(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> walked = Files.walk(folder)) {
      all = walked.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }
}
