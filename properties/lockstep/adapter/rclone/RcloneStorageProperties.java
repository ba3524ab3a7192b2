package lockstep.adapter.rclone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lockstep.adapter.storage.HeadClaim;
import lockstep.adapter.storage.SealedSamples;
import lockstep.adapter.storage.UnfinishedName;
import lockstep.backup.store.ProviderUnavailable;
import lockstep.evidence.Needs;
import lockstep.format.BackupKeys;
import lockstep.format.HeadName;
import lockstep.format.SealedObject;
import lockstep.spec.ByConstruction;
import lockstep.spec.Verifies;
import net.jqwik.api.Example;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/** What rclone's storage does where things go wrong. */
@Needs("rclone")
final class RcloneStorageProperties {

  private final SealedSamples samples = new SealedSamples();
  private final BackupKeys keys = samples.keys;
  private Served served;

  @BeforeTry
  void start() throws IOException {
    served = new Served();
  }

  @AfterTry
  void stop() throws IOException {
    served.close();
  }

  private SealedObject object(int length) {
    return samples.object(1, sink -> sink.write(new byte[length]));
  }

  private static Set<ProcessHandle> rclones() {
    return ProcessHandle.current()
        .descendants()
        .filter(one -> one.info().command().filter(path -> path.endsWith("rclone")).isPresent())
        .collect(Collectors.toSet());
  }

  @Example
  @Verifies("PRV-11")
  void oneRcloneRunsUntilTheStorageIsClosedAndIsAloneWithItsPassword() throws Exception {
    try (RcloneStorage storage = RcloneStorage.open(served.local(), served.environment())) {
      assertThat(storage.heads()).isEmpty();
      assertThat(rclones()).hasSize(1);
      String shown = rclones().iterator().next().info().commandLine().orElse("");
      assertThat(shown).contains("rcd").doesNotContain(served.served().toString());
      storage.createRoot();
      storage.put(keys.setName(), samples.name(1), object(10));
      assertThat(rclones()).hasSize(1);
    }
    assertThat(rclones()).isEmpty();
  }

  @Example
  @Verifies("PRV-11")
  void anRcloneThatIsMissingTooOldOrDoesNotStartIsSaidSo() throws IOException {
    assertThatThrownBy(() -> RcloneStorage.open("here:", with(served.folder)))
        .isInstanceOf(ProviderUnavailable.class)
        .hasMessageContaining("rclone is not installed");
    Path bin = Files.createDirectory(served.folder.resolve("bin"));
    fake(bin, "echo it is broken >&2");
    assertThatThrownBy(() -> RcloneStorage.open("here:", with(bin)))
        .isInstanceOf(ProviderUnavailable.class)
        .hasMessage("rclone did not start: it is broken");
    fake(bin, "echo NOTICE: Serving remote control on http://127.0.0.1:9/ >&2; exec sleep 60");
    assertThatThrownBy(() -> RcloneStorage.open("here:", with(bin)))
        .isInstanceOf(ProviderUnavailable.class)
        .hasMessageContaining("does not answer");
  }

  @Example
  @Verifies("PRV-11")
  void anRcloneOfAnEarlierVersionIsRefused() throws Exception {
    for (String version : List.of("[1,59,2]", "[0,99,0]", "[]")) {
      try (AnsweringServer old = new AnsweringServer("{\"decomposed\":" + version + "}")) {
        Path bin = Files.createTempDirectory(served.folder, "bin");
        fake(
            bin,
            "echo Serving remote control on http://127.0.0.1:"
                + old.port()
                + "/ >&2; exec sleep 60");
        assertThatThrownBy(() -> RcloneStorage.open("here:", with(bin)))
            .isInstanceOf(ProviderUnavailable.class)
            .hasMessageContaining("1.60 or a later one");
      }
    }
  }

