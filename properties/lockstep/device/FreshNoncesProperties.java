package lockstep.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import lockstep.device.vault.UnlockProperties;
import lockstep.device.vault.VaultClient;
import lockstep.spec.Verifies;
import lockstep.wire.Bytes;
import lockstep.wire.Request;
import org.junit.jupiter.api.Test;

/** No message of a device could be answered with the reply to another one. */
class FreshNoncesProperties {

  private static final int NONCE_BYTES = 32;
  private static final String PASSWORD = "correct horse";

  @Test
  @Verifies("WIR-1~2")
  void noTwoMessagesOfADeviceHaveOneNonceThoughOneIsSentAgain() {
    List<Bytes> nonces = new ArrayList<>();
    Set<Class<? extends Request>> lost = new HashSet<>();
    try (VaultSite site = UnlockProperties.enrolled()) {
      VaultClient network =
          message -> {
            int length = message.length;
            nonces.add(Bytes.copyOf(Arrays.copyOfRange(message, length - NONCE_BYTES, length)));
            Request request = Request.decode(message).orElseThrow();
            byte[] reply = site.exchange(message);
            boolean isSentAgain =
                request instanceof Request.Attempt || request instanceof Request.Finish;
            if (isSentAgain && lost.add(request.getClass())) {
              throw new IOException("reply lost");
            }
            return reply;
          };
      for (int i = 0; i < 2; i++) {
        UnlockProperties.released(new TestDevice().unlock(site.connection(network), PASSWORD))
            .close();
      }
    }
    assertThat(lost).hasSize(2);
    assertThat(nonces).hasSizeGreaterThan(6).doesNotHaveDuplicates();
  }
}
