package lockstep.conformance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lockstep.spec.Decides;

/**
 * The failures that a testee's authors know of: one line each, a case's id and how it fails, such
 * as {@code payload-0012 rejected:WrongKey}. A {@code #} begins a comment.
 */
@Decides("CNF-5")
public final class KnownFailures {

  private static final Pattern LINE =
      Pattern.compile("(\\S+)\\s+((?:rejected|result):\\S+|error|crash|hang|garbage)");

  private final Map<String, String> kindById;

  private KnownFailures(Map<String, String> kindById) {
    this.kindById = kindById;
  }

  /** A list without entries. */
  public static KnownFailures none() {
    return new KnownFailures(Map.of());
  }

  /** Reads a list; empty if a line is neither an entry nor a comment, or a case stands twice. */
  public static Optional<KnownFailures> read(List<String> lines) {
    Map<String, String> kinds = new LinkedHashMap<>();
    for (String line : lines) {
      String entry = line.replaceFirst("(^|\\s)#.*", "").strip();
      Matcher matcher = LINE.matcher(entry);
      if (!entry.isEmpty()
          && (!matcher.matches() || kinds.put(matcher.group(1), matcher.group(2)) != null)) {
        return Optional.empty();
      }
    }
    return Optional.of(new KnownFailures(kinds));
  }

  /** How a case is known to fail. */
  Optional<String> kindOf(String id) {
    return Optional.ofNullable(kindById.get(id));
  }

  /** The ids listed. */
  List<String> ids() {
    return List.copyOf(kindById.keySet());
  }
}
