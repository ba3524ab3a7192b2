package lockstep.vectors;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** The revision in which each clause is in force, as {@code spec/clauses.lock} pins it. */
public final class ClauseRevisions {

  private static final String LOCK = "/lockstep/spec/clauses.lock";
  private static final Map<String, String> REVISIONS = read();

  private ClauseRevisions() {}

  /** The clause as a vector cites it: {@code LIM-3~1}. */
  public static String cite(String clause) {
    String revision = REVISIONS.get(clause);
    if (revision == null) {
      throw new IllegalStateException("no clause " + clause);
    }
    return clause + revision;
  }

  private static Map<String, String> read() {
    try (InputStream lock = ClauseRevisions.class.getResourceAsStream(LOCK)) {
      if (lock == null) {
        throw new IllegalStateException("the artifact carries no spec");
      }
      return new String(lock.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split(" ", -1))
          .filter(words -> words.length > 2 && words[1].startsWith("~"))
          .collect(Collectors.toMap(words -> words[0], words -> words[1]));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
