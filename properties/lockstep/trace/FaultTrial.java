package lockstep.trace;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import lockstep.models.FaultyJava;
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

/** Runs one cited test over the product with a fault in it, in a class loader of its own. */
final class FaultTrial {

  private final FaultyJava product;
  private final Duration time;

  /**
   * @param time after which a test counts as stuck
   */
  FaultTrial(FaultyJava product, Duration time) {
    this.product = product;
    this.time = time;
  }

  /** What the tests at a citation's place make of the product; a denial stops at the first. */
  Verdict run(CodePlace test) {
    FutureTask<Verdict> running = new FutureTask<>(() -> verdict(test));
    Thread thread = new Thread(running, test.display());
    thread.setDaemon(true);
    thread.start();
    try {
      return running.get(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      thread.interrupt();
      return Verdict.STUCK;
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(test.display(), e);
    }
  }

  private Verdict verdict(CodePlace test) throws ClassNotFoundException {
    Class<?> type = product.load(test.className());
    ClassLoader loader = type.getClassLoader();
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
