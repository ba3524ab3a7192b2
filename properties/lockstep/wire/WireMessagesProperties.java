package lockstep.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import lockstep.evidence.Exhaustive;
import lockstep.evidence.Points;
import lockstep.spec.Verifies;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;

/** Every message survives its encoding, and nothing else decodes. */
@Domain(WireArbitraries.class)
class WireMessagesProperties {

  private static final int MUTATION_TRIES = 30;

  @Property
  @Verifies({"WIR-1~2", "ENC-1"})
  void aRequestSurvivesItsEncoding(@ForAll RequestMessage request) {
    assertThat(RequestMessage.decode(request.encode())).contains(request);
    assertThat(Request.decode(request.encode())).contains(request.request());
  }

  @Property
  @Verifies({"WIR-2~3", "ENC-1"})
  void aReplySurvivesItsEncoding(@ForAll SignedReply reply) {
    assertThat(SignedReply.decode(reply.encode())).contains(reply);
  }

  @Property
  @Verifies("RCP-1~2")
  void aReceiptSurvivesItsEncoding(@ForAll Receipt receipt) {
    assertThat(Receipt.decode(receipt.encode())).contains(receipt);
  }

  @Property
  @Verifies("AUT-2")
  void aTokenSurvivesItsEncoding(@ForAll AccountToken token) {
    assertThat(AccountToken.decode(token.encode())).contains(token);
  }

  @Property
  @Verifies("WIR-5")
  void aPolicySurvivesItsTwelveBytes(@ForAll Policy policy) {
    assertThat(policy.encode()).hasSize(Policy.LENGTH);
    assertThat(WireReader.decode(policy.encode(), Policy::read)).contains(policy);
  }

  @Property
  @Verifies("WIR-6")
  void stretchingParametersSurviveTheirTwelveBytes(@ForAll StretchingParameters parameters) {
    assertThat(parameters.encode()).hasSize(StretchingParameters.LENGTH);
    assertThat(WireReader.decode(parameters.encode(), StretchingParameters::read))
        .contains(parameters);
  }

  @Property(tries = MUTATION_TRIES)
  @Verifies({"ENC-2", "ENC-3"})
  void noMutationOfARequestHasASecondEncoding(@ForAll RequestMessage request) {
    everyMutation(
        request.encode(), bytes -> RequestMessage.decode(bytes).map(RequestMessage::encode));
  }

  @Property(tries = MUTATION_TRIES)
  @Verifies({"ENC-2", "ENC-3"})
  void noMutationOfAReplyHasASecondEncoding(@ForAll SignedReply reply) {
    everyMutation(reply.encode(), bytes -> SignedReply.decode(bytes).map(SignedReply::encode));
  }

  @Property(tries = MUTATION_TRIES)
  @Verifies({"ENC-2", "ENC-3"})
  void noMutationOfAReceiptHasASecondEncoding(@ForAll Receipt receipt) {
    everyMutation(receipt.encode(), bytes -> Receipt.decode(bytes).map(Receipt::encode));
  }

  @Property(tries = MUTATION_TRIES)
  @Verifies({"ENC-2", "ENC-3"})
  void noMutationOfATokenHasASecondEncoding(@ForAll AccountToken token) {
    everyMutation(token.encode(), bytes -> AccountToken.decode(bytes).map(AccountToken::encode));
  }

  @Property(tries = MUTATION_TRIES)
  @Verifies("ENC-2")
  void aRequestThatIsCutOrContinuedIsRefused(@ForAll RequestMessage request) {
    byte[] message = request.encode();
    for (int length = 0; length < message.length; length++) {
      assertThat(Request.decode(Arrays.copyOf(message, length))).isEmpty();
    }
    assertThat(Request.decode(Arrays.copyOf(message, message.length + 1))).isEmpty();
  }

