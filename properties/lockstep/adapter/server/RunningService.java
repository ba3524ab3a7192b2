package lockstep.adapter.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import lockstep.device.vault.VaultClient;
import lockstep.evidence.TestsFolder;
import lockstep.wire.Bytes;

/** A service on a real socket of this machine, with a certificate of its own. */
public final class RunningService implements AutoCloseable {

  private final Path folder;
  private final HttpsService service;
  private final AtomicInteger toldOfUseless = new AtomicInteger();

  /** Serves that vault with a certificate that is valid now. */
  public RunningService(VaultClient vault, ServiceLimits limits) throws IOException {
    this(vault, limits, Instant.now(), Duration.ofDays(1));
  }

  /** Serves that vault with a certificate that was made then. */
  public RunningService(VaultClient vault, ServiceLimits limits, Instant made, Duration validity)
      throws IOException {
    folder = Files.createTempDirectory(TestsFolder.path(), "tls");
    renew(made, validity);
    service =
        HttpsService.start(
            vault,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new HttpsService.Tls(
                certificate(), key(), Duration.ofMillis(20), toldOfUseless::incrementAndGet),
            limits);
  }

  void renew(Instant made, Duration validity) throws IOException {
    SelfSigned both = SelfSigned.make(made, validity, new SecureRandom());
    Files.write(key(), both.key());
    Files.write(certificate(), both.certificate());
  }

  Path certificate() {
    return folder.resolve("certificate.pem");
  }

  Path key() {
    return folder.resolve("key.pem");
  }

  int toldOfUseless() {
    return toldOfUseless.get();
  }

  /** Where a device finds it. */
  public URI address() {
    return URI.create("https://127.0.0.1:" + service.port());
  }

  /** What the device is told of its key. */
  public Bytes keyDigest() throws IOException {
    return ServerCertificate.of(Files.readAllBytes(certificate()), Files.readAllBytes(key()))
        .keyDigest();
  }

  /** What a server with that certificate makes its sockets by. */
  public static SSLContext context(ServerCertificate certificate) throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(certificate.inMemory(), ServerCertificate.PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  /** Certificate and key. */
  public static ServerCertificate pair(SelfSigned made) throws IOException {
    return ServerCertificate.of(made.certificate(), made.key());
  }

  /** A connection that takes any certificate, of that version of TLS. */
  SSLSocket connect(String version) throws IOException, GeneralSecurityException {
    return connect(version, InetAddress.getLoopbackAddress());
  }

  /** A connection that comes from that address of this machine. */
  SSLSocket connect(String version, InetAddress from) throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Anybody()}, null);
    SSLSocket socket =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), service.port(), from, 0);
    socket.setEnabledProtocols(new String[] {version});
    socket.setSoTimeout(10_000);
    return socket;
  }

  /** Looks at no certificate: what is tested is the server's side. */
  private static final class Anybody extends X509ExtendedTrustManager {

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  /** The first line and the headers of what comes back; empty where the connection is ended. */
  static String head(InputStream replies) throws IOException {
    StringBuilder head = new StringBuilder();
    int next = replies.read();
    while (next >= 0 && head.indexOf("\r\n\r\n") < 0) {
      head.append((char) next);
      next = head.indexOf("\r\n\r\n") < 0 ? replies.read() : next;
    }
    return head.toString();
  }

  static byte[] post(int length, byte[] body) {
    byte[] head =
        ("POST /v1/exchange HTTP/1.1\r\nHost: vault\r\nContent-Length: " + length + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    byte[] all = Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, all, head.length, body.length);
    return all;
  }

  @Override
  public void close() throws IOException {
    service.close();
    Files.deleteIfExists(certificate());
    Files.deleteIfExists(key());
    Files.delete(folder);
  }
}
