package lockstep.models;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A thread that stops where its code says so, and goes on or dies when told: a model's steps. */
public final class SteppedThread {

  private static final long PATIENCE_SECONDS = 60;

  private final Semaphore arrived = new Semaphore(0);
  private final Semaphore onward = new Semaphore(0);
  private final Thread thread;
  private volatile boolean dead;

  public SteppedThread(Runnable code) {
    thread =
        new Thread(
            () -> {
              try {
                code.run();
              } finally {
                arrived.release();
              }
            });
    thread.setDaemon(true);
  }

  /** Starts it; returns when it has stopped for the first time, or has ended. */
  public void begin() {
    thread.start();
    await();
  }

  /** Lets it go on to its next stop, or to its end. */
  public void goOn() {
    onward.release();
    await();
  }

  /** Its process ends: no stop lets it go on any more. */
  public void die() throws InterruptedException {
    dead = true;
    onward.release();
    thread.join();
  }

  public boolean isDead() {
    return dead;
  }

  /** Called by its own code: stops here. False if the code has to end, since it is dead. */
  public boolean pause() {
    if (!dead) {
      arrived.release();
      onward.acquireUninterruptibly();
    }
    return !dead;
  }

  private void await() {
    try {
      if (!arrived.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("it neither stops nor ends");
      }
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}
