package lockstep.trace;

/** The parties, their trust zones and what passes between them, as inline SVG. */
final class ZonePicture {

  private ZonePicture() {}

  static String svg() {
    return """
    <figure>
    <svg viewBox="0 0 720 330" role="img" aria-labelledby="zones-title zones-text">
    <title id="zones-title">Parties and trust zones</title>
    <desc id="zones-text">The device, in the client zone, holds the root key. It gives sealed objects to the provider and
    speaks OPAQUE with the Backup Key Vault, in the server zone, which holds a sealed record and the attempts. The
    messenger gives the device account tokens. The network carries all of it and is trusted with nothing.</desc>
    %s%s%s%s%s%s%s%s</svg>
    <figcaption>Client zone and server zone share no code but <code>wire</code>, <code>secret</code>, <code>kernel</code>
    and the OPRF's arithmetic; the build enforces that wall (ARC-1).</figcaption>
    </figure>
    """
        .formatted(
            box("z1", 20, 20, "Device", "client zone", "root key, password, files"),
            box("z2", 20, 220, "Backup Key Vault", "server zone", "sealed record, attempts, mark"),
            box("z3", 440, 20, "Provider", "cloud, not trusted", "ciphertext objects only"),
            box("z4", 440, 220, "Messenger", "account authority", "identities, signs tokens"),
            arrow(280, 65, 436, 65, 290, 52, "sealed objects"),
            arrow(110, 112, 110, 216, 120, 150, "KE1, KE3"),
            arrow(200, 216, 200, 116, 210, 186, "KE2, release"),
            arrow(440, 235, 284, 100, 385, 165, "account token"));
  }

  private static String box(String zone, int x, int y, String name, String trust, String holds) {
    return """
    <g class="%s"><rect x="%d" y="%d" width="260" height="90" rx="8"/>
    <text x="%d" y="%d" class="name">%s</text><text x="%d" y="%d">%s</text><text x="%d" y="%d">%s</text></g>
    """
        .formatted(zone, x, y, x + 14, y + 28, name, x + 14, y + 52, trust, x + 14, y + 74, holds);
  }

  private static String arrow(int x1, int y1, int x2, int y2, int tx, int ty, String text) {
    double length = Math.hypot(x2 - x1, y2 - y1);
    double dx = (x2 - x1) / length;
    double dy = (y2 - y1) / length;
    return String.format(
            java.util.Locale.ROOT,
            "<path class=\"arrow\" d=\"M%d %d L%d %d M%.1f %.1f L%d %d L%.1f %.1f\"/>"
                + "<text x=\"%d\" y=\"%d\" class=\"flow\">%s</text>%n",
            x1,
            y1,
            x2,
            y2,
            x2 - 10 * dx - 5 * dy,
            y2 - 10 * dy + 5 * dx,
            x2,
            y2,
            x2 - 10 * dx + 5 * dy,
            y2 - 10 * dy - 5 * dx,
            tx,
            ty,
            text)
        .replace(System.lineSeparator(), "\n");
  }
}
