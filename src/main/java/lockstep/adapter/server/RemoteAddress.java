package lockstep.adapter.server;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import lockstep.spec.Implements;

/** Whom a connection is counted for. */
@Implements("NET-2~2")
final class RemoteAddress {

  private static final int SITE_BYTES = 8;

  private RemoteAddress() {}

  /** The same text for all addresses that one subscriber has: one of IPv4, a /64 of IPv6. */
  static String of(SocketAddress peer) {
    if (!(peer instanceof InetSocketAddress socket) || socket.isUnresolved()) {
      return "";
    }
    InetAddress address = socket.getAddress();
    byte[] bytes = address.getAddress();
    return HexFormat.of()
        .formatHex(address instanceof Inet6Address ? Arrays.copyOf(bytes, SITE_BYTES) : bytes);
  }
}
