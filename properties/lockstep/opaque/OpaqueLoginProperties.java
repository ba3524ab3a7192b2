package lockstep.opaque;

import static lockstep.opaque.OpaqueParties.CHEAP;
import static lockstep.opaque.OpaqueParties.plain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import lockstep.opaque.client.ClientLogin;
import lockstep.opaque.client.LoginResult;
import lockstep.opaque.client.Registered;
import lockstep.opaque.server.ServerLogin;
import lockstep.opaque.server.ServerRandomness;
import lockstep.opaque.server.ServerSetup;
import lockstep.secret.SecretBytes;
import lockstep.spec.Verifies;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

/** The right password opens; everything else is one failure. */
class OpaqueLoginProperties {

  private static final LoginResult FAILED = new LoginResult.Failed();
  private static final String PASSWORD = "correct horse";

  @Property(tries = 25)
  @Verifies("OPQ-2")
  void theRightPasswordGivesBothSidesOneKeyAndBringsTheExportKeyBack(
      @ForAll @CharRange(from = '!', to = '~') @StringLength(min = 6, max = 40) String password,
      @ForAll @CharRange(from = '!', to = '~') @StringLength(min = 1, max = 255) String account,
      @ForAll @IntRange(max = 1000) int generation) {
    OpaqueParties parties = OpaqueParties.of(account);
    try (Registered registered = parties.register(password, generation);
        ClientLogin client = parties.client(password);
        ServerLogin server = parties.respond(registered.record(), generation, client.request())) {
      LoginResult result = client.finish(server.response().encode(), parties.identities(), CHEAP);
      assertThat(result).isInstanceOf(LoginResult.Authenticated.class);
      try (LoginResult.Authenticated opened = (LoginResult.Authenticated) result;
          SecretBytes serverKey =
              server.finish(KE3.parse(opened.ke3().encode()).orElseThrow()).orElseThrow()) {
        assertThat(opened.sessionKey().isEqualTo(serverKey)).isTrue();
        assertThat(opened.exportKey().isEqualTo(registered.exportKey())).isTrue();
        assertThat(opened.sessionKey().isEqualTo(opened.exportKey())).isFalse();
      }
    }
  }

  @Example
  @Verifies("WRP-3")
  void eachRegistrationHasAnExportKeyOfItsOwn() {
    OpaqueParties parties = OpaqueParties.of("alice");
    try (Registered first = parties.register(PASSWORD, 1);
        Registered second = parties.register(PASSWORD, 1)) {
      assertThat(first.exportKey().isEqualTo(second.exportKey())).isFalse();
    }
  }

  @Property(tries = 20)
  @Verifies("WRP-3")
  void noTwoRecordsOfOnePasswordShareAnExportKey(
      @ForAll @CharRange(from = '!', to = '~') @StringLength(min = 6, max = 40) String password,
      @ForAll @IntRange(max = 1000) int generation,
      @ForAll @IntRange(max = 1) int step) {
    OpaqueParties parties = OpaqueParties.of("alice");
    try (Registered first = parties.register(password, generation);
        Registered second = parties.register(password, generation + step)) {
      assertThat(first.exportKey().isEqualTo(second.exportKey())).isFalse();
    }
  }

  /** What two logins of one password draw; a value that is drawn once for both repeats. */
  @Property(tries = 20)
  @Verifies({"OPQ-7", "OPR-5"})
  void noLoginRepeatsAValueOfAnother(
      @ForAll @CharRange(from = '!', to = '~') @StringLength(min = 6, max = 40) String password) {
    OpaqueParties parties = OpaqueParties.of("alice");
    Set<String> seen = new HashSet<>();
    try (Registered registered = parties.register(password, 1)) {
      for (int login = 0; login < 2; login++) {
        try (ClientLogin client = parties.client(password);
            ServerLogin server = parties.respond(registered.record(), 1, client.request())) {
          byte[] ke1 = client.request().encode();
          byte[] ke2 = server.response().encode();
          for (byte[] value :
              new byte[][] {
                Bytes.slice(ke1, 0, 33),
                Bytes.slice(ke1, 33, 32),
                Bytes.slice(ke1, 65, 33),
                Bytes.slice(ke2, 33, 32),
                Bytes.slice(ke2, 162, 32),
                Bytes.slice(ke2, 194, 33)
              }) {
            assertThat(seen.add(HexFormat.of().formatHex(value))).isTrue();
          }
        }
      }
    }
  }

  @Property(tries = 25)
  @Verifies("OPQ-6~2")
  void anyOtherPasswordFails(
      @ForAll @CharRange(from = '!', to = '~') @StringLength(min = 6, max = 40) String other) {
    Assume.that(!other.equals(PASSWORD));
    OpaqueParties parties = OpaqueParties.of("alice");
    try (Registered registered = parties.register(PASSWORD, 1)) {
      assertThat(parties.login(other, registered.record(), 1)).isEqualTo(FAILED);
      assertThat(parties.login(PASSWORD, registered.record(), 1)).isNotEqualTo(FAILED);
    }
  }

