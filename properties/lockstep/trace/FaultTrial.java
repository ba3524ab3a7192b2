package lockstep.trace;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import lockstep.trace.MutantJvm.Verdict;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs cited tests over the product that a class loader has, which may have a fault in it. */
final class FaultTrial {

  /** A test may wait so many times as long as it may work. */
  private static final int WAITING = 10;

  private static final Duration LOOK = Duration.ofMillis(5);

  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final Duration work;

  /**
   * @param work what a test may use of the processors before it counts as stuck, whatever else runs
   *     on the machine; other tests of this process count
   */
  FaultTrial(Duration work) {
    this.work = work;
  }

  /** What this process has used of the processors. */
  static Duration used() {
    return Duration.ofNanos(PROCESS.getProcessCpuTime());
  }

  /**
   * What the tests at a citation's place make of the product. A test that is stuck keeps the
   * loader, which is not to be used again.
   */
  Verdict run(CodePlace test, ClassLoader loader) {
    FutureTask<Verdict> running = new FutureTask<>(() -> verdict(test, loader));
    Thread thread = new Thread(running, test.display());
    thread.setDaemon(true);
    thread.start();
    Duration workEnd = used().plus(work);
    long end = System.nanoTime() + work.multipliedBy(WAITING).toNanos();
    boolean stuck = false;
    while (!stuck) {
      try {
        return running.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        stuck = used().compareTo(workEnd) >= 0 || System.nanoTime() - end >= 0;
      } catch (InterruptedException | ExecutionException e) {
        throw new IllegalStateException(test.display(), e);
      }
    }
    thread.interrupt();
    return Verdict.STUCK;
  }

  private static Verdict verdict(CodePlace test, ClassLoader loader) throws ClassNotFoundException {
    Class<?> type = loader.loadClass(test.className());
    Thread.currentThread().setContextClassLoader(loader);
    List<DiscoverySelector> selectors =
        test.member().isEmpty()
            ? List.of(DiscoverySelectors.selectClass(type))
            : Denial.selectors(type, test.member());
    Launcher launcher =
        LauncherFactory.create(
            LauncherConfig.builder().enableTestExecutionListenerAutoRegistration(false).build());
    Outcome outcome = new Outcome(loader);
    launcher.execute(
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectors)
            .configurationParameter("jqwik.database", "")
            .build(),
        outcome);
    return outcome.verdict;
  }

  private static final class Outcome implements TestExecutionListener {

    private final ClassLoader loader;
    private Verdict verdict = Verdict.PASSED;

    Outcome(ClassLoader loader) {
      this.loader = loader;
    }

    @Override
    public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
      if (result.getStatus() == TestExecutionResult.Status.FAILED) {
        boolean denied = result.getThrowable().filter(t -> Denial.is(t, loader)).isPresent();
        verdict = denied || verdict == Verdict.DENIED ? Verdict.DENIED : Verdict.BROKE;
      }
    }
  }
}
