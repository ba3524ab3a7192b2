package lockstep.adapter.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import lockstep.device.vault.VaultClient;
import lockstep.spec.Decides;
import lockstep.wire.MessageFrame;

/** Serves a vault on a pair of streams: one reply for each request, in their order. */
@Decides("DOR-2")
public final class StreamService {

  private static final byte[] NO_REPLY = {};

  private final VaultClient vault;

  /** A service of that vault, which stays the caller's to close. */
  public StreamService(VaultClient vault) {
    this.vault = vault;
  }

  /**
   * Serves until {@code requests} ends between two frames. Neither stream is closed.
   *
   * @throws MessageFrame.TooLong if a request is longer than any message
   * @throws IOException if a stream fails, or ends within a frame
   */
  public void serve(InputStream requests, OutputStream replies) throws IOException {
    Optional<byte[]> request = MessageFrame.read(requests);
    while (request.isPresent()) {
      MessageFrame.write(replies, reply(request.get()));
      request = MessageFrame.read(requests);
    }
  }

  // The damage of one account's state is no reason to leave all others without a vault.
  private byte[] reply(byte[] request) {
    try {
      return vault.exchange(request);
    } catch (IOException cannotAnswer) {
      return NO_REPLY;
    }
  }
}
