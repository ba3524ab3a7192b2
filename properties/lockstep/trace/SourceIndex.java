package lockstep.trace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Finds the file and line where a compiled class, a member or a citation stands in the source. */
final class SourceIndex {

  private final Path project;
  private final List<String> roots;
  private final Map<String, Source> sources = new HashMap<>();

  /**
   * @param project the project's directory
   * @param roots source folders relative to it
   */
  SourceIndex(Path project, List<String> roots) {
    this.project = project;
    this.roots = List.copyOf(roots);
  }

  private record Source(String file, List<String> lines) {}

  /** Where the class or, unless empty, its member is declared. */
  CodePlace declaration(Class<?> type, String member) {
    Source source = source(type);
    String name = member.isEmpty() ? type.getSimpleName() : member;
    return new CodePlace(
        type.getName(), member, source.file(), lineOf(source.lines(), mention(name), 0) + 1);
  }

  /**
   * Where the annotation with this citation stands: of several, the one that is closest above a
   * mention of the declared name.
   */
  CodePlace citation(Class<?> type, String member, String citation) {
    Source source = source(type);
    List<String> lines = source.lines();
    Pattern quoted = Pattern.compile(Pattern.quote("\"" + citation + "\""));
    Pattern name = mention(member.isEmpty() ? type.getSimpleName() : member);
    int best = 0;
    int bestDistance = Integer.MAX_VALUE;
    for (int i = 0; i < lines.size(); i++) {
      if (quoted.matcher(lines.get(i)).find()) {
        int distance = lineOf(lines, name, i) - i;
        if (distance >= 0 && distance < bestDistance) {
          best = i;
          bestDistance = distance;
        }
      }
    }
    return new CodePlace(type.getName(), member, source.file(), best + 1);
  }

  private static Pattern mention(String name) {
    return Pattern.compile("\\b" + Pattern.quote(name) + "\\b\\s*([({;=<]|extends|implements|$)");
  }

  /** The index of the first line from {@code from} on that matches; 0 if none does. */
  private static int lineOf(List<String> lines, Pattern pattern, int from) {
    for (int i = from; i < lines.size(); i++) {
      if (pattern.matcher(lines.get(i)).find()) {
        return i;
      }
    }
    return 0;
  }

  private Source source(Class<?> type) {
    String name = type.getName();
    int nested = name.indexOf('$');
    String topLevel = nested < 0 ? name : name.substring(0, nested);
    return sources.computeIfAbsent(topLevel, this::load);
  }

  private Source load(String topLevel) {
    String path = topLevel.replace('.', '/') + ".java";
    for (String root : roots) {
      Path file = project.resolve(root).resolve(path);
      if (Files.isRegularFile(file)) {
        try {
          return new Source(root + "/" + path, Files.readAllLines(file));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return new Source(path, List.of());
  }
}
