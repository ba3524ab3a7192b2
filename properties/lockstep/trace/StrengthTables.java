package lockstep.trace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code spec/strength.md} accepts, each with its reason: mutants that no test can tell from
 * the code, citations whose test can deny no mutant, and classes that decide but whose survivors
 * are not worked off yet. A row that accepts nothing is a fault.
 */
final class StrengthTables {

  /** Relative to the project. */
  static final String FILE = "spec/strength.md";

  private static final Pattern EQUIVALENT =
      Pattern.compile("\\| EQV-[0-9]+ \\| `([^`]+)` \\| `([^`]+)` \\| ([^|]+) \\| ([^|]+) \\|");
  private static final Pattern WEAK =
      Pattern.compile("\\| WKC-[0-9]+ \\| `([^`]+)` \\| (\\S+~[0-9]+) \\| ([^|]+) \\|");
  private static final Pattern OPEN =
      Pattern.compile("\\| OPN-[0-9]+ \\| `([^`]+)` \\| ([^|]+) \\|");
  private static final Pattern HEAD = Pattern.compile("\\| id \\| .*|[|-]+");

  private record Equivalent(int row, String place, String line, String change) {}

  private record Weak(int row, String test, String clause, String reason) {}

  private final Path project;
  private final List<Equivalent> equivalents = new ArrayList<>();
  private final List<Weak> weak = new ArrayList<>();
  private final Map<String, Integer> open = new HashMap<>();
  private final List<String> malformed = new ArrayList<>();
  private final Set<Integer> used = ConcurrentHashMap.newKeySet();

  private StrengthTables(Path project) {
    this.project = project;
  }

  static StrengthTables read(Path project) throws IOException {
    StrengthTables tables = new StrengthTables(project);
    Path file = project.resolve(FILE);
    List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith("|") && !HEAD.matcher(lines.get(i)).matches()) {
        tables.row(i + 1, lines.get(i));
      }
    }
    return tables;
  }

  private void row(int number, String line) {
    Matcher equivalent = EQUIVALENT.matcher(line);
    Matcher excused = WEAK.matcher(line);
    Matcher notYet = OPEN.matcher(line);
    if (equivalent.matches()) {
      equivalents.add(
          new Equivalent(
              number, equivalent.group(1), equivalent.group(2), equivalent.group(3).strip()));
    } else if (excused.matches()) {
      weak.add(new Weak(number, excused.group(1), excused.group(2), excused.group(3).strip()));
    } else if (notYet.matches()) {
      open.put(notYet.group(1), number);
    } else {
      malformed.add(FILE + ":" + number + ": is no row of one of the tables");
    }
  }

  /** Whether a mutant that no test noticed is listed, by its place, line of source and change. */
  boolean lists(Mutant mutant) throws IOException {
    String line = sourceLine(mutant);
    for (Equivalent row : equivalents) {
      if (row.place().equals(mutant.type() + "." + mutant.method())
          && row.line().equals(line)
          && row.change().equals(mutant.numberedChange())) {
        used.add(row.row());
        return true;
      }
    }
    return false;
  }

  private String sourceLine(Mutant mutant) throws IOException {
    Path file = project.resolve(CompiledCode.MAIN_SOURCES).resolve(mutant.sourceFile());
    return Files.readAllLines(file).get(mutant.line() - 1).strip();
  }

  /** Whether a class that decides is listed as one whose survivors are not worked off yet. */
  boolean isOpen(String type) {
    Integer row = open.get(type);
    if (row != null) {
      used.add(row);
    }
    return row != null;
  }

  /** Why a test need not deny a mutant for this clause; empty where it has to. */
  String reason(String test, String clause) {
    for (Weak row : weak) {
      if (row.test().equals(test) && row.clause().equals(clause)) {
        used.add(row.row());
        return row.reason();
      }
    }
    return "";
  }

  /**
   * Rows out of form, and rows that nothing has asked for.
   *
   * @param citations whether every citation was looked at
   */
  List<String> faults(boolean citations) {
    List<String> faults = new ArrayList<>(malformed);
    equivalents.stream()
        .map(Equivalent::row)
        .filter(r -> !used.contains(r))
        .forEach(r -> stale(r, faults));
    open.values().stream().filter(r -> !used.contains(r)).forEach(r -> stale(r, faults));
    weak.stream()
        .map(Weak::row)
        .filter(r -> citations && !used.contains(r))
        .forEach(r -> stale(r, faults));
    return faults;
  }

  private static void stale(int row, List<String> faults) {
    faults.add(
        FILE
            + ":"
            + row
            + ": names no mutant that survives, no citation that kills none and no class that"
            + " decides");
  }
}
