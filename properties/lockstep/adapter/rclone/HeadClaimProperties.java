package lockstep.adapter.rclone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import lockstep.adapter.storage.UnfinishedName;
import lockstep.evidence.Needs;
import lockstep.format.BackupKeys;
import lockstep.format.HeadContent;
import lockstep.format.HeadName;
import lockstep.format.ObjectId;
import lockstep.format.SealedDigest;
import lockstep.format.SealedHead;
import lockstep.format.SealedObject;
import lockstep.format.StoredObject;
import lockstep.keys.RootKey;
import lockstep.spec.Verifies;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/** Heads that several devices claim at once. */
@Needs("rclone")
final class HeadClaimProperties {

  private final SecureRandom random = new SecureRandom();
  private final RootKey rootKey = RootKey.random(random);
  private final BackupKeys keys =
      BackupKeys.derive(rootKey, "alice".getBytes(StandardCharsets.UTF_8));
  private Served served;
  private RcloneProcess process;
  private long number;

  @BeforeProperty
  void start() throws IOException {
    served = new Served();
    process = RcloneProcess.start(served.local(), served.environment(), random);
  }

  @AfterProperty
  void stop() throws IOException {
    process.close();
    served.close();
  }

  private SealedObject head() {
    StoredObject manifest =
        new StoredObject(
            new ObjectId(2, number),
            number,
            10,
            SealedDigest.of(new byte[SealedDigest.LENGTH_BYTES]));
    return SealedHead.seal(keys, random, new HeadContent(Instant.EPOCH, manifest));
  }

  private static int winners(List<Future<Boolean>> made) throws Exception {
    int winners = 0;
    for (Future<Boolean> one : made) {
      winners += one.get() ? 1 : 0;
    }
    return winners;
  }

  @Property(tries = 6)
  @Verifies({"PRV-12", "PRV-2~2"})
  void exactlyOneOfTheLivingMakesTheHeadWhateverTheDeadHaveLeft(
      @ForAll @IntRange(min = 1, max = 6) int living, @ForAll @IntRange(max = 1) int dead)
      throws Exception {
    HeadName contested = new HeadName(keys.setName(), ++number);
    Path heads = Files.createDirectories(served.served().resolve("lockstep-v1/heads"));
    for (int i = 0; i < dead; i++) {
      Files.write(heads.resolve(UnfinishedName.of(contested)), new byte[100]);
    }
    HeadClaim.Pace pace = new HeadClaim.Pace(Duration.ofSeconds(6), Duration.ofMillis(100));
    ExecutorService threads = Executors.newFixedThreadPool(living);
    List<Future<Boolean>> made = new ArrayList<>();
    CyclicBarrier together = new CyclicBarrier(living);
    try {
      for (int i = 0; i < living; i++) {
        RcloneStorage device = new RcloneStorage(process, pace);
        SealedObject sealed = head();
        made.add(
            threads.submit(
                () -> {
                  together.await();
                  return device.addHead(contested, sealed);
                }));
      }
      assertThat(winners(made)).isEqualTo(1);
    } finally {
      threads.shutdownNow();
    }
    assertThat(heads.resolve(contested.toString())).hasSize(SealedHead.LENGTH_BYTES);
    if (dead == 0) {
      try (Stream<Path> left = Files.list(heads)) {
        assertThat(left.map(path -> path.getFileName().toString()))
            .noneMatch(name -> UnfinishedName.head(name).filter(contested::equals).isPresent());
      }
    }
  }
}
