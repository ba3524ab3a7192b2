package lockstep.adapter.filetree;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import lockstep.spec.Decides;
import lockstep.spec.Implements;

/** What of a source the user does not want in the backup. */
@Decides("BAK-41")
public final class Exclusion {

  private static final byte[] TAG = "CACHEDIR.TAG".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SIGNATURE =
      "Signature: 8a477f597d28d172789f06886806bc55".getBytes(StandardCharsets.US_ASCII);

  private final Optional<PathPatterns> patterns;
  private final boolean caches;

  /** Leaves out what the patterns match and, with {@code caches}, what marked folders hold. */
  public Exclusion(Optional<PathPatterns> patterns, boolean caches) {
    this.patterns = patterns;
    this.caches = caches;
  }

  /** Leaves nothing out. */
  public static Exclusion none() {
    return new Exclusion(Optional.empty(), false);
  }

  @Implements("BAK-40")
  boolean leavesOut(String path, boolean isFolder) {
    return patterns.isPresent() && patterns.get().match(path, isFolder);
  }

  /** The names in a folder that stay: of a marked one, the mark. */
  List<byte[]> staying(OpenDirectory folder, List<byte[]> names) {
    if (!caches || names.stream().noneMatch(name -> Arrays.equals(name, TAG))) {
      return names;
    }
    Path tag = Path.of(new String(TAG, StandardCharsets.US_ASCII));
    try {
      ListedAttributes listed = ListedAttributes.of(folder.path().resolve(tag));
      if (!listed.isRegularFile() || !begins(folder.open(tag, listed.identity()))) {
        return names;
      }
    } catch (IOException unreadable) {
      return names;
    }
    return List.of(TAG);
  }

  private static boolean begins(FileChannel tag) throws IOException {
    try (InputStream in = Channels.newInputStream(tag)) {
      return Arrays.equals(in.readNBytes(SIGNATURE.length), SIGNATURE);
    }
  }
}
