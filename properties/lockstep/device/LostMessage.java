package lockstep.device;

import java.io.IOException;
import lockstep.device.vault.VaultClient;

/** A network that loses one message: the request or the reply of one exchange. */
public final class LostMessage implements VaultClient {

  private final VaultClient client;
  private final int place;
  private int exchanges;

  public LostMessage(VaultClient client, int place) {
    this.client = client;
    this.place = place;
  }

  public boolean wasLost() {
    return exchanges > place / 2;
  }

  @Override
  public byte[] exchange(byte[] request) throws IOException {
    boolean here = exchanges++ == place / 2;
    if (here && place % 2 == 0) {
      throw new IOException("request lost");
    }
    byte[] reply = client.exchange(request);
    if (here) {
      throw new IOException("reply lost");
    }
    return reply;
  }
}
