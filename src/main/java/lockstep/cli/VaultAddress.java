package lockstep.cli;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import lockstep.spec.Implements;
import lockstep.wire.Bytes;
import org.jspecify.annotations.Nullable;

/** Where a vault listens, as one types it. */
@Implements({"DOR-9", "NET-6~2"})
final class VaultAddress {

  private static final int MAX_PORT = 65_535;
  private static final int MAX_NODES = 16;

  private VaultAddress() {}

  /** Whether this is meant as an address rather than as a folder. */
  static boolean isMeant(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.startsWith("https://") || lower.startsWith("http://");
  }

  /** One address, or one of each node with commas between them; empty for anything else. */
  @Implements("REP-9")
  static Optional<List<URI>> parseAll(String text) {
    List<URI> addresses = new ArrayList<>();
    for (String one : text.split(",", -1)) {
      Optional<URI> parsed = parse(one);
      if (parsed.isEmpty() || addresses.contains(parsed.get())) {
        return Optional.empty();
      }
      addresses.add(parsed.get());
    }
    return addresses.size() <= MAX_NODES ? Optional.of(List.copyOf(addresses)) : Optional.empty();
  }

  /** What is told where neither gives an address. */
  static Ended isNone() {
    return new Ended(
        Answer.usage(
            "What --vault names is no address of a vault.",
            "Write it like https://vault.example.org:8443, without a path."));
  }

  /** The digest of the server's key as it was typed, if it was; a usage error where it is none. */
  static Optional<Bytes> keyDigest(@Nullable String typed) {
    if (typed != null && !typed.matches("[0-9a-fA-F]{64}")) {
      throw new Ended(
          Answer.usage(
              "The value of --vault-tls-key is not 64 hexadecimal digits.",
              "Copy it from the line that lockstep vault serve printed."));
    }
    return Optional.ofNullable(typed).map(digits -> Bytes.copyOf(HexFormat.of().parseHex(digits)));
  }

  /** What {@link #parseAll} gives again. */
  static String text(List<URI> addresses) {
    return addresses.stream().map(URI::toString).collect(Collectors.joining(","));
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
