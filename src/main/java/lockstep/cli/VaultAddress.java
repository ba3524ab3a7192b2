package lockstep.cli;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import lockstep.spec.Implements;

/** Where a vault listens, as one types it. */
@Implements({"DOR-9", "NET-6"})
final class VaultAddress {

  private static final int MAX_PORT = 65_535;

  private VaultAddress() {}

  /** Whether this is meant as an address rather than as a folder. */
  static boolean isMeant(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.startsWith("https://") || lower.startsWith("http://");
  }

  /** {@code https://host} or {@code https://host:port}, and nothing else; empty otherwise. */
  static Optional<URI> parse(String text) {
    try {
      URI typed = new URI(text).parseServerAuthority();
      if (typed.getRawPath() == null || typed.getHost() == null) {
        return Optional.empty();
      }
      boolean bare =
          (typed.getRawPath().isEmpty() || typed.getRawPath().equals("/"))
              && typed.getRawQuery() == null
              && typed.getRawFragment() == null
              && typed.getRawUserInfo() == null;
      return "https".equalsIgnoreCase(typed.getScheme())
              && bare
              && typed.getPort() != 0
              && typed.getPort() <= MAX_PORT
          ? Optional.of(new URI("https", null, typed.getHost(), typed.getPort(), "/", null, null))
          : Optional.empty();
    } catch (URISyntaxException none) {
      return Optional.empty();
    }
  }

  /** {@code HOST:PORT}, to listen on; port 0 is one that is free. */
  static Optional<InetSocketAddress> toListenOn(String text) {
    try {
      URI typed = new URI("https://" + text).parseServerAuthority();
      return typed.getHost() != null
              && typed.getPort() >= 0
              && typed.getPort() <= MAX_PORT
              && typed.getRawAuthority().equals(text)
              && typed.getRawUserInfo() == null
          ? Optional.of(InetSocketAddress.createUnresolved(typed.getHost(), typed.getPort()))
          : Optional.empty();
    } catch (URISyntaxException none) {
      return Optional.empty();
    }
  }
}
