package lockstep.vault;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import lockstep.spec.Verifies;
import lockstep.vault.machine.AccountStateCodec;
import lockstep.wire.Bytes;
import lockstep.wire.Sha256;

/** No stored bytes make the decoder do anything but decode or refuse. */
class VaultRecordFuzz {

  @FuzzTest
  @Verifies("ATR-5~2")
  void storedBytesDecodeExactlyOrNotAtAll(byte[] content) {
    byte[] whole = Arrays.copyOf(content, content.length + Sha256.LENGTH_BYTES);
    System.arraycopy(Sha256.of(content).toArray(), 0, whole, content.length, Sha256.LENGTH_BYTES);
    Bytes stored = Bytes.copyOf(whole);
    AccountStateCodec.decode(stored)
        .ifPresent(state -> assertThat(AccountStateCodec.encode(state)).isEqualTo(stored));
    AccountStateCodec.decode(Bytes.copyOf(content));
  }
}