  @Example
  @Verifies({"PRV-11", "PRV-17"})
  void anRcloneThatSaysNothingOrALineWithoutEndIsGivenUp() throws IOException {
    Path bin = Files.createDirectory(served.folder.resolve("bin"));
    for (String does : List.of("exec sleep 60", "head -c 9000000 /dev/zero >&2; exec sleep 60")) {
      fake(bin, does);
      long begun = System.nanoTime();
      assertThatThrownBy(
              () ->
                  RcloneProcess.start(
                      "here:", with(bin), new SecureRandom(), Duration.ofMillis(1500)))
          .isInstanceOf(ProviderUnavailable.class)
          .hasMessageContaining("did not start within 1 seconds");
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(30));
    }
  }

  /** A command that holds an rclone until it is killed. */
  static final class Holding {

    private Holding() {}

    public static void main(String[] arguments) throws Exception {
      try (RcloneStorage storage = RcloneStorage.open(arguments[0], System.getenv())) {
        System.out.println(storage.heads().size());
        Thread.sleep(Duration.ofMinutes(5).toMillis());
      }
    }
  }

  @Example
  @Verifies("PRV-11")
  @ByConstruction("the command that is killed is a process of its own")
  void anRcloneEndsThoughItsCommandIsKilled() throws Exception {
    ProcessBuilder command =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Holding.class.getName(),
            served.local());
    command.environment().putAll(served.environment());
    Process held = command.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    assertThat(held.getInputStream().read()).isEqualTo('0');
    Set<ProcessHandle> running = rclones();
    assertThat(running).hasSize(1);
    held.destroyForcibly().waitFor();
    for (ProcessHandle rclone : running) {
      rclone.onExit().get(20, TimeUnit.SECONDS);
    }
  }

  private static void fake(Path bin, String does) throws IOException {
    Path script = bin.resolve("rclone");
    Files.writeString(script, "#!/bin/sh\n" + does + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }

  private static Map<String, String> with(Path bin) {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("PATH", bin + (Files.exists(bin.resolve("rclone")) ? ":/bin:/usr/bin" : ""));
    return environment;
  }

  @Example
  @Verifies("PRV-4~2")
  void aRemoteThatIsMissingOrUnknownIsUnavailableAndNotMade() throws IOException {
    String missing = served.local() + "/not/there";
    try (RcloneStorage storage = RcloneStorage.open(missing, served.environment())) {
      assertThatThrownBy(storage::heads)
          .isInstanceOf(ProviderUnavailable.class)
          .hasMessageContaining("no such folder");
      assertThatThrownBy(() -> storage.put(keys.setName(), samples.name(1), object(10)))
          .isInstanceOf(ProviderUnavailable.class);
      assertThat(served.served().resolve("not")).doesNotExist();
      storage.createRoot();
      assertThat(storage.heads()).isEmpty();
    }
    try (RcloneStorage storage = RcloneStorage.open("nosuchremote:", served.environment())) {
      assertThatThrownBy(storage::heads)
          .isInstanceOf(ProviderUnavailable.class)
          .hasMessageContaining("no remote of that name");
    }
  }

  @Example
  @Verifies("PRV-4~2")
  void anRcloneThatDiesIsAnUnavailableProviderToEveryCall() throws IOException {
    try (RcloneStorage storage = RcloneStorage.open(served.local(), served.environment())) {
      assertThat(storage.heads()).isEmpty();
      rclones().forEach(ProcessHandle::destroyForcibly);
      assertThatThrownBy(storage::heads).isInstanceOf(ProviderUnavailable.class);
      assertThatThrownBy(() -> storage.addHead(samples.headName(1), samples.head(1)))
          .isInstanceOf(ProviderUnavailable.class);
      assertThatThrownBy(() -> storage.put(keys.setName(), samples.name(1), object(400_000)))
          .isInstanceOf(ProviderUnavailable.class);
    }
  }

  @Example
  @Verifies({"PRV-13", "PRV-4~2"})
  void anObjectIsReadOnWhereItsConnectionDied() throws Exception {
    int behind = served.serve("webdav");
    try (CuttingProxy proxy = new CuttingProxy(behind)) {
      served.configureWebDav(proxy.port());
      try (RcloneStorage storage = RcloneStorage.open("dav:", served.environment())) {
        SealedObject object = object(3_000_000);
        storage.put(keys.setName(), samples.name(1), object);
        byte[] stored =
            Files.readAllBytes(
                served
                    .served()
                    .resolve("lockstep-v1")
                    .resolve(keys.setName().hex())
                    .resolve(samples.name(1).hex()));
        proxy.cutAnswersAfter(1_000_000);
        try (InputStream in = storage.open(keys.setName(), samples.name(1)).orElseThrow()) {
          assertThat(in.readAllBytes()).hasSize(stored.length).isEqualTo(stored);
        }
        assertThat(proxy.cuts()).isPositive();
      }
    }
  }

  @Example
  @Verifies("PRV-12")
  void theClaimOfADeviceThatDiedStandsForAWhileOnly() throws IOException {
    HeadName contested = samples.headName(7);
    Path heads = Files.createDirectories(served.served().resolve("lockstep-v1/heads"));
    Files.write(heads.resolve(UnfinishedName.of(contested)), new byte[10]);
    HeadClaim.Pace pace = new HeadClaim.Pace(Duration.ofSeconds(4), Duration.ofMillis(200));
    try (RcloneProcess process =
        RcloneProcess.start(served.local(), served.environment(), new SecureRandom())) {
      long before = System.nanoTime();
      assertThat(new RcloneStorage(process, pace).addHead(contested, samples.head(7))).isTrue();
      assertThat(System.nanoTime() - before).isGreaterThan(pace.stale().toNanos());
    }
    try (Stream<Path> left = Files.list(heads)) {
      assertThat(left).containsExactly(heads.resolve(contested.toString()));
    }
  }

  @Example
  @Verifies({"PRV-7~3", "PRV-9"})
  void whatWasInterruptedIsRemovedWhenItsTimeHasComeAndForeignThingsStay() throws IOException {
    Path set =
        Files.createDirectories(served.served().resolve("lockstep-v1/" + keys.setName().hex()));
    Path heads = Files.createDirectories(served.served().resolve("lockstep-v1/heads"));
    Path own = Files.createFile(set.resolve(UnfinishedName.of(samples.name(1))));
    Path others = Files.createFile(set.resolve(UnfinishedName.of(samples.name(2))));
    Path past = Files.createFile(heads.resolve(UnfinishedName.of(samples.headName(3))));
    Path next = Files.createFile(heads.resolve(UnfinishedName.of(samples.headName(4))));
    Path foreign = Files.createFile(set.resolve("desktop.ini"));
    try (RcloneStorage storage = RcloneStorage.open(served.local(), served.environment())) {
      Instant dayAgo = Instant.now().minus(Duration.ofDays(1));
      storage.removeUnfinished(keys.setName(), 3, samples.name(1)::equals, dayAgo);
      assertThat(List.of(own, past)).noneMatch(Files::exists);
      assertThat(List.of(others, next, foreign)).allMatch(Files::exists);
      storage.removeSet(keys.setName());
      assertThat(List.of(others, next)).noneMatch(Files::exists);
      assertThat(foreign).exists();
    }
  }

  @Example
  @Verifies({"BAK-12~2", "PRV-6", "ENR-7"})
  void aFolderUnderAHeadsNameIsDamageAndPlainCopiesAreSeen() throws IOException {
    HeadName head = samples.headName(5);
    Files.createDirectories(served.served().resolve("lockstep-v1/heads/" + head));
    Files.createFile(served.served().resolve("msgstore.db"));
    try (RcloneStorage storage = RcloneStorage.open(served.local(), served.environment())) {
      assertThat(storage.heads()).containsExactly(head);
      assertThat(storage.readHead(head)).hasValueSatisfying(bytes -> assertThat(bytes).isEmpty());
      assertThat(storage.addHead(head, samples.head(5))).isFalse();
      assertThat(storage.plainCopies()).containsExactly("msgstore.db");
    }
  }

  @Example
  @Verifies("PRV-4~2")
  void whatBackendsSayIsPutInTheUsersWords() {
    Map<String, String> words =
        Map.of(
            "googleapi: Error 403: The user's Drive storage quota has been exceeded", "full",
            "write /mnt/x: no space left on device", "full",
            "couldn't fetch token - maybe it has expired?", "rclone config reconnect",
            "401 Unauthorized", "refuses this access",
            "dial tcp: lookup dav.example: no such host", "cannot be reached",
            "something\nnew", "rclone says: something new");
    words.forEach((said, told) -> assertThat(new RcloneFailure(500, said).words()).contains(told));
    assertThat(new RcloneFailure(500, "x".repeat(9000)).words()).hasSizeLessThan(400);
  }
}
