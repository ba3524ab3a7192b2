package lockstep.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lockstep.evidence.TestsFolder;

/**
 * The command line as a process of its own, which can be killed as no process can defend against.
 */
final class ForkedCommand {

  private final List<String> words = new ArrayList<>();
  private String locale = "C.UTF-8";

  ForkedCommand(Path home, String... arguments) {
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(
        List.of(
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            TestsFolder.option(),
            "-Dfile.encoding=UTF-8",
            "-cp"));
    words.add(System.getProperty("java.class.path"));
    words.add("lockstep.cli.Main");
    words.addAll(List.of(arguments));
    words.addAll(List.of("--home", home.toString()));
  }

  /** The same in another locale of the shell. */
  ForkedCommand inLocale(String name) {
    locale = name;
    return this;
  }

  /** The same in a shell that does this with its output: a redirection, or a pipe. */
  ForkedCommand inShell(String end) {
    return inScript("\"$@\" " + end);
  }

  /** The same in a shell's script, in which it is {@code "$@"}. */
  ForkedCommand inScript(String script) {
    words.addAll(0, List.of("sh", "-c", script, "sh"));
    return this;
  }

  /** The same without the option that names its home. */
  ForkedCommand withoutHome() {
    words.remove(words.size() - 1);
    words.remove(words.size() - 1);
    return this;
  }

  /** The same with an option of the Java virtual machine. */
  ForkedCommand withOption(String option) {
    words.add(words.indexOf("-cp"), option);
    return this;
  }

  /** The same with these options in place of its heap's. */
  ForkedCommand withHeap(List<String> options) {
    words.remove("-Xmx256m");
    words.addAll(1, options);
    return this;
  }

  /** Runs to the end and gives what it printed for people, after its exit code. */
  String runAndRead() throws IOException, InterruptedException {
    ProcessBuilder builder = builder().redirectErrorStream(true);
    Process process = builder.redirectOutput(ProcessBuilder.Redirect.PIPE).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() + " " + printed;
  }

  /** Runs to the end and gives the exit code. */
  int run() throws IOException, InterruptedException {
    return start().waitFor();
  }

  /** Runs to the end and gives the milliseconds that it took. */
  long measure() throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process = start();
    int exitCode = process.waitFor();
    if (exitCode != 0) {
      throw new AssertionError(words.get(words.indexOf("lockstep.cli.Main") + 1) + ": " + exitCode);
    }
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }

  /** Starts it and sends SIGKILL after that many milliseconds. */
  void runAndKill(long afterMillis) throws IOException, InterruptedException {
    Process process = start();
    process.waitFor(afterMillis, TimeUnit.MILLISECONDS);
    process.destroyForcibly().waitFor();
  }

  /** Starts it and, once that folder holds something, sends SIGTERM; gives the exit code. */
  int runAndTerminateOnceFilled(Path folder) throws IOException, InterruptedException {
    Process process = start();
    while (process.isAlive()) {
      String[] entries = folder.toFile().list((directory, name) -> !name.startsWith("sqlite"));
      if (entries != null && entries.length > 0) {
        break;
      }
      Thread.sleep(5);
    }
    process.waitFor(300, TimeUnit.MILLISECONDS);
    process.destroy();
    return process.waitFor();
  }

  private Process start() throws IOException {
    return builder()
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private ProcessBuilder builder() {
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().put("LC_ALL", locale);
    return builder.redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
  }
}
