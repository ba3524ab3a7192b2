package lockstep.adapter.remote;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Date;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import lockstep.spec.Decides;
import lockstep.wire.Bytes;
import lockstep.wire.Sha256;

/**
 * Trusts the one public key that was named, while its certificate is valid. Under which host name
 * it is found does not matter.
 */
@Decides("DOR-9")
final class PinnedKey extends X509ExtendedTrustManager {

  private final Bytes digest;
  private final InstantSource clock;

  /** Trusts the key whose SubjectPublicKeyInfo has that SHA-256. */
  PinnedKey(Bytes digest, InstantSource clock) {
    this.digest = digest;
    this.clock = clock;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    if (!Sha256.of(chain[0].getPublicKey().getEncoded()).equals(digest)) {
      throw new CertificateException("another key than the one that was named");
    }
    chain[0].checkValidity(Date.from(clock.instant()));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    checkServerTrusted(chain, type);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    checkServerTrusted(chain, type);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("a device trusts no client");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    checkClientTrusted(chain, type);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    checkClientTrusted(chain, type);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
