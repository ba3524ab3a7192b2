package lockstep.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import lockstep.spec.Verifies;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Messages on a stream. */
@Verifies("DOR-1")
class MessageFrameProperties {

  @Property(tries = 200)
  void messagesComeOutAsTheyWentInAndInTheirOrder(
      @ForAll @Size(max = 5) List<@Size(max = 40) byte[]> messages,
      @ForAll @IntRange(min = 16_300, max = 16_384) int longest)
      throws IOException {
    List<byte[]> sent = new ArrayList<>(messages);
    sent.add(new byte[longest]);
    ByteArrayInputStream stream = new ByteArrayInputStream(framed(sent));
    for (byte[] message : sent) {
      assertThat(MessageFrame.read(stream))
          .hasValueSatisfying(m -> assertThat(m).isEqualTo(message));
    }
    assertThat(MessageFrame.read(stream)).isEmpty();
  }

  @Property(tries = 200)
  void aStreamThatEndsWithinAFrameIsNotTakenForOneThatIsOver(
      @ForAll @Size(max = 40) byte[] message, @ForAll @IntRange(max = 43) int cut)
      throws IOException {
    byte[] frame = framed(List.of(message));
    int kept = Math.min(cut, frame.length - 1);
    ByteArrayInputStream stream = new ByteArrayInputStream(Arrays.copyOf(frame, kept));
    if (kept == 0) {
      assertThat(MessageFrame.read(stream)).isEqualTo(Optional.empty());
    } else {
      assertThatThrownBy(() -> MessageFrame.read(stream)).isInstanceOf(EOFException.class);
    }
  }

  @Property(tries = 200)
  void nothingAfterALengthBeyondTheLongestMessageIsRead(@ForAll int announced) {
    int length = announced >= 0 && announced <= 16_384 ? announced + 16_385 : announced;
    byte[] head = {
      (byte) (length >> 24), (byte) (length >> 16), (byte) (length >> 8), (byte) length
    };
    ByteArrayInputStream stream = new ByteArrayInputStream(Arrays.copyOf(head, 100));
    assertThatThrownBy(() -> MessageFrame.read(stream)).isInstanceOf(MessageFrame.TooLong.class);
    assertThat(stream.available()).isEqualTo(96);
    assertThatThrownBy(() -> MessageFrame.write(new ByteArrayOutputStream(), new byte[16_385]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] framed(List<byte[]> messages) throws IOException {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    for (byte[] message : messages) {
      MessageFrame.write(stream, message);
    }
    return stream.toByteArray();
  }
}
