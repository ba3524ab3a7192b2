package lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import lockstep.adapter.durable.DurableStep;
import lockstep.cli.Sandbox.Said;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parts of a backup: what it holds, one file of it, and what stays out of it. */
class PartsProperties {

  private static final int LARGE = 17_000_000;

  @TempDir Path directory;
  private Sandbox user;

  @BeforeEach
  void enabled() throws Exception {
    user = new Sandbox(directory.toRealPath());
    assertThat(user.enable("phone").exitCode()).isZero();
  }

  private Said backup(String... options) {
    List<String> all = new ArrayList<>(List.of("backup", user.source.toString()));
    all.addAll(List.of(options));
    return user.run("phone", all.toArray(String[]::new));
  }

  private List<String> listed() {
    Said said = user.run("phone", "list", "--json");
    assertThat(said.exitCode()).isZero();
    List<String> paths = new ArrayList<>();
    for (JsonNode entry : said.json().path("entries")) {
      paths.add(entry.path("path").asText());
    }
    return paths;
  }

  /** All objects but the newest small ones, which hold manifest and small files, are lost. */
  private void removeObjectsLongerThan(long bytes) throws IOException {
    try (Stream<Path> all = Files.walk(user.provider)) {
      for (Path one : all.filter(Files::isRegularFile).toList()) {
        if (Files.size(one) > bytes) {
          Files.delete(one);
        }
      }
    }
  }

  @Test
  @Verifies("RST-30")
  void aBackupIsListedThoughAllItsDataIsGone() throws Exception {
    Files.createSymbolicLink(user.source.resolve("link"), Path.of("hello.txt"));
    assertThat(backup().exitCode()).isZero();
    removeObjectsLongerThan(20_000);
    assertThat(listed()).containsExactly("album", "album/picture.jpg", "hello.txt", "link");
    Said people = user.run("phone", "list");
    assertThat(people.output())
        .contains("album/", "68 KiB", "album/picture.jpg", "14 bytes", "link -> hello.txt");
    assertThat(user.run("phone", "verify").exitCode()).isEqualTo(20);
  }

  @Test
  @Verifies("RST-30")
  void aPathNarrowsTheListAndOneThatIsNotThereIsRefused() {
    assertThat(backup().exitCode()).isZero();
    Said album = user.run("phone", "list", "./album/");
    assertThat(album.output()).contains("picture.jpg").doesNotContain("hello.txt");
    for (String missing : List.of("albu", "album/none", "..")) {
      Said said = user.run("phone", "list", missing);
      assertThat(said.exitCode()).isEqualTo(40);
      assertThat(said.errors()).contains("nothing under that path");
    }
  }

  @Test
  @Verifies("RST-31")
  void oneFileComesBackWithoutTheObjectsOfOthers() throws Exception {
    Files.write(user.source.resolve("film.mp4"), new byte[LARGE]);
    assertThat(backup().exitCode()).isZero();
    removeObjectsLongerThan(200_000);
    Said whole = user.run("phone", "restore", user.path("All").toString());
    assertThat(whole.exitCode()).isEqualTo(20);
    Said one = user.run("phone", "restore", user.path("One").toString(), "--only", "album/*.jpg");
    assertThat(one.exitCode()).isZero();
    assertThat(user.path("One/album/picture.jpg")).hasSize(70_000);
    assertThat(user.path("One/hello.txt")).doesNotExist();
    Said several =
        user.run(
            "phone",
            "restore",
            user.path("Two").toString(),
            "--only",
            "hello.txt",
            "--only",
            "album");
    assertThat(several.exitCode()).isZero();
    assertThat(user.path("Two/hello.txt")).exists();
    assertThat(user.path("Two/album/picture.jpg")).exists();
  }

  @Test
  @Verifies("RST-31")
  void nothingNamedIsRefusedAndWritesNothing() {
    assertThat(backup().exitCode()).isZero();
    Said said = user.run("phone", "restore", user.path("No").toString(), "--only", "picture.jpg");
    assertThat(said.exitCode()).isEqualTo(40);
    assertThat(said.errors()).contains("--only");
    assertThat(user.path("No")).doesNotExist();
  }

