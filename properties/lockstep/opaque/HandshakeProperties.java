package lockstep.opaque;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import lockstep.opaque.client.ClientLogin;
import lockstep.secret.SecretBytes;
import lockstep.spec.Verifies;
import net.jqwik.api.Example;

/** What a client takes for the server's proof. */
class HandshakeProperties {

  @Example
  @Verifies("SEC-4")
  void everyBitOfTheServersMacIsComparedAndItsLength() {
    OpaqueParties parties = OpaqueParties.of("alice");
    try (ClientLogin client = parties.client("correct horse");
        SecretBytes agreed = SecretBytes.random(OpaqueParties.RANDOM, OpaqueSuite.ELEMENT_BYTES);
        Handshake handshake =
            Handshake.derive(
                parties.identities(), client.request(), new byte[0], agreed, agreed, agreed)) {
      byte[] mac = handshake.serverMac();
      assertThat(handshake.isServerMac(mac)).isTrue();
      for (int bit = 0; bit < 8 * mac.length; bit++) {
        byte[] flipped = mac.clone();
        flipped[bit / 8] ^= (byte) (1 << (bit % 8));
        assertThat(handshake.isServerMac(flipped)).as("bit %s", bit).isFalse();
      }
      for (int length : new int[] {0, 31, 33}) {
        assertThat(handshake.isServerMac(Arrays.copyOf(mac, length))).isFalse();
      }
    }
  }
}
