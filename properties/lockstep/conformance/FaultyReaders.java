package lockstep.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import lockstep.models.FaultTable;
import lockstep.models.PlantedFault;

/**
 * The kit's own test: readers that have one check wrong each ({@code readers.txt}) are put to the
 * cases about the clause that the check is of, and, if those miss it, to all cases of its kind. A
 * refused case that one of them takes is refused for that rule and no other. {@code FaultyReaders
 * PROJECT} writes {@code spec/hostile-readers.md}; exit code 0 where every reader is caught, 1
 * where one is not.
 */
public final class FaultyReaders {

  private static final String READERS = "properties/lockstep/conformance/readers.txt";
  private static final String PAGE = "spec/hostile-readers.md";
  private static final String HOSTILE = "hostile-";
  private static final List<String> READING =
      List.of("restore.", "manifest.", "head.", "object.", "chunked.", "recoverykey.");

  private final List<TestCase> cases = new ArrayList<>(Vectors.bundled());
  private final List<String> rows = new ArrayList<>();
  private final Set<String> taken = new TreeSet<>();
  private int caught;
  private int equivalent;

  private FaultyReaders() {
    cases.addAll(Stories.all());
    cases.addAll(Messages.all());
  }

  /** What the cases make of one reader. */
  private record Trial(int asked, List<String> denied, List<String> taken) {

    static Trial none() {
      return new Trial(0, new ArrayList<>(), new ArrayList<>());
    }
  }

  /** Runs all and ends the process with its exit code. */
  public static void main(String[] arguments) throws IOException {
    Path project = Path.of(arguments[0]);
    FaultTable table = FaultTable.read(project, READERS);
    if (!table.misfits().isEmpty()) {
      throw new IllegalStateException(table.misfits().toString());
    }
    FaultyReaders readers = new FaultyReaders();
    for (PlantedFault fault : table.faults()) {
      readers.examine(table, fault);
    }
    Files.writeString(project.resolve(PAGE), readers.page(table.faults().size()));
    System.exit(readers.caught + readers.equivalent == table.faults().size() ? 0 : 1);
  }

  private void examine(FaultTable table, PlantedFault fault) throws IOException {
    List<TestCase> about = cases.stream().filter(test -> cites(test, fault.clause())).toList();
    List<TestCase> others =
        cases.stream()
            .filter(test -> !about.contains(test))
            .filter(test -> isOfKind(test, table.typeName(fault)))
            .toList();
    Trial trial = Trial.none();
    try (Testee testee = new FaultyTestee(table.plant(fault))) {
      trial = run(testee, about, false);
      if (trial.denied().isEmpty()) {
        trial = run(testee, others, true);
      }
    }
    taken.addAll(trial.taken());
    boolean isCaught = !trial.denied().isEmpty();
    caught += isCaught ? 1 : 0;
    equivalent += isCaught || fault.open().isBlank() ? 0 : 1;
    rows.add(
        String.format(
            Locale.ROOT,
            "| %s | %s | `%s` | %d of %d | %d | %s |",
            fault.clause(),
            fault.title(),
            fault.type(),
            trial.denied().size(),
            trial.asked(),
            trial.taken().size(),
            isCaught ? first(trial) : missed(fault)));
    System.out.println(rows.get(rows.size() - 1));
  }

  private static String missed(PlantedFault fault) {
    return fault.open().isBlank() ? "**missed**" : "guarded twice: " + fault.open();
  }

  private static String first(Trial trial) {
    List<String> shown = trial.taken().isEmpty() ? trial.denied() : trial.taken();
    return shown.stream().filter(id -> id.startsWith(HOSTILE)).findFirst().orElse(shown.get(0));
  }

  private static boolean cites(TestCase test, String clause) {
    return test.clauses().stream().anyMatch(cited -> cited.startsWith(clause + "~"));
  }

  private static boolean isOfKind(TestCase test, String type) {
    if (type.contains(".vault.")) {
      return test.profiles().contains(Profiles.VAULT_MACHINE);
    }
    return type.contains(".wire.")
        ? test.ops().stream().anyMatch(op -> op.startsWith("wire."))
        : test.ops().stream().anyMatch(op -> READING.stream().anyMatch(op::startsWith));
  }

  private static Trial run(Testee testee, List<TestCase> cases, boolean untilDenied) {
    Trial trial = new Trial(cases.size(), new ArrayList<>(), new ArrayList<>());
    CaseRun run = new CaseRun(testee, Capabilities.of(testee).orElseThrow().ops());
    for (TestCase test : cases) {
      if (untilDenied && !trial.denied().isEmpty()) {
        break;
      }
      boolean inMessages = test.home().equals(Profiles.VAULT_MESSAGES);
      Verdict verdict = inMessages ? run.judgeMessages(test) : run.judge(test);
      if (verdict instanceof Verdict.Differs differs) {
        trial.denied().add(test.id());
        boolean refused = differs.asked().expected().has("rejected");
        if (test.id().startsWith(HOSTILE) && refused && differs.came() instanceof Answer.Result) {
          trial.taken().add(test.id());
        }
      }
    }
    return trial;
  }

  private String page(int readers) {
    List<TestCase> refused =
        cases.stream()
            .filter(test -> test.id().startsWith(HOSTILE))
            .filter(test -> test.steps().get(0).expected().has("rejected"))
            .toList();
    long shown = refused.stream().filter(test -> taken.contains(test.id())).count();
    List<String> lines = new ArrayList<>(beginning());
    lines.add(caught + " of " + readers + " are caught, " + equivalent + " are guarded twice. Of");
    lines.add(
        refused.size()
            + " hostile cases that are to be refused, "
            + shown
            + " are shown to be refused by one rule alone.");
    lines.add("");
    lines.add("| clause | what is wrong | class | denied | taken | first |");
    lines.add("|---|---|---|---|---|---|");
    lines.addAll(rows);
    lines.add("");
    lines.add("## Not shown");
    lines.add("");
    lines.add(
        "No reader above takes these: two rules refuse them, or what refuses them is the cipher,"
            + " which no one check stands for.");
    lines.add("");
    lines.addAll(notShown(refused));
    return String.join("\n", lines) + "\n";
  }

  private static List<String> beginning() {
    return List.of(
        "# Readers with one check wrong",
        "",
        "Made by `mvn -Preaders exec:exec@readers` on a build that is compiled. Each row is the"
            + " reference with one change of its source",
        "([the list](../properties/lockstep/conformance/readers.txt)). *Denied* counts the cases"
            + " about the clause that got another answer than the one",
        "allowed, or, where none did, the first of the others; *taken* the hostile ones that were"
            + " then restored, which shows that this rule and no other",
        "had refused them.",
        "");
  }

  /** By file, in ranges. */
  private List<String> notShown(List<TestCase> refused) {
    Stream<String> ids = refused.stream().map(TestCase::id).filter(id -> !taken.contains(id));
    List<String> lines = new ArrayList<>();
    String topic = "";
    for (String id : ids.toList()) {
      String of = id.substring(0, id.lastIndexOf('-'));
      String number = id.substring(id.lastIndexOf('-') + 1);
      if (of.equals(topic)) {
        lines.set(lines.size() - 1, lines.get(lines.size() - 1) + " " + number);
      } else {
        lines.add("- `" + of + "-`: " + number);
        topic = of;
      }
    }
    return lines;
  }
}
