package lockstep.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.Optional;
import lockstep.spec.Verifies;

/** Bytes from the network or the disk: refused, or the one encoding of what they decode to. */
@Verifies({"ENC-2", "ENC-3"})
class WireMessagesFuzz {

  @FuzzTest
  void aRequestIsRefusedOrCanonical(byte[] input) {
    isCanonical(input, RequestMessage.decode(input).map(RequestMessage::encode));
  }

  @FuzzTest
  void aReplyIsRefusedOrCanonical(byte[] input) {
    isCanonical(input, SignedReply.decode(input).map(SignedReply::encode));
  }

  @FuzzTest
  void aReceiptIsRefusedOrCanonical(byte[] input) {
    isCanonical(input, Receipt.decode(input).map(Receipt::encode));
  }

  @FuzzTest
  void aTokenIsRefusedOrCanonical(byte[] input) {
    isCanonical(input, AccountToken.decode(input).map(AccountToken::encode));
  }

  private static void isCanonical(byte[] input, Optional<byte[]> encoded) {
    if (encoded.isPresent() && !Arrays.equals(encoded.orElseThrow(), input)) {
      throw new AssertionError("a second encoding of one value");
    }
  }
}
