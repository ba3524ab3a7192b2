package lockstep.opaque;

import static lockstep.opaque.OpaqueParties.RANDOM;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import lockstep.opaque.client.ClientLogin;
import lockstep.opaque.client.Registered;
import lockstep.opaque.server.ServerLogin;
import lockstep.opaque.server.ServerSetup;
import lockstep.secret.SecretBytes;
import lockstep.spec.Verifies;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.bouncycastle.util.BigIntegers;

/** Every message has one encoding and refuses any other bytes, before anything is evaluated. */
class MessageProperties {

  private record Format(
      String name,
      SecretBytes bytes,
      int lengthBytes,
      List<Integer> elements,
      Function<byte[], Optional<byte[]>> reencode) {

    byte[] valid() {
      return OpaqueParties.plain(bytes);
    }
  }

  @Property(tries = 10)
  @Verifies({"OPQ-1", "ENC-2"})
  void everyMessageHasItsSizeAndIsReadBack(@ForAll long ignored) {
    for (Format format : formats()) {
      assertThat(format.valid()).as(format.name()).hasSize(format.lengthBytes());
      assertThat(format.reencode().apply(format.valid()))
          .as(format.name())
          .hasValueSatisfying(again -> assertThat(again).isEqualTo(format.valid()));
    }
  }

  @Property(tries = 60)
  @Verifies("ENC-2")
  void everyOtherLengthIsRefused(@ForAll @IntRange(max = 300) int length) {
    for (Format format : formats()) {
      if (length != format.lengthBytes()) {
        assertThat(format.reencode().apply(Arrays.copyOf(format.valid(), length)))
            .as(format.name())
            .isEmpty();
      }
    }
  }

  @Example
  @Verifies("OPR-2")
  void aNonCanonicalElementAnywhereIsRefused() {
    byte[] identity = new byte[33];
    byte[] beyond = new byte[33];
    Arrays.fill(beyond, (byte) 0xff);
    beyond[0] = 3;
    byte[] uncompressedPrefix = P256.GENERATOR.getEncoded(true);
    uncompressedPrefix[0] = 4;
    byte[] offTheCurve = offTheCurve();
    for (Format format : formats()) {
      for (int offset : format.elements()) {
        for (byte[] bad : new byte[][] {identity, beyond, uncompressedPrefix, offTheCurve}) {
          byte[] changed = format.valid();
          System.arraycopy(bad, 0, changed, offset, bad.length);
          assertThat(format.reencode().apply(changed))
              .as("%s at %s", format.name(), offset)
              .isEmpty();
        }
      }
    }
  }

  @Example
  @Verifies("OPR-3")
  void aStoredServerKeyOutOfRangeIsRefused() {
    BigInteger n = P256.ORDER;
    for (BigInteger bad : new BigInteger[] {BigInteger.ZERO, n, n.add(BigInteger.TEN)}) {
      byte[] encoded = new byte[ServerSetup.LENGTH_BYTES];
      System.arraycopy(BigIntegers.asUnsignedByteArray(32, bad), 0, encoded, 32, 32);
      assertThat(ServerSetup.parse(SecretBytes.absorb(encoded))).isEmpty();
    }
    assertThat(ServerSetup.parse(SecretBytes.copyOf(new byte[63]))).isEmpty();
    assertThat(ServerSetup.parse(SecretBytes.copyOf(new byte[65]))).isEmpty();
    try (ServerSetup setup = ServerSetup.generate(RANDOM);
        SecretBytes encoded = setup.encode();
        ServerSetup again = ServerSetup.parse(encoded).orElseThrow();
        SecretBytes encodedAgain = again.encode()) {
      assertThat(encoded.isEqualTo(encodedAgain)).isTrue();
      assertThat(again.publicKey()).isEqualTo(setup.publicKey());
    }
  }

  @Example
  @Verifies({"SEC-1", "SEC-5"})
  void whatHoldsASecretPrintsNone() {
    OpaqueParties parties = OpaqueParties.of("alice");
    try (Registered registered = parties.register("correct horse", 1)) {
      assertThat(registered.record()).hasToString("RegistrationRecord(redacted)");
      assertThat(parties.setup()).hasToString("ServerSetup(redacted)");
      assertThat(registered.toString()).contains("exportKey=SecretBytes(redacted)");
      assertThat(Scalar.random(RANDOM)).hasToString("Scalar(redacted)");
    }
  }

  private static List<Format> formats() {
    OpaqueParties parties = OpaqueParties.of("alice");
    try (Registered registered = parties.register("correct horse", 1);
        ClientLogin client = parties.client("correct horse");
        ServerLogin server = parties.respond(registered.record(), 1, client.request())) {
      List<Format> formats = new ArrayList<>(registration(parties, registered.record()));
      formats.add(
          format(
              "KE1",
              client.request().encode(),
              98,
              List.of(0, 65),
              bytes -> KE1.parse(bytes).map(Message::encode)));
      formats.add(
          format(
              "KE2",
              server.response().encode(),
              259,
              List.of(0, 194),
              bytes -> KE2.parse(bytes).map(Message::encode)));
      formats.add(
          format(
              "KE3", new byte[32], 32, List.of(), bytes -> KE3.parse(bytes).map(Message::encode)));
      return formats;
    }
  }

  private static List<Format> registration(OpaqueParties parties, RegistrationRecord record) {
    byte[] element = parties.setup().publicKey().encode();
    return List.of(
        format(
            "RegistrationRequest",
            element,
            33,
            List.of(0),
            bytes -> RegistrationRequest.parse(bytes).map(Message::encode)),
        format(
            "RegistrationResponse",
            Bytes.concat(element, element),
            66,
            List.of(0, 33),
            bytes -> RegistrationResponse.parse(bytes).map(Message::encode)),
        format(
            "RegistrationRecord",
            record.encode(),
            129,
            List.of(0),
            bytes -> RegistrationRecord.parse(bytes).map(RegistrationRecord::encode)),
        format(
            "Envelope",
            record.envelope().encode(),
            64,
            List.of(),
            bytes -> Envelope.parse(bytes).map(Message::encode)));
  }

  private static Format format(
      String name,
      byte[] valid,
      int lengthBytes,
      List<Integer> elements,
      Function<byte[], Optional<byte[]>> reencode) {
    return new Format(name, SecretBytes.copyOf(valid), lengthBytes, elements, reencode);
  }

  private static byte[] offTheCurve() {
    byte[] candidate = P256.GENERATOR.getEncoded(true);
    while (Element.parse(candidate).isPresent()) {
      candidate[32]++;
    }
    return candidate;
  }
}
