package lockstep.device;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import lockstep.device.vault.VaultClient;
import lockstep.wire.Request;

/** A network that notes which requests passed. */
public final class Messages implements VaultClient {

  private final VaultClient client;
  public final List<Request> passed = new ArrayList<>();

  public Messages(VaultClient client) {
    this.client = client;
  }

  public long count(Class<? extends Request> kind) {
    return passed.stream().filter(kind::isInstance).count();
  }

  @Override
  public byte[] exchange(byte[] request) throws IOException {
    passed.add(Request.decode(request).orElseThrow());
    return client.exchange(request);
  }
}
