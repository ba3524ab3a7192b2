package lockstep.adapter.rclone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import lockstep.adapter.storage.HeadClaim;
import lockstep.adapter.storage.SealedSamples;
import lockstep.adapter.storage.UnfinishedName;
import lockstep.evidence.Needs;
import lockstep.format.HeadName;
import lockstep.format.SealedHead;
import lockstep.spec.Verifies;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/** Heads that several devices claim at once. */
@Needs("rclone")
final class HeadClaimProperties {

  private final SealedSamples samples = new SealedSamples();
  private Served served;
  private RcloneProcess process;
  private long number;

  @BeforeProperty
  void start() throws IOException {
    served = new Served();
    process = RcloneProcess.start(served.local(), served.environment(), new SecureRandom());
  }

  @AfterProperty
  void stop() throws IOException {
    process.close();
    served.close();
  }

  @Property(tries = 6)
  @Verifies({"PRV-12", "PRV-2~2"})
  void exactlyOneOfTheLivingMakesTheHeadWhateverTheDeadHaveLeft(
      @ForAll @IntRange(min = 1, max = 6) int living, @ForAll @IntRange(max = 1) int dead)
      throws Exception {
    HeadName contested = samples.headName(++number);
    Path heads = Files.createDirectories(served.served().resolve("lockstep-v1/heads"));
    for (int i = 0; i < dead; i++) {
      Files.write(heads.resolve(UnfinishedName.of(contested)), new byte[100]);
    }
    HeadClaim.Pace pace = new HeadClaim.Pace(Duration.ofSeconds(6), Duration.ofMillis(100));
    List<RcloneStorage> devices =
        Stream.generate(() -> new RcloneStorage(process, pace)).limit(living).toList();
    assertThat(samples.makers(number, devices)).isEqualTo(1);
    assertThat(heads.resolve(contested.toString())).hasSize(SealedHead.LENGTH_BYTES);
    if (dead == 0) {
      try (Stream<Path> left = Files.list(heads)) {
        assertThat(left.map(path -> path.getFileName().toString()))
            .noneMatch(name -> UnfinishedName.head(name).filter(contested::equals).isPresent());
      }
    }
  }
}
