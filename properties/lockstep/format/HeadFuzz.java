package lockstep.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Instant;
import java.util.Arrays;
import lockstep.spec.Verifies;
import lockstep.vectors.FixedRandom;

/** Whatever lies where a head should: the head that was sealed, a wrong key, or damage. */
class HeadFuzz {

  @FuzzTest
  @Verifies({"HED-1", "HED-2", "HED-4~2"})
  void onlyTheHeadThatWasSealedOpens(byte[] bytes) {
    HeadContent content =
        new HeadContent(Instant.ofEpochSecond(1_634_169_600), Manifests.object(1, 5000));
    try (BackupKeys keys = Messages.keys(1, Messages.ALICE)) {
      byte[] sealed = Messages.write(SealedHead.seal(keys, FixedRandom.seeded(1), content));
      boolean opens =
          SealedHead.parse(bytes)
              .map(head -> head.open(keys).match(c -> true, () -> false, () -> false))
              .orElse(false);
      assertThat(opens).isEqualTo(Arrays.equals(bytes, sealed));
    }
  }
}
