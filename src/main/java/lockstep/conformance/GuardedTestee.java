package lockstep.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import lockstep.conformance.Answer.Broken;
import lockstep.conformance.Answer.Fault;
import lockstep.spec.Decides;

/**
 * A testee in this JVM, asked on a thread of its own so that what it throws and what it never
 * answers ends a case and not the run. A thread that hangs is interrupted and left behind.
 */
@Decides("CNF-3")
final class GuardedTestee implements Testee {

  private final Testee testee;
  private final Duration timeout;
  private Worker worker = new Worker();

  GuardedTestee(Testee testee, Duration timeout) {
    this.testee = testee;
    this.timeout = timeout;
  }

  @Override
  public Answer answer(String op, JsonNode input) {
    try {
      worker.requests.put(() -> guarded(op, input));
      Answer answer = worker.answers.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
      if (answer != null) {
        return answer;
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    worker.interrupt();
    worker = new Worker();
    testee.restart();
    return new Broken(Fault.HANG, "no answer within " + timeout.toMillis() + " ms");
  }

  @Override
  public void restart() {
    testee.restart();
  }

  @Override
  public void close() {
    worker.interrupt();
    testee.close();
  }

  // A testee is foreign code: whatever it throws is a finding about it.
  private Answer guarded(String op, JsonNode input) {
    try {
      return testee.answer(op, input);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError | LinkageError thrown) {
      testee.restart();
      return new Broken(Fault.CRASH, thrown.toString());
    }
  }

  /** One thread; an answer that comes too late stays with it and reaches nobody. */
  private static final class Worker extends Thread {

    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();

    Worker() {
      super("testee");
      setDaemon(true);
      start();
    }

    @Override
    public void run() {
      try {
        while (!isInterrupted()) {
          answers.put(requests.take().ask());
        }
      } catch (InterruptedException ended) {
        interrupt();
      }
    }
  }

  /** A request that waits for its thread. */
  private interface Request {
    Answer ask();
  }
}
