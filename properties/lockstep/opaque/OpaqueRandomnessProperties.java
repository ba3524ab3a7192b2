package lockstep.opaque;

import static lockstep.opaque.OpaqueParties.RANDOM;
import static lockstep.opaque.OpaqueParties.password;
import static lockstep.opaque.OpaqueParties.plain;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import lockstep.opaque.client.ClientLogin;
import lockstep.opaque.client.ClientRandomness;
import lockstep.opaque.client.ClientRegistration;
import lockstep.opaque.server.ServerRandomness;
import lockstep.secret.Password;
import lockstep.secret.SecretBytes;
import lockstep.spec.Verifies;
import lockstep.vectors.FixedRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** Every byte that a login or a registration draws comes out of the source of randomness. */
class OpaqueRandomnessProperties {

  private static final String PASSWORD = "correct horse";

  @Property(tries = 100)
  @Verifies("OPQ-7")
  void noncesAndSeedsAreAllTheBytesDrawn(@ForAll @Size(32) byte[] drawn) {
    ClientRandomness client = ClientRandomness.from(FixedRandom.startingWith(drawn));
    assertThat(client.clientNonce()).isEqualTo(drawn);
    assertThat(client.clientNonce()).isNotEqualTo(drawn);
    ServerRandomness server = ServerRandomness.from(FixedRandom.startingWith(drawn));
    assertThat(server.serverNonce()).isEqualTo(drawn);
    assertThat(server.maskingNonce()).isNotEqualTo(drawn);
    assertThat(ServerRandomness.from(FixedRandom.startingWith(drawn)).maskingNonce())
        .isEqualTo(drawn);
    try (SecretBytes ofClient =
            ClientRandomness.from(FixedRandom.startingWith(drawn)).clientKeyshareSeed();
        SecretBytes ofServer =
            ServerRandomness.from(FixedRandom.startingWith(drawn)).serverKeyshareSeed()) {
      assertThat(plain(ofClient)).isEqualTo(drawn);
      assertThat(plain(ofServer)).isEqualTo(drawn);
    }
  }

  @Property(tries = 100)
  @Verifies("WRP-3")
  void theNonceOfAnEnvelopeIsAllTheBytesDrawn(@ForAll @Size(32) byte[] drawn) {
    ClientRandomness client = ClientRandomness.from(FixedRandom.startingWith(drawn));
    assertThat(client.envelopeNonce()).isEqualTo(drawn);
    assertThat(client.envelopeNonce()).isNotEqualTo(drawn);
  }

  @Example
  @Verifies("OPR-5")
  void noRequestForOnePasswordIsLikeAnother() {
    Set<String> seen = new HashSet<>();
    try (Password typed = password(PASSWORD)) {
      for (int request = 0; request < 20; request++) {
        try (ClientLogin login = ClientLogin.start(typed, ClientRandomness.from(RANDOM));
            ClientRegistration registration =
                ClientRegistration.start(typed, ClientRandomness.from(RANDOM))) {
          seen.add(HexFormat.of().formatHex(login.request().blinded().encode()));
          seen.add(HexFormat.of().formatHex(registration.request().blinded().encode()));
        }
      }
    }
    assertThat(seen).hasSize(40);
  }

  @Property(tries = 20)
  @Verifies("OPR-5")
  void aRequestIsBlindedWithTheBlindDrawnForIt(@ForAll @Size(32) byte[] seed) {
    Scalar[] drawn = new Scalar[1];
    ClientRandomness watched =
        new Watched(ClientRandomness.from(FixedRandom.startingWith(seed)), drawn);
    try (Password typed = password(PASSWORD);
        ClientLogin login = ClientLogin.start(typed, watched)) {
      assertThat(drawn[0]).as("the blind that was drawn").isNotNull();
      assertThat(login.request().blinded()).isEqualTo(blinded(typed, drawn[0]));
      try (ClientRegistration registration = ClientRegistration.start(typed, watched)) {
        assertThat(registration.request().blinded())
            .isEqualTo(blinded(typed, drawn[0]))
            .isNotEqualTo(login.request().blinded());
      }
    }
  }

  private static Element blinded(Password typed, Scalar blind) {
    try (blind) {
      return typed.expose(bytes -> Oprf.blind(bytes, blind));
    }
  }

  /** Keeps a copy of the blind that it hands out. */
  private static final class Watched implements ClientRandomness {

    private final ClientRandomness source;
    private final Scalar[] drawn;

    Watched(ClientRandomness source, Scalar[] drawn) {
      this.source = source;
      this.drawn = drawn;
    }

    @Override
    public Scalar blind() {
      Scalar blind = source.blind();
      drawn[0] = blind.duplicate();
      return blind;
    }

    @Override
    public byte[] envelopeNonce() {
      return source.envelopeNonce();
    }

    @Override
    public byte[] clientNonce() {
      return source.clientNonce();
    }

    @Override
    public SecretBytes clientKeyshareSeed() {
      return source.clientKeyshareSeed();
    }
  }
}
