package lockstep.adapter.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import lockstep.spec.Verifies;
import lockstep.wire.MessageFrame;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** A vault on a pair of streams. */
@Verifies({"DOR-1", "DOR-2"})
class StreamServiceProperties {

  @Property(tries = 100)
  void eachRequestGetsItsReplyInOrderAlsoAfterOneThatCannotBeAnswered(
      @ForAll @Size(max = 6) List<@Size(max = 30) byte[]> requests) throws IOException {
    ByteArrayOutputStream replies = new ByteArrayOutputStream();
    new StreamService(StreamServiceProperties::reversed)
        .serve(new ByteArrayInputStream(framed(requests)), replies);
    ByteArrayInputStream read = new ByteArrayInputStream(replies.toByteArray());
    for (byte[] request : requests) {
      byte[] expected = isDamaged(request) ? new byte[0] : reversed(request);
      assertThat(MessageFrame.read(read))
          .hasValueSatisfying(r -> assertThat(r).isEqualTo(expected));
    }
    assertThat(MessageFrame.read(read)).isEmpty();
  }

  @Property(tries = 50)
  void whatIsAnsweredBeforeABrokenFrameStaysAnswered(
      @ForAll @Size(min = 1, max = 4) List<@Size(min = 1, max = 30) byte[]> requests,
      @ForAll @IntRange(min = 1, max = 4) int missing)
      throws IOException {
    int cut = Math.min(missing, requests.get(requests.size() - 1).length);
    byte[] stream = framed(requests);
    ByteArrayOutputStream replies = new ByteArrayOutputStream();
    byte[] broken = Arrays.copyOf(stream, stream.length - cut);
    assertThatThrownBy(
            () ->
                new StreamService(StreamServiceProperties::reversed)
                    .serve(new ByteArrayInputStream(broken), replies))
        .isInstanceOf(IOException.class);
    ByteArrayInputStream read = new ByteArrayInputStream(replies.toByteArray());
    List<byte[]> answered = new ArrayList<>();
    for (Optional<byte[]> reply = MessageFrame.read(read);
        reply.isPresent();
        reply = MessageFrame.read(read)) {
      answered.add(reply.get());
    }
    assertThat(answered).hasSize(requests.size() - 1);
  }

  private static boolean isDamaged(byte[] request) {
    return request.length > 0 && request[0] % 3 == 0;
  }

  private static byte[] reversed(byte[] request) throws IOException {
    if (isDamaged(request)) {
      throw new IOException("this account's state is damaged");
    }
    byte[] reply = new byte[request.length + 1];
    for (int i = 0; i < request.length; i++) {
      reply[request.length - i] = request[i];
    }
    return reply;
  }

  private static byte[] framed(List<byte[]> messages) throws IOException {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    for (byte[] message : messages) {
      MessageFrame.write(stream, message);
    }
    return stream.toByteArray();
  }
}
