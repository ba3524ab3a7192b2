package lockstep.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import lockstep.vault.machine.AttemptPolicy;
import lockstep.vault.machine.MachineRun;
import lockstep.vault.machine.VaultCommand;
import lockstep.wire.Sha256;
import org.junit.jupiter.api.Test;

/**
 * The seeds that are kept beside {@link VaultRecordFuzz} are today's stored form. {@code
 * -Dlockstep.vectors.write=true} writes them instead.
 */
class VaultRecordSeedsTest {

  private static final AttemptPolicy POLICY = AttemptPolicy.of(3, 1, 60_000).orElseThrow();
  private static final Path SEEDS =
      Path.of(
          System.getProperty("lockstep.basedir", "."),
          "properties/lockstep/vault/VaultRecordFuzzInputs/storedBytesDecodeExactlyOrNotAtAll");

  @Test
  void everyKeptSeedIsOfTodaysForm() throws IOException {
    MachineRun staged = MachineRun.enrolled(POLICY);
    staged.register(2, staged.signed(1));
    staged.stage(2);
    MachineRun destroyed = MachineRun.enrolled(POLICY);
    destroyed.fail(3);
    byte[] enrolled = content(MachineRun.enrolled(POLICY));
    Map<String, byte[]> seeds =
        Map.of(
            "enrolled", enrolled,
            "left-over", Arrays.copyOf(enrolled, enrolled.length + 1),
            "staged", content(staged),
            "registered", content(registered()),
            "destroyed", content(destroyed));
    for (Map.Entry<String, byte[]> seed : seeds.entrySet()) {
      Path file = SEEDS.resolve(seed.getKey());
      if (Boolean.getBoolean("lockstep.vectors.write")) {
        Files.write(file, seed.getValue());
      }
      assertThat(Files.readAllBytes(file)).as(seed.getKey()).isEqualTo(seed.getValue());
    }
  }

  private static MachineRun registered() {
    MachineRun run = new MachineRun(POLICY);
    run.register(1, new VaultCommand.Mandate.Token());
    return run;
  }

  private static byte[] content(MachineRun run) {
    byte[] stored = run.stored.orElseThrow().toArray();
    return Arrays.copyOf(stored, stored.length - Sha256.LENGTH_BYTES);
  }
}
