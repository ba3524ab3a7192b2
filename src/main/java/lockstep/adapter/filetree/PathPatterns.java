package lockstep.adapter.filetree;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import org.eclipse.jgit.ignore.FastIgnoreRule;

/** Patterns of paths, as {@code gitignore} has them; the last that matches decides. */
@Decides("BAK-40")
public final class PathPatterns {

  private final List<FastIgnoreRule> lastFirst;
  private final boolean withAllBelow;

  private PathPatterns(List<String> lines, boolean withAllBelow) {
    List<FastIgnoreRule> rules = new ArrayList<>();
    for (String line : lines) {
      FastIgnoreRule rule = new FastIgnoreRule(line);
      if (!line.startsWith("#") && !rule.isEmpty()) {
        rules.add(rule);
      }
    }
    Collections.reverse(rules);
    this.lastFirst = List.copyOf(rules);
    this.withAllBelow = withAllBelow;
  }

  /** Patterns in their order, one a line; a line may be empty or a comment. */
  public static PathPatterns of(List<String> lines) {
    return new PathPatterns(lines, false);
  }

  /** Paths from the top, each with all below it; the same signs stand for others as in patterns. */
  @Implements("RST-31")
  public static PathPatterns fromTop(List<String> paths) {
    List<String> lines = new ArrayList<>();
    for (String path : paths) {
      String plain = path.startsWith("./") ? path.substring(2) : path;
      lines.add(plain.startsWith("/") || plain.startsWith("**/") ? plain : "/" + plain);
    }
    return new PathPatterns(lines, true);
  }

  /** Whether they match; of what lies below a match, {@link #fromTop} matches all. */
  public boolean match(String path, boolean isFolder) {
    Optional<FastIgnoreRule> last =
        lastFirst.stream().filter(rule -> rule.isMatch(path, isFolder, !withAllBelow)).findFirst();
    return last.isPresent() && last.get().getResult();
  }
}
