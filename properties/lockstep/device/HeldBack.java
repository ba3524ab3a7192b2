package lockstep.device;

import java.io.IOException;
import java.util.Optional;
import lockstep.device.vault.VaultClient;
import lockstep.wire.Request;

/** A network that keeps the first Activate back, and delivers it before a later exchange. */
public final class HeldBack implements VaultClient {

  private final VaultClient client;
  private Optional<byte[]> held = Optional.empty();
  private boolean delivered;
  private int exchangesLeft;

  /** Delivers it before the exchange of that place, counted from 0, after it was held back. */
  public HeldBack(VaultClient client, int place) {
    this.client = client;
    this.exchangesLeft = place;
  }

  @Override
  public byte[] exchange(byte[] request) throws IOException {
    if (held.isEmpty() && Request.decode(request).orElseThrow() instanceof Request.Activate) {
      held = Optional.of(request);
      throw new IOException("no reply yet");
    }
    if (held.isPresent() && !delivered && exchangesLeft-- == 0) {
      delivered = true;
      client.exchange(held.get());
    }
    return client.exchange(request);
  }
}
