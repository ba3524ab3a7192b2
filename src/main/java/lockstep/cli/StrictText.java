package lockstep.cli;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import lockstep.spec.Decides;

/** UTF-8 read strictly: what is not well-formed is no text, and nothing is put in its place. */
@Decides("CLI-13")
final class StrictText {

  private StrictText() {}

  /** The text, in an array of its own that is the caller's to wipe; empty where it is none. */
  static Optional<CharBuffer> decode(ByteBuffer utf8) {
    CharBuffer text = CharBuffer.allocate(utf8.remaining());
    var decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    try {
      var result = decoder.decode(utf8, text, true);
      if (result.isError()) {
        result.throwException();
      }
      return Optional.of(text.flip());
    } catch (CharacterCodingException malformed) {
      Arrays.fill(text.array(), '\0');
      return Optional.empty();
    }
  }
}
