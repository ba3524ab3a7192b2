package lockstep.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import lockstep.evidence.Exhaustive;
import lockstep.evidence.Points;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.Test;

/** What differs from a message in one place where only one value is allowed is no message. */
class WireStrictnessProperties {

  private static final AccountName ALICE = new AccountName("alice");
  private static final Bytes SIGNATURE = Bytes.zero(64);
  private static final Set<Integer> KINDS = Set.of(1, 2, 3, 4);

  private static final List<Authority> AUTHORITIES =
      List.of(
          new Authority.Token(Bytes.zero(64)),
          new Authority.CommandSignature(Bytes.zero(32), SIGNATURE),
          new Authority.SessionMac(Bytes.zero(16), Bytes.zero(32)),
          new Authority.StageSignature(SIGNATURE));

  @Test
  @Verifies("WIR-1~2")
  @Exhaustive("form of an authority and number that is no kind of authority")
  void anAuthorityOfNoKindIsRefused() {
    for (Authority authority : AUTHORITIES) {
      Request request = new Request.Activate(ALICE, 1, authority);
      byte[] message = request.encode(Bytes.zero(32));
      assertThat(Request.decode(message)).contains(request);
      for (int kind = 0; kind <= 255; kind++) {
        if (!KINDS.contains(kind)) {
          message[request.signedPart().length] = (byte) kind;
          assertThat(Request.decode(message)).as("kind %d", kind).isEmpty();
          Points.visited();
        }
      }
    }
  }

  @Test
  @Verifies({"WIR-1~2", "WIR-2~3"})
  @Exhaustive("version that is not this one")
  void aMessageOfAnotherVersionIsRefused() {
    byte[] request = new Request.Challenge(ALICE).encode(Bytes.zero(32));
    byte[] reply = new SignedReply(new Refusal.Refused(), SIGNATURE).encode();
    for (int version = 0; version <= 255; version++) {
      request[0] = (byte) version;
      reply[0] = (byte) version;
      assertThat(Request.decode(request).isPresent()).isEqualTo(version == 2);
      assertThat(SignedReply.decode(reply).isPresent()).isEqualTo(version == 2);
      Points.visited();
    }
  }

  @Test
  @Verifies("WIR-2~3")
  @Exhaustive("place in the sixty-six bytes")
  void inThePlaceOfAReceiptStandsOneOrNothingButZeros() {
    Reply pending = new Reply.RestartPending(7, java.util.Optional.empty());
    byte[] message = new SignedReply(pending, SIGNATURE).encode();
    int end = message.length - 64;
    for (int place = end - 66; place < end; place++) {
      byte[] other = message.clone();
      other[place] = 1;
      assertThat(SignedReply.decode(other)).as("place %d", place).isEmpty();
      Points.visited();
    }
  }

  @Test
  @Verifies("WIR-3")
  @Exhaustive("length around the bound, with the signature and without")
  void aReplyIsMeasuredWithItsSignature() {
    Receipt receipt =
        new Receipt(
            new Receipt.Body(Receipt.Kind.UNLOCKED, ALICE, 1, 1, 0, 1, 0, 0, 1, Bytes.zero(32)),
            SIGNATURE);
    int room = Request.MAX_BYTES - 64 - 4 - receipt.encode().length;
    IntStream.rangeClosed(-70, 70)
        .forEach(
            beyond -> {
              byte[] message =
                  new WireWriter()
                      .bytes(HexFormat.of().parseHex("02a1"))
                      .bytes16(new byte[room + beyond])
                      .bytes(receipt.encode())
                      .bytes(SIGNATURE)
                      .toByteArray();
              assertThat(message).hasSize(Request.MAX_BYTES + beyond);
              assertThat(SignedReply.decode(Arrays.copyOf(message, message.length)).isPresent())
                  .isEqualTo(beyond <= 0);
              Points.visited();
            });
  }
}
