package lockstep.trace;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks the spec by itself and writes its lock, without compiled tests: the build goals {@code
 * spec-check} and {@code spec-lock}. The whole gate runs in {@code mvn verify}: {@code Trace gate
 * DIR BUILD}, after all tests.
 *
 * <p>{@code Trace [--project DIR] [--classes DIR]} checks; {@code --write-lock} writes {@code
 * spec/clauses.lock}, and refuses when an active clause was reworded under its old revision or one
 * is gone, unless {@code --draft} says that no release holds these clauses yet. With the folder of
 * the compiled main code, {@code spec/citations.lock} is checked or written, too. Exit code 0 for
 * done, 1 for findings, 2 for usage.
 */
public final class Trace {

  private Path project = Path.of("");
  private @Nullable Path classes;
  private boolean writeLock;
  private boolean draft;

  private Trace() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] args) throws IOException {
    System.exit(run(List.of(args), System.out));
  }

  /** Checks a finished build and writes its dossier, whatever it finds. */
  private static int gate(Path project, Path build, PrintStream out) throws IOException {
    TracedBuild traced =
        TracedBuild.read(
            project, build, build.resolve(TestRun.FOLDER), Trace.class.getClassLoader());
    traced.findings().forEach(out::println);
    out.println("trace: " + traced.summary());
    out.println("trace: " + traced.propertyLine());
    out.println("trace: " + traced.gate().faults().summary());
    traced.faults().ifPresent(f -> out.println("trace: " + f.summary()));
    out.println("trace: " + PrefixFolders.of(traced.spec(), traced.gate().code()).summary());
    Path folder = build.resolve("dossier");
    Dossier.write(project, traced, folder);
    out.println("trace: see " + folder.resolve("index.html"));
    return traced.findings().isEmpty() ? 0 : 1;
  }

  static int run(List<String> args, PrintStream out) throws IOException {
    if (args.size() == 3 && args.get(0).equals("gate")) {
      return gate(Path.of(args.get(1)), Path.of(args.get(2)), out);
    }
    Trace trace = new Trace();
    if (!trace.parse(args)) {
      out.println("usage: Trace" + " [--project DIR] [--classes DIR] [--write-lock [--draft]]");
      return 2;
    }
    return trace.run(out);
  }

  private boolean parse(List<String> args) {
    for (int i = 0; i < args.size(); i++) {
      switch (args.get(i)) {
        case "--write-lock" -> writeLock = true;
        case "--draft" -> draft = true;
        case "--project", "--classes" -> {
          i++;
          if (i == args.size()) {
            return false;
          }
          folder(args.get(i - 1), Path.of(args.get(i)));
        }
        default -> {
          return false;
        }
      }
    }
    return writeLock || !draft;
  }

  private void folder(String option, Path folder) {
    if (option.equals("--classes")) {
      classes = folder;
    } else {
      project = folder;
    }
  }

  private int run(PrintStream out) throws IOException {
    Spec spec = Spec.read(project);
    ClauseLock lock = ClauseLock.read(project);
    List<Finding> findings = new ArrayList<>(spec.findings());
    if (!writeLock) {
      findings.addAll(lock.differences(spec));
      findings.addAll(References.check(project, spec));
      if (classes != null) {
        findings.addAll(CitationLock.read(project).differences(mainCode(classes), spec.citable()));
      }
    } else if (!draft) {
      findings.addAll(lock.refusals(spec));
    }
    findings.stream().sorted().forEach(out::println);
    out.printf(
        "%d clauses: %d active, %d planned, %d withdrawn; %d assumptions; %d findings%n",
        spec.clauses().size(),
        spec.count(ClauseStatus.ACTIVE),
        spec.count(ClauseStatus.PLANNED),
        spec.count(ClauseStatus.WITHDRAWN),
        spec.assumptions().size(),
        findings.size());
    if (!findings.isEmpty()) {
      return 1;
    }
    if (writeLock) {
      write(ClauseLock.FILE, ClauseLock.textFor(spec));
      if (classes != null) {
        write(CitationLock.FILE, CitationLock.textFor(mainCode(classes)));
      }
    }
    return 0;
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(project.resolve(file), text, StandardCharsets.UTF_8);
  }

  private CompiledCode mainCode(Path folder) throws IOException {
    return CompiledCode.readMain(project, folder, Trace.class.getClassLoader());
  }
}
