package lockstep.adapter.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import lockstep.device.vault.VaultClient;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import lockstep.wire.Bytes;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Serves a vault over HTTPS until it is closed. */
@Decides("NET-1~2")
@Implements({"NET-2~2", "NET-5", "NET-6~2"})
public final class HttpsService implements AutoCloseable {

  private static final int MAX_HEADER_BYTES = 8 * 1024;
  private static final int MAX_CONNECTIONS = 4_000;
  private static final int THREADS_BESIDE_WORK = 16;
  private static final Duration FAREWELL = Duration.ofSeconds(10);

  private final Server server;
  private final ServerConnector connector;
  private final Bytes keyDigest;
  private final ScheduledExecutorService chores =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "vault chores");
            thread.setDaemon(true);
            return thread;
          });

  private HttpsService(Server server, ServerConnector connector, Bytes keyDigest) {
    this.server = server;
    this.connector = connector;
    this.keyDigest = keyDigest;
  }

  /** Where certificate and key are, how often they are looked at, who hears of useless ones. */
  public record Tls(Path certificates, Path key, Duration interval, Runnable unusable) {}

  /**
   * Serves {@code vault}, which stays the caller's to close.
   *
   * @throws ServerCertificate.Unusable if certificate or key are none, or cannot be read
   * @throws IOException if the address cannot be listened on
   */
  public static HttpsService start(
      VaultClient vault, InetSocketAddress address, Tls tls, ServiceLimits limits)
      throws IOException {
    WatchedCertificate certificate = new WatchedCertificate(tls.certificates(), tls.key());
    SslContextFactory.Server context = context(certificate.current());
    Server server =
        new Server(
            new QueuedThreadPool(limits.atWork() + THREADS_BESIDE_WORK, THREADS_BESIDE_WORK));
    OpenConnections connections = new OpenConnections(limits);
    ServerConnector connector = connector(server, context, address);
    connector.addBean(connections);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, server));
    Turns turns = new Turns(limits.atWork(), limits.waiting());
    server.setHandler(new GracefulHandler(new ExchangeHandler(vault, connections, turns)));
    server.setStopTimeout(FAREWELL.toMillis());
    HttpsService service = new HttpsService(server, connector, certificate.current().keyDigest());
    service.begin();
    service.every(connections.interval(), connections::endTheSlow);
    service.every(tls.interval(), () -> certificate.look(context, tls.unusable()));
    return service;
  }

  private static SslContextFactory.Server context(ServerCertificate certificate)
      throws IOException {
    SslContextFactory.Server context = new SslContextFactory.Server();
    context.setExcludeProtocols();
    context.setIncludeProtocols("TLSv1.3");
    context.setKeyStorePassword(ServerCertificate.PASSWORD);
    try {
      context.setKeyStore(certificate.inMemory());
    } catch (GeneralSecurityException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
    return context;
  }

  private static ServerConnector connector(
      Server server, SslContextFactory.Server context, InetSocketAddress address) {
    HttpConfiguration http = new HttpConfiguration();
    http.setRequestHeaderSize(MAX_HEADER_BYTES);
    http.setSendServerVersion(false);
    http.setSendDateHeader(false);
    // Who pinned the key may know the server by any name.
    http.addCustomizer(new SecureRequestCustomizer(false));
    ServerConnector connector =
        new ServerConnector(
            server, new SslConnectionFactory(context, "http/1.1"), new HttpConnectionFactory(http));
    connector.setHost(address.getHostString());
    connector.setPort(address.getPort());
    return connector;
  }

  private void begin() throws IOException {
    try {
      server.start();
    } catch (Exception failed) {
      close();
      throw failed instanceof IOException unusable ? unusable : new IOException(failed);
    }
  }

  private void every(Duration interval, Runnable chore) {
    long nanos = interval.toNanos();
    ScheduledFuture<?> unused =
        chores.scheduleWithFixedDelay(chore, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /** The port that it listens on. */
  public int port() {
    return connector.getLocalPort();
  }

  /** SHA-256 of the public key that it began with, 32 bytes. */
  public Bytes keyDigest() {
    return keyDigest;
  }

  /** Takes no new request, answers those that are whole, and ends. */
  @Override
  public void close() {
    chores.shutdownNow();
    try {
      server.stop();
    } catch (Exception impatient) {
      // What did not end in time is cut off.
    }
  }
}
