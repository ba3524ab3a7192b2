package lockstep.adapter.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import lockstep.spec.Implements;
import lockstep.wire.Bytes;
import lockstep.wire.Sha256;
import lockstep.wire.WireWriter;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Two files that are looked at again and again, and what they held when they were last usable. */
@Implements("NET-5")
final class WatchedCertificate {

  private final Path certificates;
  private final Path key;
  private Bytes seen;
  private boolean told;
  private final ServerCertificate current;

  WatchedCertificate(Path certificates, Path key) throws ServerCertificate.Unusable {
    this.certificates = certificates;
    this.key = key;
    byte[] chain;
    byte[] secret;
    try {
      chain = Files.readAllBytes(certificates);
      secret = Files.readAllBytes(key);
    } catch (IOException notThere) {
      throw new ServerCertificate.Unusable(notThere);
    }
    this.seen = digest(chain, secret);
    this.current = ServerCertificate.of(chain, secret);
  }

  /** What they held at first. */
  ServerCertificate current() {
    return current;
  }

  /** Has new connections use what the files hold now; tells once of what cannot be used. */
  void look(SslContextFactory.Server context, Runnable unusable) {
    try {
      byte[] chain = Files.readAllBytes(certificates);
      byte[] secret = Files.readAllBytes(key);
      Bytes now = digest(chain, secret);
      if (!now.equals(seen)) {
        KeyStore changed = ServerCertificate.of(chain, secret).inMemory();
        context.reload(renewed -> renewed.setKeyStore(changed));
        seen = now;
      }
      told = false;
    } catch (Exception cannotBeUsed) {
      if (!told) {
        unusable.run();
      }
      told = true;
    }
  }

  private static Bytes digest(byte[] chain, byte[] secret) {
    return Sha256.of(new WireWriter().bytes32(chain).bytes32(secret).toByteArray());
  }
}
