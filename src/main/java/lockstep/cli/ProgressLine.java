package lockstep.cli;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows how many bytes are done, on a terminal only; elsewhere it does nothing. */
final class ProgressLine implements AutoCloseable {

  private static final int WIDTH = 78;
  private static final int UPDATE_MILLIS = 200;
  private static final long MEBIBYTE = 1024L * 1024;

  private final @Nullable ProgressBar bar;

  ProgressLine(String task, Surroundings surroundings) {
    this.bar = surroundings.terminal() == null ? null : bar(task, surroundings);
  }

  /** {@code totalBytes} below 0: not known yet. */
  void show(long doneBytes, long totalBytes) {
    if (bar != null) {
      bar.maxHint(totalBytes);
      bar.stepTo(doneBytes);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }

  private static ProgressBar bar(String task, Surroundings surroundings) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(-1)
        .setUpdateIntervalMillis(UPDATE_MILLIS)
        .setStyle(ProgressBarStyle.ASCII)
        .setUnit(" MiB", MEBIBYTE)
        .showSpeed()
        .setConsumer(new ConsoleProgressBarConsumer(surroundings.errors(), WIDTH))
        .build();
  }
}
