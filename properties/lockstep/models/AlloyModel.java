package lockstep.models;

import edu.mit.csail.sdg.alloy4.A4Reporter;
import edu.mit.csail.sdg.ast.Command;
import edu.mit.csail.sdg.ast.Module;
import edu.mit.csail.sdg.parser.CompUtil;
import edu.mit.csail.sdg.translator.A4Options;
import edu.mit.csail.sdg.translator.A4Solution;
import edu.mit.csail.sdg.translator.TranslateAlloyToKodkod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kodkod.engine.satlab.SATFactory;

/** One Alloy model of {@code spec/models}: its commands, its mutants and what it enumerates. */
final class AlloyModel {

  /** Whether checks have one atom more of everything, and more traces are drawn. */
  private static final boolean WIDE = Boolean.getBoolean("lockstep.models.wide");

  private static final int DRAWN_WHERE_WIDE = 6;
  private static final Pattern CHECK_BOUNDS =
      Pattern.compile("(?s)(?<=\\bcheck [A-Z]).*?\\bexpect\\b");
  private static final Pattern ATOMS = Pattern.compile("\\b(\\d+)(?= (?!State)[A-Z]\\w*)");

  private final String name;
  private final String text;
  private final Module module;

  private AlloyModel(String name, String text) {
    this.name = name;
    this.text = text;
    this.module = parse(name, text);
  }

  /** The model {@code spec/models/NAME.als}. */
  static AlloyModel named(String name) {
    Path base = Path.of(System.getProperty("lockstep.basedir", "."));
    try {
      String text = Files.readString(base.resolve("spec/models/" + name + ".als"));
      return new AlloyModel(name, WIDE ? widened(text) : text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The model with one place of its text replaced; the place must be there exactly once. */
  AlloyModel mutant(Mutant mutant) {
    String plain = plain(text);
    String from = plain(mutant.from());
    int at = plain.indexOf(from);
    if (at < 0 || plain.indexOf(from, at + 1) >= 0) {
      throw new IllegalArgumentException(name + ": not exactly once: " + mutant.name());
    }
    return new AlloyModel(name, plain.replace(from, mutant.to()));
  }

  /** The commands of the model, but for enumerations. */
  List<Command> commands() {
    return module.getAllCommands().stream().filter(c -> !c.label.startsWith("Table")).toList();
  }

  /** Runs every command, prints its bounds and time, and returns those that surprise. */
  List<String> surprises() {
    List<String> surprises = new ArrayList<>();
    for (Command command : commands()) {
      long start = System.nanoTime();
      boolean found = solve(command).satisfiable();
      long millis = (System.nanoTime() - start) / 1_000_000;
      System.out.printf("%s: %s: %s in %d ms%n", name, command, said(command, found), millis);
      if (found != (command.expects == 1)) {
        surprises.add(command.label + ": " + said(command, found));
      }
    }
    return surprises;
  }

  /** The mutants that every check lets through; what caught the others is printed. */
  List<String> missed(List<Mutant> mutants) {
    List<String> missed = new ArrayList<>();
    for (Mutant mutant : mutants) {
      String caught = mutant(mutant).caughtBy();
      System.out.printf("%s: mutant: %s: caught by %s%n", name, mutant.name(), caught);
      if (caught.isEmpty()) {
        missed.add(mutant.name());
      }
    }
    return missed;
  }

  /** The first command whose answer is not the expected one, checks first; empty if none. */
  private String caughtBy() {
    return commands().stream()
        .sorted(Comparator.comparing((Command c) -> !c.check))
        .filter(c -> solve(c).satisfiable() != (c.expects == 1))
        .map(c -> c.label)
        .findFirst()
        .orElse("");
  }

  /** Every instance of a command, each once: for each atom of {@code State} its fields. */
  List<List<Map<String, String>>> enumerate(String label) {
    return instances(label, SeededSolver.inOrder(), Integer.MAX_VALUE);
  }

  /** That many distinct instances of a command, by chance, the same in every run. */
  List<List<Map<String, String>>> draw(String label, int count) {
    return instances(label, SeededSolver.byChance(), WIDE ? DRAWN_WHERE_WIDE * count : count);
  }

  private List<List<Map<String, String>>> instances(String label, SATFactory solver, int count) {
    Command command = command(label);
    long start = System.nanoTime();
    Set<List<Map<String, String>>> seen = new HashSet<>();
    List<List<Map<String, String>>> instances = new ArrayList<>();
    A4Solution solution = solve(command, solver);
    while (solution.satisfiable() && instances.size() < count) {
      List<Map<String, String>> states = Instance.states(solution);
      if (seen.add(states)) {
        instances.add(states);
      }
      solution = solution.next();
    }
    System.out.printf(
        "%s: %s: %d instances in %d ms%n",
        name, command, instances.size(), (System.nanoTime() - start) / 1_000_000);
    return instances;
  }

  /** The answer to one command, by its label. */
  A4Solution answer(String label) {
    return solve(command(label));
  }

  private Command command(String label) {
    return module.getAllCommands().stream().filter(c -> c.label.equals(label)).findFirst().get();
  }

  private A4Solution solve(Command command) {
    return solve(command, SeededSolver.inOrder());
  }

  private A4Solution solve(Command command, SATFactory solver) {
    A4Options options = new A4Options();
    options.noOverflow = true;
    options.solver = solver;
    return TranslateAlloyToKodkod.execute_command(
        A4Reporter.NOP, module.getAllReachableSigs(), command, options);
  }

  private static String said(Command command, boolean found) {
    if (command.check) {
      return found ? "counterexample" : "holds";
    }
    return found ? "reachable" : "unreachable";
  }

  /** The text without comments, on one line. */
  private static String plain(String text) {
    return text.replaceAll("(?s)/\\*.*?\\*/", " ")
        .replaceAll("//[^\n]*", " ")
        .replaceAll("\\s+", " ");
  }

  /** The text with one atom more in the bounds of every check; traces and tables stay. */
  private static String widened(String text) {
    return CHECK_BOUNDS
        .matcher(text)
        .replaceAll(
            check ->
                Matcher.quoteReplacement(
                    ATOMS
                        .matcher(check.group())
                        .replaceAll(n -> String.valueOf(Integer.parseInt(n.group(1)) + 1))));
  }

  private static Module parse(String name, String text) {
    Map<String, String> loaded = new HashMap<>();
    String file = Path.of(name + ".als").toAbsolutePath().toString();
    loaded.put(file, text);
    return CompUtil.parseEverything_fromFile(A4Reporter.NOP, loaded, file);
  }

  /**
   * A model with one named place replaced.
   *
   * @param name what is wrong with it
   * @param from text that stands in the model exactly once, but for comments and white space
   * @param to what stands there in the mutant
   */
  record Mutant(String name, String from, String to) {}
}
