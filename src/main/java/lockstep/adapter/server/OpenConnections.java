package lockstep.adapter.server;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import lockstep.spec.Decides;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;

/**
 * Ends connections that are too slow in bringing a request, from the first byte of the handshake
 * on, and those that an address opens beyond its share.
 */
@Decides("NET-2~2")
final class OpenConnections implements Connection.Listener {

  private final int ofAddress;
  private final long patienceNanos;
  private final Map<Connection, Long> bringing = new ConcurrentHashMap<>();
  private final Map<String, Integer> addresses = new HashMap<>();

  OpenConnections(ServiceLimits limits) {
    this.ofAddress = limits.connectionsOfAddress();
    this.patienceNanos = limits.sending().toNanos();
  }

  @Override
  public void onOpened(Connection connection) {
    if (isTransport(connection)) {
      if (count(connection, 1) > ofAddress) {
        connection.getEndPoint().close();
      }
    } else {
      bringing.put(connection, System.nanoTime());
    }
  }

  @Override
  public void onClosed(Connection connection) {
    if (isTransport(connection)) {
      count(connection, -1);
    } else {
      bringing.remove(connection);
    }
  }

  /** A request is whole: its answer may take as long as it needs. */
  void brought(Connection connection) {
    bringing.remove(connection);
  }

  /** It is answered: the next one's time begins. */
  void answered(Connection connection) {
    if (connection.getEndPoint().isOpen()) {
      bringing.put(connection, System.nanoTime());
    }
  }

  /** Ends those whose time is over. */
  void endTheSlow() {
    long now = System.nanoTime();
    bringing.forEach(
        (connection, since) -> {
          if (now - since > patienceNanos) {
            bringing.remove(connection);
            connection.getEndPoint().close(null);
          }
        });
  }

  /** How often {@link #endTheSlow} is to be called. */
  Duration interval() {
    return Duration.ofNanos(patienceNanos / 10);
  }

  private synchronized int count(Connection connection, int change) {
    String address = RemoteAddress.of(connection.getEndPoint().getRemoteSocketAddress());
    Integer open = addresses.merge(address, change, (a, b) -> a + b == 0 ? null : a + b);
    return open == null ? 0 : open;
  }

  private static boolean isTransport(Connection connection) {
    return connection instanceof SslConnection;
  }
}
