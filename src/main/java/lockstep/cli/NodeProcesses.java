package lockstep.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import lockstep.spec.Implements;

/** Runs the nodes of a vault, each as a process of this very program, until it is told to end. */
@Implements("REP-9")
final class NodeProcesses {

  private static final int FAREWELL_SECONDS = 20;

  private final Surroundings surroundings;
  private final AtomicBoolean announced = new AtomicBoolean();

  NodeProcesses(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Runs them until this thread is interrupted, which SIGTERM does, or none is left. */
  Answer run(List<Path> configurations) throws IOException {
    List<Process> nodes = new ArrayList<>();
    CountDownLatch left = new CountDownLatch(configurations.size());
    CountDownLatch ended = new CountDownLatch(1);
    Thread running = Thread.currentThread();
    Thread hook = new Thread(() -> end(running, ended), "end of the cluster");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      for (Path configuration : configurations) {
        nodes.add(started(configuration, left));
      }
      left.await();
      return Answer.of(
          Outcome.UNEXPECTED,
          "None of the nodes runs any more.",
          "What each said when it ended stands above. Run the command again to start them.");
    } catch (InterruptedException end) {
      return Answer.done("");
    } finally {
      stop(nodes);
      ended.countDown();
    }
  }

  private Process started(Path configuration, CountDownLatch left) throws IOException {
    Process node =
        new ProcessBuilder(command(configuration))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    node.getOutputStream().close();
    String name = String.valueOf(configuration.resolveSibling("").getFileName());
    tell(name + " is process " + node.pid() + ".");
    Thread reader = new Thread(() -> relay(node, name, configuration, left), name);
    reader.setDaemon(true);
    reader.start();
    return node;
  }

  /** All nodes print the same line; the first that is there is passed on. */
  private void relay(Process node, String name, Path configuration, CountDownLatch left) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(node.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (announced.compareAndSet(false, true)) {
          surroundings.output().println(line);
          surroundings.output().flush();
        }
      }
    } catch (IOException closed) {
      // Its end is told below.
    }
    tell(
        name
            + " has ended. The vault goes on while more than half of its nodes run; lockstep vault"
            + " serve "
            + configuration
            + " starts it again.");
    left.countDown();
  }

  private void tell(String line) {
    surroundings.errors().println(line);
  }

  private static List<String> command(Path configuration) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // What watches this process was not meant for others.
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> !argument.matches("-(javaagent|agentlib|agentpath):.*"))
        .forEach(command::add);
    // Several of them begin at once on one machine: what starts them soon is worth more than speed.
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Main.class.getName(), "vault", "serve", configuration.toString()));
    return command;
  }

  private static void end(Thread running, CountDownLatch ended) {
    running.interrupt();
    try {
      ended.await(2L * FAREWELL_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  private static void stop(List<Process> nodes) {
    nodes.forEach(Process::destroy);
    for (Process node : nodes) {
      try {
        if (!node.waitFor(FAREWELL_SECONDS, TimeUnit.SECONDS)) {
          node.destroyForcibly();
        }
      } catch (InterruptedException hurried) {
        node.destroyForcibly();
      }
    }
  }
}
