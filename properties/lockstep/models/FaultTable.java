package lockstep.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The planted faults of {@code spec/faults/*.txt}. A fault is a block of lines:
 *
 * <pre>
 * LIM-3 check too late: six attempts for five
 * harms a thief gets a sixth guess in each round
 * in LimiterDecision
 * -     this.attempts = attempts;
 * +     this.attempts = attempts + 1;
 * </pre>
 *
 * <p>Lines that begin with {@code -} are what stands in the source, once; those with {@code +} are
 * what the fault puts there. White space counts as one space. A line {@code open …} says why no
 * test sees the fault yet; {@code #} begins a comment. Where two classes share a name, the last
 * part of the package stands before it: {@code in cli.Answer}. A revision after the clause counts
 * for nothing.
 */
public final class FaultTable {

  /** The folder, relative to the project. */
  public static final String FOLDER = "spec/faults";

  /** The ways in which programs go wrong that authors of faults go through. */
  public static final List<String> KINDS =
      List.of(
          "check left out",
          "check of the wrong thing",
          "check too late",
          "compares less than all",
          "field left out",
          "order of durable steps",
          "less entropy",
          "single use reused",
          "kept too long",
          "dropped too early",
          "wrong of two outcomes",
          "one of two modes",
          "another clock",
          "silent",
          "durability weakened",
          "wiping or constant time left out",
          "one platform only",
          "wrong value");

  private static final Pattern HEAD =
      Pattern.compile("([A-Z]{2,6}-[1-9][0-9]{0,4})(?:~[1-9][0-9]*)? ([a-z ]+): (\\S.*)");

  private final Path sourceRoot;
  private final Map<String, Path> sources;
  private final List<PlantedFault> faults = new ArrayList<>();
  private final List<Misfit> misfits = new ArrayList<>();

  private FaultTable(Path project) throws IOException {
    this.sourceRoot = project.resolve("src/main/java");
    this.sources = sources(sourceRoot);
  }

  /** The faults of every file, in the files' order. */
  public static FaultTable read(Path project) throws IOException {
    FaultTable table = new FaultTable(project);
    Path folder = project.resolve(FOLDER);
    if (Files.isDirectory(folder)) {
      List<Path> files;
      try (Stream<Path> all = Files.list(folder)) {
        files = all.filter(f -> f.toString().endsWith(".txt")).sorted().toList();
      }
      for (Path file : files) {
        table.add(FOLDER + "/" + file.getFileName(), Files.readAllLines(file));
      }
    }
    Set<String> names = new HashSet<>();
    table.faults.stream()
        .filter(f -> !names.add(f.name()))
        .forEach(f -> table.misfit(f.file(), f.line(), f.name() + " is listed twice"));
    return table;
  }

  /** The faults of one file that lies elsewhere, relative to the project. */
  public static FaultTable read(Path project, String file) throws IOException {
    FaultTable table = new FaultTable(project);
    table.add(file, Files.readAllLines(project.resolve(file)));
    return table;
  }

  public List<PlantedFault> faults() {
    return List.copyOf(faults);
  }

  /** What is not in the form. */
  public List<Misfit> misfits() {
    return List.copyOf(misfits);
  }

  /** What could not be planted: the class is none of the product's, the text not there once. */
  public List<Misfit> unplantable() throws IOException {
    Map<String, String> texts = new HashMap<>();
    List<Misfit> unplantable = new ArrayList<>();
    for (PlantedFault fault : faults) {
      try {
        String type = fault.type();
        if (!texts.containsKey(type)) {
          texts.put(type, Files.readString(source(fault)));
        }
        planted(fault, texts.get(type));
      } catch (IllegalArgumentException e) {
        String message = fault.name() + ": " + e.getMessage();
        unplantable.add(new Misfit(fault.file(), fault.line(), message));
      }
    }
    return unplantable;
  }

  /**
   * What is wrong with the table itself.
   *
   * @param file relative to the project
   * @param line counted from 1
   */
  public record Misfit(String file, int line, String message) {

    /** {@code file:line: message}, as editors understand it. */
    @Override
    public String toString() {
      return file + ":" + line + ": " + message;
    }
  }

  private void misfit(String file, int line, String message) {
    misfits.add(new Misfit(file, line, message));
  }

  private void add(String file, List<String> lines) {
    int at = 0;
    while (at < lines.size()) {
      if (lines.get(at).isBlank() || lines.get(at).startsWith("#")) {
        at++;
        continue;
      }
      int end = at;
      while (end < lines.size() && !lines.get(end).isBlank()) {
        end++;
      }
      block(file, at + 1, lines.subList(at, end));
      at = end;
    }
  }

  private void block(String file, int line, List<String> lines) {
    Matcher head = HEAD.matcher(lines.get(0));
    String harms = after("harms ", lines);
    String type = after("in ", lines);
    String from = after("- ", lines);
    String to = after("+ ", lines);
    boolean known = head.matches() && KINDS.contains(head.group(2));
    boolean whole = !harms.isBlank() && type.matches("([a-z]+\\.)?[A-Za-z0-9]+") && !from.isBlank();
    if (!known || !whole || from.equals(to)) {
      misfit(
          file,
          line,
          "a fault is `CLAUSE kind: title`, `harms …`, `in Class`, `- from`, `+ to`, and its kind"
              + " one of "
              + KINDS);
      return;
    }
    faults.add(
        new PlantedFault(
            head.group(1),
            head.group(2),
            head.group(3),
            harms,
            type,
            from,
            to,
            after("open ", lines),
            file,
            line));
  }

  private static String after(String prefix, List<String> lines) {
    String bare = prefix.strip();
    return lines.stream()
        .skip(1)
        .filter(l -> l.startsWith(prefix) || l.equals(bare))
        .map(l -> l.equals(bare) ? "" : l.substring(prefix.length()))
        .collect(Collectors.joining("\n"));
  }

  /**
   * The product's sources by the simple names of their outermost classes, and by those with the
   * last part of the package; a simple name that two classes share stands for neither.
   */
  private static Map<String, Path> sources(Path root) throws IOException {
    Map<String, Path> sources = new HashMap<>();
    Set<String> shared = new HashSet<>();
    List<Path> files;
    try (Stream<Path> all = Files.walk(root)) {
      files = all.filter(f -> f.toString().endsWith(".java")).toList();
    }
    for (Path file : files) {
      String name = file.getFileName().toString().replace(".java", "");
      sources.put(file.getParent().getFileName() + "." + name, file);
      if (sources.put(name, file) != null) {
        shared.add(name);
      }
    }
    sources.keySet().removeAll(shared);
    return sources;
  }

  /** The class that the fault is in, with its package; its simple name where there is none. */
  public String typeName(PlantedFault fault) {
    Path source = sources.get(fault.type());
    return source == null
        ? fault.type()
        : sourceRoot.relativize(source).toString().replace(".java", "").replace('/', '.');
  }

  /**
   * The product with the fault in it.
   *
   * @throws IllegalArgumentException unless the text stands in the source exactly once
   * @throws IllegalStateException if that does not compile
   */
  public FaultyJava plant(PlantedFault fault) throws IOException {
    String text = Files.readString(source(fault));
    return FaultyJava.with(fault.name(), typeName(fault), planted(fault, text));
  }

  private Path source(PlantedFault fault) {
    Path source = sources.get(fault.type());
    if (source == null) {
      throw new IllegalArgumentException(
          fault.type()
              + " is no class, or more than one; the last part of the package tells them apart:"
              + " cli.Answer");
    }
    return source;
  }

  static String planted(PlantedFault fault, String source) {
    String spaced =
        Stream.of(fault.from().strip().split("\\s+"))
            .map(Pattern::quote)
            .collect(Collectors.joining("\\s+"));
    Matcher found = Pattern.compile(spaced).matcher(source);
    if (!found.find()) {
      throw new IllegalArgumentException("stands nowhere in " + fault.type());
    }
    int start = found.start();
    int end = found.end();
    if (found.find()) {
      throw new IllegalArgumentException("stands more than once in " + fault.type());
    }
    return source.substring(0, start) + fault.to().strip() + source.substring(end);
  }
}
