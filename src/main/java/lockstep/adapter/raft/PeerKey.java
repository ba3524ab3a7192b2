package lockstep.adapter.raft;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import lockstep.spec.Decides;
import org.apache.ratis.grpc.GrpcTlsConfig;
import org.apache.ratis.security.TlsConf;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SslProvider;

/**
 * The certificate and key that all nodes of a vault share. Each of them holds the vault's whole
 * secret anyway, so that who has one of them could not be kept out by another key.
 */
@Decides("REP-6")
public final class PeerKey {

  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";

  private final X509Certificate certificate;
  private final PrivateKey key;

  private PeerKey(X509Certificate certificate, PrivateKey key) {
    this.certificate = certificate;
    this.key = key;
  }

  /**
   * Reads both from PEM files; the key is one on an elliptic curve, in PKCS#8.
   *
   * @throws IOException if a file cannot be read or holds something else
   */
  public static PeerKey read(Path certificate, Path key) throws IOException {
    byte[] chain = Files.readAllBytes(certificate);
    String text = new String(Files.readAllBytes(key), StandardCharsets.ISO_8859_1);
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IOException("no key in PKCS#8");
    }
    try {
      byte[] encoded = Base64.getMimeDecoder().decode(text.substring(begin + BEGIN.length(), end));
      return new PeerKey(
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(chain)),
          KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded)));
    } catch (GeneralSecurityException | IllegalArgumentException none) {
      throw new IOException("no certificate and key of a group's", none);
    }
  }

  /** Both sides show it, in TLS 1.3, and take nothing else. */
  GrpcTlsConfig tls() {
    TlsConf.Builder builder = GrpcTlsConfig.newBuilder();
    builder
        .setName("peers")
        .setMutualTls(true)
        .setSslProvider(SslProvider.JDK)
        .setProtocols("TLSv1.3")
        .setPrivateKey(new TlsConf.PrivateKeyConf(key))
        .setKeyCertificates(new TlsConf.CertificatesConf(certificate))
        .setTrustManager(new OnlyThis(certificate));
    return (GrpcTlsConfig) builder.build();
  }

  /** Trusts one certificate, whatever its dates and names say: it is exchanged by hand. */
  private static final class OnlyThis extends X509ExtendedTrustManager {

    private final X509Certificate certificate;

    private OnlyThis(X509Certificate certificate) {
      this.certificate = certificate;
    }

    private void require(X509Certificate[] chain) throws CertificateException {
      if (chain.length == 0 || !chain[0].equals(certificate)) {
        throw new CertificateException("not a node of this vault");
      }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      require(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      require(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      require(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      require(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      require(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      require(chain);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