  @Example
  @Verifies("OPQ-2")
  void anotherAccountVaultOrContextFails() {
    OpaqueParties parties = OpaqueParties.of("alice");
    byte[] account = "alice".getBytes(StandardCharsets.US_ASCII);
    byte[] otherAccount = "alicf".getBytes(StandardCharsets.US_ASCII);
    byte[] context = "lockstep/v1".getBytes(StandardCharsets.US_ASCII);
    byte[] otherContext = "lockstep/v2".getBytes(StandardCharsets.US_ASCII);
    byte[] otherVault = parties.vaultId().clone();
    otherVault[31] ^= 1;
    try (Registered registered = parties.register(PASSWORD, 1)) {
      assertThat(
              finishAs(
                  parties,
                  registered,
                  OpaqueIdentities.withContext(context, account, parties.vaultId())))
          .isNotEqualTo(FAILED);
      for (OpaqueIdentities wrong :
          new OpaqueIdentities[] {
            OpaqueIdentities.of(otherAccount, parties.vaultId()),
            OpaqueIdentities.of(account, otherVault),
            OpaqueIdentities.withContext(otherContext, account, parties.vaultId())
          }) {
        assertThat(finishAs(parties, registered, wrong)).isEqualTo(FAILED);
      }
    }
  }

  @Example
  @Verifies({"OPQ-1", "OPQ-6~2"})
  void anyFlippedBitOfKe2IsTheOneFailure() {
    OpaqueParties parties = OpaqueParties.of("alice");
    try (Registered registered = parties.register(PASSWORD, 1)) {
      for (int bit = 0; bit < KE2.LENGTH_BYTES * 8; bit += 7) {
        try (ClientLogin client = parties.client(PASSWORD);
            ServerLogin server = parties.respond(registered.record(), 1, client.request())) {
          byte[] ke2 = flip(server.response().encode(), bit);
          assertThat(outcome(client, ke2, parties)).as("bit %s", bit).isEqualTo(FAILED);
        }
      }
    }
  }

  @Example
  @Verifies({"OPQ-6~2", "ENC-2"})
  void aKe2OfAnotherLengthIsTheOneFailure() {
    OpaqueParties parties = OpaqueParties.of("alice");
    try (Registered registered = parties.register(PASSWORD, 1)) {
      for (int length : new int[] {0, 1, 33, 97, 258, 260, 518}) {
        try (ClientLogin client = parties.client(PASSWORD);
            ServerLogin server = parties.respond(registered.record(), 1, client.request())) {
          byte[] ke2 = java.util.Arrays.copyOf(server.response().encode(), length);
          assertThat(outcome(client, ke2, parties)).isEqualTo(FAILED);
        }
      }
    }
  }

  @Example
  @Verifies("OPQ-6~2")
  void aKe2ForAnotherKe1IsTheOneFailure() {
    OpaqueParties parties = OpaqueParties.of("alice");
    try (Registered registered = parties.register(PASSWORD, 1);
        ClientLogin first = parties.client(PASSWORD);
        ClientLogin second = parties.client(PASSWORD);
        ServerLogin server = parties.respond(registered.record(), 1, first.request())) {
      byte[] ke2 = server.response().encode();
      assertThat(second.finish(ke2, parties.identities(), CHEAP)).isEqualTo(FAILED);
      assertThat(first.finish(ke2, parties.identities(), CHEAP)).isNotEqualTo(FAILED);
    }
  }

  @Example
  @Verifies("OPQ-6~2")
  void anyFlippedBitOfTheEnvelopeOrTheClientsKeyIsTheOneFailure() {
    OpaqueParties parties = OpaqueParties.of("alice");
    try (Registered registered = parties.register(PASSWORD, 1)) {
      byte[] encoded = registered.record().encode();
      int refusedByTheParser = 0;
      for (int bit = 0; bit < encoded.length * 8; bit += 7) {
        Optional<RegistrationRecord> changed = RegistrationRecord.parse(flip(encoded, bit));
        if (changed.isEmpty()) {
          refusedByTheParser++;
        } else {
          assertThat(parties.login(PASSWORD, changed.get(), 1)).as("bit %s", bit).isEqualTo(FAILED);
        }
      }
      assertThat(refusedByTheParser).isBetween(1, OpaqueSuite.ELEMENT_BYTES);
    }
  }

  @Example
  @Verifies("OPQ-6~2")
  void aVaultWithTheSameSeedAndAnotherKeyIsTheOneFailure() {
    OpaqueParties parties = OpaqueParties.of("alice");
    try (Registered registered = parties.register(PASSWORD, 1);
        SecretBytes encoded = parties.setup().encode();
        Scalar otherKey = Scalar.random(OpaqueParties.RANDOM);
        SecretBytes otherEncoded = otherKey.encode();
        SecretBytes joined =
            SecretBytes.absorb(
                Bytes.concat(Bytes.slice(plain(encoded), 0, 32), plain(otherEncoded)));
        ServerSetup other = ServerSetup.parse(joined).orElseThrow();
        ClientLogin client = parties.client(PASSWORD);
        ServerLogin server =
            ServerLogin.respond(
                other,
                registered.record(),
                parties.identifier(1),
                parties.identities(),
                client.request(),
                ServerRandomness.from(OpaqueParties.RANDOM))) {
      byte[] ke2 = server.response().encode();
      assertThat(client.finish(ke2, parties.identities(), CHEAP)).isEqualTo(FAILED);
    }
  }