  @Test
  @Verifies("RST-31")
  void aNewDeviceWithAPartDoesNotGoOnFromTheBackup() throws Exception {
    assertThat(backup().exitCode()).isZero();
    List<String> arguments =
        new ArrayList<>(List.of(user.restoring("Part", "typed", Sandbox.PASSWORD)));
    arguments.addAll(List.of("--only", "hello.txt"));
    assertThat(user.run("tablet", arguments.toArray(String[]::new)).exitCode()).isZero();
    Said next = user.run("tablet", "backup", user.path("Part").toString());
    assertThat(next.exitCode()).isEqualTo(40);
    assertThat(next.errors()).contains("another device");
  }

  @Test
  @Verifies("BAK-40")
  void whatIsExcludedIsNotInTheBackupAndNotAnOmission() throws Exception {
    Path deep = Files.createDirectories(user.source.resolve("project/build/out"));
    Files.writeString(deep.resolve("a.o"), "object");
    Files.writeString(user.source.resolve("project/run.log"), "log");
    Files.writeString(user.source.resolve("project/keep.log"), "log");
    String file = user.file("patterns", "# made anew\nbuild/\n*.log\n");
    Said said = backup("--exclude-from", file, "--exclude", "!keep.log", "--exclude", "/album");
    assertThat(said.exitCode()).isZero();
    assertThat(listed()).containsExactly("hello.txt", "project", "project/keep.log");
    assertThat(backup("--exclude-from", user.path("none").toString()).exitCode()).isEqualTo(2);
  }

  @Test
  @Verifies("BAK-41")
  void ofACacheOnlyItsMarkIsKept() throws Exception {
    Path cache = Files.createDirectories(user.source.resolve("cache/below"));
    Files.writeString(cache.resolve("entry"), "made again");
    Path tag = user.source.resolve("cache/CACHEDIR.TAG");
    Files.writeString(tag, "Signature: something else");
    assertThat(backup("--exclude-caches").exitCode()).isZero();
    assertThat(listed()).contains("cache/below/entry");
    Files.writeString(tag, "Signature: 8a477f597d28d172789f06886806bc55\n# a cache");
    assertThat(backup().exitCode()).isZero();
    assertThat(listed()).contains("cache/below/entry");
    assertThat(backup("--exclude-caches", "--accept-changes").exitCode()).isZero();
    assertThat(listed()).contains("cache/CACHEDIR.TAG").doesNotContain("cache/below");
  }

  /** The part is finished by a restore that names none. */
  @Test
  @Verifies("RST-31")
  void aPartThatWasInterruptedStaysAPart() throws Exception {
    assertThat(backup().exitCode()).isZero();
    int steps = stepsOfAPart(Integer.MAX_VALUE);
    String target = "none";
    while (!Files.exists(user.path(target).resolve(".lockstep-moving"))) {
      steps--;
      assertThat(steps).as("some step leaves the note behind").isPositive();
      target = "Part" + steps;
      assertThat(stepsOfAPart(steps)).isGreaterThan(steps);
    }
    String home = "tablet" + steps;
    assertThat(user.run(home, user.restoring(target, "typed", Sandbox.PASSWORD)).exitCode())
        .isZero();
    Said next = user.run(home, "backup", user.path(target).toString());
    assertThat(next.exitCode()).isEqualTo(40);
    assertThat(next.errors()).contains("another device");
  }

  /** Restores a part on a device that dies after so many steps; how many it came to. */
  private int stepsOfAPart(int place) {
    AtomicInteger steps = new AtomicInteger();
    user.disk =
        (kind, path) -> {
          if (steps.getAndIncrement() >= place) {
            throw new IllegalStateException("dead");
          }
        };
    List<String> part =
        new ArrayList<>(List.of(user.restoring("Part" + place, "typed", Sandbox.PASSWORD)));
    part.addAll(List.of("--only", "hello.txt", "--only", "album"));
    int exitCode = user.run("tablet" + place, part.toArray(String[]::new)).exitCode();
    user.disk = DurableStep.NONE;
    assertThat(exitCode == 0).isEqualTo(steps.get() <= place);
    return steps.get();
  }
}
