package lockstep.trace;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import lockstep.trace.MutantJvm.Verdict;

/**
 * Runs tests against mutants in a {@link MutantJvm} of its own, and starts a new one where a test
 * does not end or leaves the JVM in doubt. A test first passes there without a mutant.
 */
final class MutantWorker implements AutoCloseable {

  private static final Duration CLEAN_LIMIT = Duration.ofMinutes(2);
  private static final Duration GRACE = Duration.ofSeconds(3);
  private static final int SLOWER = 4;

  /** A test that waits so long for something else than the processor is stuck. */
  private static final int WALL_TO_PROCESSOR = 20;

  private final List<String> command;
  private final Map<String, Duration> clean = new HashMap<>();
  private Process process;
  private PrintWriter orders;
  private BufferedReader answers;

  /**
   * @param agent PIT's, which swaps classes
   * @param scratch the folder for the tests' temporary files
   */
  MutantWorker(Path agent, Path build, Path scratch, Path project) {
    this.command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-javaagent:" + agent,
            "-XX:+EnableDynamicAgentLoading",
            "-XX:+UseSerialGC",
            "-Xmx1g",
            "-ea",
            "-Dfile.encoding=UTF-8",
            "-Dlockstep.basedir=" + project,
            "-Dlockstep.build=" + build,
            "-Djava.io.tmpdir=" + scratch,
            "-cp",
            System.getProperty("java.class.path"),
            MutantJvm.class.getName());
  }

  /**
   * What the test makes of the mutant; that it passes, where it does not even without.
   *
   * @param careful whether a failure counts only when the test passes again without the mutant
   */
  Verdict run(TestName test, Mutant mutant, int tries, boolean careful) throws IOException {
    String request = tries + " " + test.testClass() + " " + test.method();
    String file = Base64.getEncoder().encodeToString(mutant.classFile());
    for (int again = 0; again < 2; again++) {
      Optional<Duration> usual = clean(request);
      if (usual.isEmpty()) {
        return Verdict.PASSED;
      }
      Duration limit = usual.get().multipliedBy(SLOWER).plus(GRACE);
      Verdict verdict = answer(request + " " + mutant.type() + " " + file, limit);
      boolean failed = verdict == Verdict.DENIED || verdict == Verdict.BROKE;
      if (!failed || !careful || passes(test, tries)) {
        return verdict;
      }
    }
    return Verdict.PASSED;
  }

  /** Whether the test passes without a mutant; else the JVM is no longer used. */
  boolean passes(TestName test, int tries) throws IOException {
    boolean passed =
        answer(tries + " " + test.testClass() + " " + test.method(), CLEAN_LIMIT) == Verdict.PASSED;
    if (!passed) {
      stop();
    }
    return passed;
  }

  /** The processor time of the test without a mutant; none where it does not pass. */
  private Optional<Duration> clean(String request) throws IOException {
    if (!clean.containsKey(request)) {
      start();
      Duration before = processorTime();
      if (answer(request, CLEAN_LIMIT) != Verdict.PASSED) {
        return Optional.empty();
      }
      clean.put(request, processorTime().minus(before));
    }
    return Optional.of(clean.get(request));
  }

  private Duration processorTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Asks, and ends the JVM once it has used more processor time than the limit. */
  private Verdict answer(String request, Duration limit) throws IOException {
    start();
    Duration last = processorTime().plus(limit);
    long patience = System.nanoTime() + limit.multipliedBy(WALL_TO_PROCESSOR).toNanos();
    orders.println(request);
    CompletableFuture<String> line = CompletableFuture.supplyAsync(this::readAnswer);
    while (!line.isDone()
        && processorTime().compareTo(last) < 0
        && (System.nanoTime() < patience || wantsProcessor())) {
      pause();
    }
    if (line.isDone() && !line.join().isEmpty()) {
      return verdict(line.join(), request);
    }
    stop();
    return Verdict.STUCK;
  }

  /** Whether the JVM only waits for its share of a busy machine; where no one says, it does not. */
  private boolean wantsProcessor() throws IOException {
    Path tasks = Path.of("/proc", Long.toString(process.pid()), "task");
    if (!Files.isDirectory(tasks)) {
      return false;
    }
    try (DirectoryStream<Path> all = Files.newDirectoryStream(tasks)) {
      for (Path task : all) {
        String state = Files.readString(task.resolve("stat"));
        if (state.startsWith(" R ", state.lastIndexOf(')') + 1)) {
          return true;
        }
      }
    } catch (NoSuchFileException ended) {
      return true;
    }
    return false;
  }

  private static void pause() throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(10);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** The next answer, or nothing where the JVM has ended. */
  private String readAnswer() {
    try {
      for (String said = answers.readLine(); said != null; said = answers.readLine()) {
        if (said.startsWith(MutantJvm.ANSWER)) {
          return said.substring(MutantJvm.ANSWER.length());
        }
      }
      return "";
    } catch (IOException e) {
      return "";
    }
  }

  private static Verdict verdict(String answer, String request) throws IOException {
    return Arrays.stream(Verdict.values())
        .filter(v -> v.name().equals(answer))
        .findFirst()
        .orElseThrow(
            () ->
                new IOException(
                    answer + " for " + request.substring(0, Math.min(300, request.length()))));
  }

  private void start() throws IOException {
    if (process != null) {
      return;
    }
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    orders =
        new PrintWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8), true);
    answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  private void stop() {
    if (process != null) {
      process.destroyForcibly();
      process = null;
      clean.clear();
    }
  }

  @Override
  public void close() {
    stop();
  }
}
