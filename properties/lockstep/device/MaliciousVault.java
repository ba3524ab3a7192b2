package lockstep.device;

import java.io.IOException;
import java.util.function.BiFunction;
import lockstep.device.vault.VaultClient;
import lockstep.vault.VaultIdentity;
import lockstep.wire.Reply;
import lockstep.wire.Request;
import lockstep.wire.SignedReply;

/** The real vault, turned by its operator: what it answers is replaced and signed as its own. */
public final class MaliciousVault implements VaultClient {

  private final VaultSite site;
  private final VaultIdentity identity;
  private final BiFunction<Request, Reply, Reply> twist;

  public MaliciousVault(VaultSite site, BiFunction<Request, Reply, Reply> twist) {
    this.site = site;
    this.identity = site.identity();
    this.twist = twist;
  }

  @Override
  public byte[] exchange(byte[] request) throws IOException {
    Reply honest = SignedReply.decode(site.exchange(request)).orElseThrow().reply();
    return identity.answer(request, twist.apply(Request.decode(request).orElseThrow(), honest));
  }
}
