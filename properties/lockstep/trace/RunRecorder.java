package lockstep.trace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import lockstep.evidence.NeededTool;
import lockstep.evidence.Points;
import org.jacoco.agent.rt.IAgent;
import org.jacoco.agent.rt.RT;
import org.jacoco.core.data.ExecutionDataStore;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Records for each test, whatever its engine, how it ended and which main code it executed, into
 * the folder that {@code lockstep.trace.run} names. Tests of one JVM run one after the other; what
 * runs between a class's start and end, but in none of its tests, is that class's set-up.
 */
public final class RunRecorder implements TestExecutionListener {

  private final Optional<Path> folder;
  private final Map<String, Map<String, Seen>> classes = new TreeMap<>();
  private final Deque<Seen> open = new ArrayDeque<>();
  private TestPlan plan;

  /** What is known so far of a test or, where it has no method, of a class's set-up. */
  private static final class Seen {
    private final ExecutionDataStore executed = new ExecutionDataStore();
    private int passed;
    private int points;
    private boolean failed;
    private boolean disabled;
    private boolean lacksTool;
  }

  private static final String SET_UP = "";
  private static final AtomicBoolean INITIALISED = new AtomicBoolean();

  /** Records where the build says so, and nothing elsewhere, such as in an editor. */
  public RunRecorder() {
    this(Optional.ofNullable(System.getProperty("lockstep.trace.run")).map(Path::of));
  }

  RunRecorder(Optional<Path> folder) {
    this.folder = folder;
  }

  @Override
  public void testPlanExecutionStarted(TestPlan started) {
    plan = started;
    if (folder.isPresent() && !INITIALISED.getAndSet(true)) {
      MainClasses.initialise();
    }
  }

  @Override
  public void executionStarted(TestIdentifier identifier) {
    if (folder.isPresent()) {
      takeProbes();
      Points.take();
      seen(identifier).ifPresent(open::push);
    }
  }

  @Override
  public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
    Optional<Seen> seen = folder.flatMap(f -> seen(identifier));
    if (seen.isEmpty()) {
      return;
    }
    takeProbes();
    open.remove(seen.get());
    seen.get().points += Points.take();
    switch (result.getStatus()) {
      case SUCCESSFUL -> seen.get().passed += identifier.isTest() ? 1 : 0;
      case ABORTED -> {}
      case FAILED -> seen.get().failed = true;
    }
  }

  @Override
  public void executionSkipped(TestIdentifier identifier, String reason) {
    if (folder.isPresent()) {
      boolean lacksTool = lacksTool(identifier);
      Stream.concat(Stream.of(identifier), plan.getDescendants(identifier).stream())
          .forEach(
              left ->
                  seen(left)
                      .ifPresent(
                          s -> {
                            s.disabled = true;
                            s.lacksTool = lacksTool;
                          }));
    }
  }

  /** Asked of the class itself: the reason given for leaving a test out may be anything. */
  private boolean lacksTool(TestIdentifier identifier) {
    for (Optional<TestIdentifier> at = Optional.of(identifier);
        at.isPresent();
        at = plan.getParent(at.get())) {
      if (at.get().getSource().orElse(null) instanceof ClassSource type
          && NeededTool.missing(type.getJavaClass()).isPresent()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void testPlanExecutionFinished(TestPlan finished) {
    folder.ifPresent(this::write);
  }

  /** The innermost open test or class has executed what ran since the last call. */
  private void takeProbes() {
    IAgent agent = RT.getAgent();
    byte[] dump = agent.getExecutionData(true);
    if (!open.isEmpty()) {
      ExecutionProbes.merge(dump, open.peek().executed);
    }
  }

  private Optional<Seen> seen(TestIdentifier identifier) {
    return identifier
        .getSource()
        .flatMap(
            source -> {
              if (source instanceof MethodSource method) {
                return Optional.of(seen(method.getClassName(), method.getMethodName()));
              }
              return source instanceof ClassSource type
                  ? Optional.of(seen(type.getClassName(), SET_UP))
                  : Optional.empty();
            });
  }

  private Seen seen(String type, String method) {
    return classes
        .computeIfAbsent(type, t -> new TreeMap<>())
        .computeIfAbsent(method, m -> new Seen());
  }

  private void write(Path target) {
    ExecutionProbes probes = new ExecutionProbes(MainClasses.folder());
    // A contract's tests come under its own name; only what was run itself has a set-up.
    String heir =
        classes.entrySet().stream()
            .filter(seen -> seen.getValue().containsKey(SET_UP))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse("");
    classes.forEach(
        (type, tests) -> {
          Seen setUp = tests.remove(SET_UP);
          List<TestOutcome> outcomes = new ArrayList<>();
          tests.forEach((method, seen) -> outcomes.add(outcome(type, method, seen, probes)));
          ExecutedCode before =
              setUp == null ? ExecutedCode.NOTHING : probes.executed(setUp.executed);
          try {
            new TestRun(type, before, outcomes).write(target, setUp == null ? heir : "");
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    classes.clear();
  }

  private static TestOutcome outcome(
      String type, String method, Seen seen, ExecutionProbes probes) {
    Optional<PropertySeeds.Tries> tries = PropertySeeds.of(type, method);
    TestOutcome.Status status =
        seen.failed
            ? TestOutcome.Status.FAILED
            : seen.disabled && seen.passed == 0
                ? (seen.lacksTool ? TestOutcome.Status.LACKS_TOOL : TestOutcome.Status.DISABLED)
                : TestOutcome.Status.PASSED;
    return new TestOutcome(
        method,
        status,
        seen.passed == 0
            ? 0
            : Math.max(tries.map(PropertySeeds.Tries::count).orElse(seen.passed), seen.points),
        tries.map(PropertySeeds.Tries::seed).orElse(""),
        probes.executed(seen.executed),
        isHollow(type, method));
  }

  private static boolean isHollow(String type, String method) {
    try {
      ClassLoader loader = Thread.currentThread().getContextClassLoader();
      return TestBodies.isHollow(Class.forName(type, false, loader), method);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
