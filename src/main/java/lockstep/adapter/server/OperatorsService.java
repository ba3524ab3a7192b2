package lockstep.adapter.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Tells operators how a service stands, until it is closed; nothing can be changed through it. */
@Decides("OPS-1")
@Implements({"OPS-2", "OPS-3"})
public final class OperatorsService implements AutoCloseable {

  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String OPEN_METRICS =
      "application/openmetrics-text; version=1.0.0; charset=utf-8";
  private static final int MAX_CONNECTIONS = 16;
  private static final int THREADS = 6;
  private static final int IDLE_MILLIS = 10_000;

  private final Server server;
  private final ServerConnector connector;

  private OperatorsService(Server server, ServerConnector connector) {
    this.server = server;
    this.connector = connector;
  }

  /**
   * Listens there, without TLS.
   *
   * @throws IOException if the address cannot be listened on
   */
  public static OperatorsService start(
      InetSocketAddress address, Supplier<Standing> standing, ExchangeCounts counts)
      throws IOException {
    Server server = new Server(new QueuedThreadPool(THREADS, 1));
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendDateHeader(false);
    ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(address.getHostString());
    connector.setPort(address.getPort());
    connector.setIdleTimeout(IDLE_MILLIS);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, server));
    server.setHandler(new Pages(standing, counts));
    OperatorsService service = new OperatorsService(server, connector);
    try {
      server.start();
      return service;
    } catch (Exception failed) {
      service.close();
      throw failed instanceof IOException unusable ? unusable : new IOException(failed);
    }
  }

  /** The port that it listens on. */
  public int port() {
    return connector.getLocalPort();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception impatient) {
      // What did not end in time is cut off.
    }
  }

  private static final class Pages extends Handler.Abstract {

    private final Supplier<Standing> standing;
    private final ExchangeCounts counts;

    private Pages(Supplier<Standing> standing, ExchangeCounts counts) {
      this.standing = standing;
      this.counts = counts;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      if (!HttpMethod.GET.is(request.getMethod())) {
        page(response, HttpStatus.METHOD_NOT_ALLOWED_405, TEXT, "", callback);
        return true;
      }
      Standing now = standing.get();
      switch (String.valueOf(request.getHttpURI().getPath())) {
        case "/live" -> page(response, HttpStatus.OK_200, TEXT, "live\n", callback);
        case "/ready" -> {
          int status = now.isReady() ? HttpStatus.OK_200 : HttpStatus.SERVICE_UNAVAILABLE_503;
          page(response, status, TEXT, now.word() + "\n", callback);
        }
        case "/metrics" ->
            page(response, HttpStatus.OK_200, OPEN_METRICS, counts.text(now), callback);
        default -> page(response, HttpStatus.NOT_FOUND_404, TEXT, "", callback);
      }
      return true;
    }

    private static void page(
        Response response, int status, String type, String text, Callback callback) {
      response.setStatus(status);
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
      response.write(true, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), callback);
    }
  }
}