  @Example
  @Verifies("OPQ-1")
  void anyFlippedBitOfKe3IsRefused() {
    OpaqueParties parties = OpaqueParties.of("alice");
    try (Registered registered = parties.register(PASSWORD, 1)) {
      for (int bit = 0; bit < KE3.LENGTH_BYTES * 8; bit += 5) {
        try (ClientLogin client = parties.client(PASSWORD);
            ServerLogin server = parties.respond(registered.record(), 1, client.request())) {
          LoginResult result =
              client.finish(server.response().encode(), parties.identities(), CHEAP);
          byte[] ke3 = result.match(opened -> opened.ke3().encode(), () -> new byte[0]);
          assertThat(server.finish(KE3.parse(flip(ke3, bit)).orElseThrow())).isEmpty();
        }
      }
    }
  }

  @Example
  @Verifies("SEC-3")
  void everyStateAnswersOnce() {
    OpaqueParties parties = OpaqueParties.of("alice");
    try (Registered registered = parties.register(PASSWORD, 1)) {
      ClientLogin client = parties.client(PASSWORD);
      ServerLogin server = parties.respond(registered.record(), 1, client.request());
      byte[] ke2 = server.response().encode();
      KE3 ke3 =
          client.finish(ke2, parties.identities(), CHEAP).match(opened -> opened.ke3(), () -> null);
      assertThatThrownBy(() -> client.finish(ke2, parties.identities(), CHEAP))
          .isInstanceOf(IllegalStateException.class);
      assertThat(server.finish(ke3)).isPresent();
      assertThatThrownBy(() -> server.finish(ke3)).isInstanceOf(IllegalStateException.class);
    }
  }

  @Example
  @Verifies("OPQ-6~2")
  void aMalformedKe2CostsNoStretching() {
    OpaqueParties parties = OpaqueParties.of("alice");
    AtomicInteger calls = new AtomicInteger();
    KeyStretching counting =
        output -> {
          calls.incrementAndGet();
          return output.duplicate();
        };
    try (ClientLogin client = parties.client(PASSWORD)) {
      assertThat(client.finish(new byte[KE2.LENGTH_BYTES], parties.identities(), counting))
          .isEqualTo(FAILED);
      assertThat(calls).hasValue(0);
    }
  }

  @Example
  @Verifies({"OPQ-7", "OPR-5"})
  void everySessionIsFreshOnEitherSide() {
    OpaqueParties parties = OpaqueParties.of("alice");
    Set<String> seen = new HashSet<>();
    int values = 0;
    try (Registered registered = parties.register(PASSWORD, 1)) {
      for (int session = 0; session < 20; session++) {
        ClientLogin client = parties.client(PASSWORD);
        byte[] ke1 = client.request().encode();
        ServerLogin server = parties.respond(registered.record(), 1, client.request());
        byte[] ke2 = server.response().encode();
        LoginResult result = client.finish(ke2, parties.identities(), CHEAP);
        byte[] sessionKey = result.match(o -> plain(o.sessionKey()), () -> new byte[0]);
        assertThat(sessionKey).hasSize(32);
        byte[][] fresh = {
          Bytes.slice(ke1, 0, 33), // blinded element
          Bytes.slice(ke1, 33, 32), // client nonce
          Bytes.slice(ke1, 65, 33), // client key share
          Bytes.slice(ke2, 33, 32), // masking nonce
          Bytes.slice(ke2, 65, 97), // masked response
          Bytes.slice(ke2, 162, 32), // server nonce
          Bytes.slice(ke2, 194, 33), // server key share
          sessionKey
        };
        for (byte[] value : fresh) {
          seen.add(HexFormat.of().formatHex(value));
          values++;
        }
      }
    }
    assertThat(seen).hasSize(values);
  }

  /** A KE2 of anybody's gives an outcome, and never an exception. */
  private static LoginResult outcome(ClientLogin client, byte[] ke2, OpaqueParties parties) {
    AtomicReference<LoginResult> outcome = new AtomicReference<>();
    assertThatCode(() -> outcome.set(client.finish(ke2, parties.identities(), CHEAP)))
        .doesNotThrowAnyException();
    return outcome.get();
  }

  private static LoginResult finishAs(
      OpaqueParties parties, Registered registered, OpaqueIdentities identities) {
    ClientLogin client = parties.client(PASSWORD);
    ServerLogin server = parties.respond(registered.record(), 1, client.request());
    return client.finish(server.response().encode(), identities, CHEAP);
  }

  private static byte[] flip(byte[] bytes, int bit) {
    byte[] flipped = bytes.clone();
    flipped[bit / 8] ^= (byte) (1 << (bit % 8));
    return flipped;
  }
}
