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

/** Shows how many bytes are done: as a line that moves on a terminal, as plain lines, or not. */
final class ProgressLine implements Progress, AutoCloseable {

  private static final int WIDTH_COLUMNS = 78;
  private static final int UPDATE_MILLIS = 200;
  private static final long MEBIBYTE = 1024L * 1024;

  private final @Nullable ProgressBar bar;
  private final @Nullable PlainProgress plain;
  private boolean closed;

  ProgressLine(String task, ProgressOptions.Style style, Surroundings surroundings) {
    Terminal terminal = surroundings.terminal();
    this.bar =
        terminal == null || style != ProgressOptions.Style.AUTO
            ? null
            : bar(task, terminal.screen());
    this.plain =
        style == ProgressOptions.Style.PLAIN || style == ProgressOptions.Style.JSON
            ? new PlainProgress(
                task,
                style == ProgressOptions.Style.JSON,
                surroundings.errors(),
                surroundings.clock())
            : null;
  }

  @Override
  public boolean wantsTotals() {
    return bar != null || plain != null;
  }

  @Override
  public void expect(long files, long bytes) {
    if (bar != null) {
      bar.maxHint(bytes);
    }
    if (plain != null) {
      plain.expect(files, bytes);
    }
  }

  @Override
  public void advanced(long bytes) {
    if (bar != null) {
      bar.stepBy(bytes);
    }
    if (plain != null) {
      plain.advanced(bytes);
    }
  }

  @Override
  public void fileDone() {}

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (bar != null) {
      bar.close();
    }
    if (plain != null) {
      plain.end();
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
