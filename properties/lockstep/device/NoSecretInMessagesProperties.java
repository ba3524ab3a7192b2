package lockstep.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import lockstep.device.enrol.Enrolment;
import lockstep.device.enrol.EnrolmentOutcome;
import lockstep.device.password.PasswordChangeOutcome;
import lockstep.device.state.PlainCopies;
import lockstep.device.vault.VaultClient;
import lockstep.secret.Password;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.Test;

/** What passes between device and vault holds neither password nor key in clear. */
class NoSecretInMessagesProperties {

  private static final String FIRST = "the first password";
  private static final String SECOND = "a second password";

  @Test
  @Verifies("WIR-7")
  void neitherThePasswordNorTheRootKeyIsInAnyMessage() {
    List<String> passed = new ArrayList<>();
    try (VaultSite site = new VaultSite();
        Password password = VaultSite.password(FIRST)) {
      VaultClient network =
          request -> {
            byte[] reply = site.exchange(request);
            passed.add(text(request));
            passed.add(text(reply));
            return reply;
          };
      TestDevice device = new TestDevice();
      EnrolmentOutcome enrolled =
          device.run(
              state ->
                  new Enrolment(state, site.connection(network))
                      .enrol(VaultSite.ALICE, password, PlainCopies.NONE));
      assertThat(enrolled).isInstanceOf(EnrolmentOutcome.Enrolled.class);
      assertThat(device.change(site.connection(network), FIRST, SECOND))
          .isInstanceOf(PasswordChangeOutcome.Changed.class);
      String rootKey = text(device.rootKey().orElseThrow());
      assertThat(passed).hasSizeGreaterThan(20);
      for (String message : passed) {
        assertThat(message.contains(rootKey)).as("a root key in a message").isFalse();
        assertThat(message).doesNotContain(FIRST, SECOND);
      }
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
