package lockstep.trace;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.pitest.boot.HotSwapAgent;

/**
 * A JVM that runs single tests, each against one mutant or none. Every line of its input is {@code
 * tries testClass method [mutatedClass classFileInBase64]}; every line of its output is what {@link
 * Verdict} the test came to.
 */
final class MutantJvm {

  /** What a test makes of a mutant, or of the code as it is. */
  enum Verdict {
    PASSED,
    /** Test code found another outcome than it claims: the test checks what the mutant changed. */
    DENIED,
    /** It failed in some other way, such as with an exception of the code itself. */
    BROKE,
    /** The JVM had to be ended, since the test did not. */
    STUCK
  }

  /** Precedes an answer; PIT's agent prints lines of its own. */
  static final String ANSWER = "verdict ";

  private final Launcher launcher = LauncherFactory.create();
  private final ClassLoader loader = MutantJvm.class.getClassLoader();

  private MutantJvm() {}

  /** Answers until its input ends. */
  public static void main(String[] args) throws IOException {
    PrintStream answers =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    System.setIn(InputStream.nullInputStream());
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
    MutantJvm jvm = new MutantJvm();
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      answers.println(ANSWER + jvm.answer(order.split(" ", -1)));
    }
    Runtime.getRuntime().halt(0);
  }

  /** A verdict's name, or what went wrong here rather than in a test. */
  private String answer(String[] order) {
    try {
      return obey(order).name();
    } catch (ReflectiveOperationException | IOException | RuntimeException e) {
      return e.toString();
    }
  }

  private Verdict obey(String[] order) throws ReflectiveOperationException, IOException {
    System.setProperty(PropertySeeds.MOST_TRIES, order[0]);
    if (order.length == 3) {
      return run(order[1], order[2]);
    }
    Class<?> mutated = Class.forName(order[3], true, loader);
    byte[] original = classFile(mutated);
    swap(mutated, Base64.getDecoder().decode(order[4]));
    try {
      return run(order[1], order[2]);
    } finally {
      swap(mutated, original);
    }
  }

  private static void swap(Class<?> type, byte[] classFile) {
    if (!HotSwapAgent.hotSwap(type, classFile)) {
      throw new IllegalStateException("cannot swap " + type.getName());
    }
  }

  private byte[] classFile(Class<?> type) throws IOException {
    String name = type.getName().replace('.', '/') + ".class";
    try (InputStream in = loader.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  private Verdict run(String type, String method) throws ClassNotFoundException {
    Outcome outcome = new Outcome();
    launcher.execute(
        LauncherDiscoveryRequestBuilder.request()
            .selectors(Denial.selectors(Class.forName(type, false, loader), method))
            .build(),
        outcome);
    if (outcome.verdict == Verdict.PASSED && outcome.tests == 0) {
      throw new IllegalStateException(type + "." + method + " did not run");
    }
    return outcome.verdict;
  }

  /** The worst that happened. */
  private final class Outcome implements TestExecutionListener {
    private Verdict verdict = Verdict.PASSED;
    private int tests;

    @Override
    public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
      if (result.getStatus() == TestExecutionResult.Status.FAILED) {
        boolean denied = result.getThrowable().filter(t -> Denial.is(t, loader)).isPresent();
        verdict = denied || verdict == Verdict.DENIED ? Verdict.DENIED : Verdict.BROKE;
      }
      tests += identifier.isTest() ? 1 : 0;
    }
  }
}
