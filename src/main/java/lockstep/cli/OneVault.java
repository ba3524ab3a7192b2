package lockstep.cli;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Optional;
import java.util.Set;
import lockstep.adapter.server.Standing;
import lockstep.adapter.vaultstore.SweptVault;
import lockstep.spec.Implements;

/**
 * A vault that this process serves alone.
 *
 * @param vault the vault
 * @param address where it listens for devices
 * @param operators where it listens for operators
 */
@Implements({"NET-6~2", "OPS-2"})
record OneVault(SweptVault vault, InetSocketAddress address, Optional<InetSocketAddress> operators)
    implements VaultListening.Announcement {

  private static final Set<String> ALL = Set.of("0.0.0.0", "[::]");
  private static final String LOOPBACK = "127.0.0.1";

  @Override
  public String addresses(int port) {
    String host = address.getHostString();
    return "https://" + (ALL.contains(host) ? reachable().orElse(LOOPBACK) : host) + ":" + port;
  }

  @Override
  public Standing standing() {
    return vault.isTroubled() ? Standing.TROUBLED : Standing.SERVES;
  }

  /** An address of this machine at which others reach it, if it has one. */
  private static Optional<String> reachable() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .filter(one -> one instanceof Inet4Address)
          .filter(one -> !one.isLoopbackAddress() && !one.isLinkLocalAddress())
          .map(InetAddress::getHostAddress)
          .findFirst();
    } catch (SocketException none) {
      return Optional.empty();
    }
  }
}