  @Property
  @Verifies("WIR-1~2")
  void whatIsSignedIsTheMessageUpToItsAuthority(@ForAll RequestMessage whole) {
    byte[] message = Arrays.copyOf(whole.encode(), whole.encode().length - 32);
    assertThat(whole.encode()).endsWith(whole.nonce().toArray());
    Request request = whole.request();
    byte[] signed = request.signedPart();
    assertThat(message).startsWith(signed);
    if (request instanceof Request.Authorised authorised) {
      int length =
          authorised
              .authority()
              .<Integer>match(
                  token -> 3 + token.token().length(),
                  command -> 1 + 32 + 64,
                  session -> 1 + 16 + 32,
                  stage -> 1 + 64);
      assertThat(message).hasSize(signed.length + length);
    } else {
      assertThat(signed).isEqualTo(message);
    }
  }

  @Example
  @Verifies("WIR-3")
  void aMessageOfTheLargestSizeIsReadAndOneByteMoreIsNot() {
    AccountName account = new AccountName("a");
    int room = Request.MAX_BYTES - 2 - 3 - 40 - 3 - 32;
    Request largest = status(account, room);
    Bytes nonce = Bytes.zero(32);
    assertThat(largest.encode(nonce)).hasSize(Request.MAX_BYTES);
    assertThat(Request.decode(largest.encode(nonce))).contains(largest);

    assertThatThrownBy(() -> status(account, room + 1).encode(nonce))
        .isInstanceOf(IllegalArgumentException.class);
    byte[] tooLong =
        new WireWriter()
            .u8(2)
            .u8(2)
            .account(account)
            .bytes(new byte[40])
            .u8(1)
            .bytes16(new byte[room + 1])
            .bytes(nonce)
            .toByteArray();
    assertThat(tooLong).hasSize(Request.MAX_BYTES + 1);
    assertThat(Request.decode(tooLong)).isEmpty();
  }

  @Example
  @Verifies("WIR-3")
  void aReplyIsBoundedWithItsSignature() {
    Receipt receipt =
        new Receipt(
            new Receipt.Body(
                Receipt.Kind.UNLOCKED, new AccountName("a"), 1, 1, 0, 1, 0, 0, 1, Bytes.zero(32)),
            Bytes.zero(64));
    int room = Request.MAX_BYTES - 64 - 4 - receipt.encode().length;
    SignedReply largest =
        new SignedReply(new Reply.Released(Bytes.zero(room), receipt), Bytes.zero(64));
    assertThat(largest.encode()).hasSize(Request.MAX_BYTES);
    assertThat(SignedReply.decode(largest.encode())).contains(largest);
    assertThatThrownBy(() -> new Reply.Released(Bytes.zero(room + 1), receipt).encode())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Example
  @Verifies("WIR-3")
  @Exhaustive("length that differs from the bound by at most forty bytes")
  void whatIsLongerThanTheBoundIsRefusedByItsLengthAlone() {
    AccountName account = new AccountName("a");
    int room = Request.MAX_BYTES - 2 - 3 - 8 - 32 - 3 - RequestMessage.NONCE_BYTES;
    for (int beyond = -40; beyond <= 40; beyond++) {
      byte[] message =
          new WireWriter()
              .u8(RequestCodec.VERSION)
              .u8(2)
              .account(account)
              .u64(0)
              .bytes(Bytes.zero(32))
              .u8(1)
              .bytes16(new byte[room + beyond])
              .bytes(Bytes.zero(RequestMessage.NONCE_BYTES))
              .toByteArray();
      assertThat(Request.decode(message).isPresent()).isEqualTo(beyond <= 0);
      Points.visited();
    }
  }

  private static Request status(AccountName account, int tokenBytes) {
    return new Request.Status(account, new Authority.Token(Bytes.zero(tokenBytes)));
  }

  /** Cuts, extends and flips each bit; whatever still decodes is its own encoding. */
  private static void everyMutation(byte[] message, Function<byte[], Optional<byte[]>> recode) {
    for (int length = 0; length <= message.length + 2; length++) {
      isOneEncoding(Arrays.copyOf(message, length), recode);
    }
    for (int bit = 0; bit < message.length * 8; bit++) {
      byte[] flipped = message.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      isOneEncoding(flipped, recode);
    }
  }

  private static void isOneEncoding(byte[] input, Function<byte[], Optional<byte[]>> recode) {
    recode
        .apply(input)
        .ifPresent(
            encoded -> {
              if (!Arrays.equals(encoded, input)) {
                throw new AssertionError("a second encoding of one value");
              }
            });
  }
}
