package lockstep.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import lockstep.backup.store.Progress;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows how many bytes are done, on a terminal only; elsewhere it shows nothing. */
final class ProgressLine implements Progress, AutoCloseable {

  private static final int WIDTH_COLUMNS = 78;
  private static final int UPDATE_MILLIS = 200;
  private static final long MEBIBYTE = 1024L * 1024;

  private final @Nullable ProgressBar bar;
  private boolean closed;

  ProgressLine(String task, Surroundings surroundings) {
    Terminal terminal = surroundings.terminal();
    this.bar = terminal == null ? null : bar(task, terminal.screen());
  }

  @Override
  public boolean wantsTotals() {
    return bar != null;
  }

  @Override
  public void expect(long files, long bytes) {
    if (bar != null) {
      bar.maxHint(bytes);
    }
  }

  @Override
  public void advanced(long bytes) {
    if (bar != null) {
      bar.stepBy(bytes);
    }
  }

  @Override
  public void fileDone() {}

  @Override
  public void close() {
    if (bar != null && !closed) {
      closed = true;
      bar.close();
    }
  }

  private static ProgressBar bar(String task, OutputStream screen) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(-1)
        .setUpdateIntervalMillis(UPDATE_MILLIS)
        .setStyle(ProgressBarStyle.ASCII)
        .setUnit(" MiB", MEBIBYTE)
        .showSpeed()
        .setConsumer(
            new ConsoleProgressBarConsumer(
                new PrintStream(screen, true, StandardCharsets.UTF_8), WIDTH_COLUMNS))
        .build();
  }
}
