package lockstep.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
import lockstep.adapter.durable.DurableFiles;
import lockstep.adapter.durable.DurableStep;
import lockstep.adapter.vaultstore.SweptVault;
import lockstep.backup.store.BackupStorage;
import lockstep.device.state.Stretching;
import org.jspecify.annotations.Nullable;

/**
 * All that a command gets from the process it runs in.
 *
 * @param terminal null where nobody can be asked
 * @param stretching what a password costs; asked for only where one is used
 * @param disk is told of each step on which durability depends; a test dies there
 * @param providers that the command uses; they are closed when it has ended
 * @param sweepsEach how often a vault that is served is swept
 */
record Surroundings(
    InputStream input,
    PrintStream output,
    PrintStream errors,
    @Nullable Terminal terminal,
    Map<String, String> environment,
    InstantSource clock,
    Supplier<Stretching> stretching,
    DurableStep disk,
    Providers providers,
    Duration sweepsEach) {

  Surroundings {
    output = output instanceof ResultStream ? output : new ResultStream(output);
  }

  Surroundings(
      InputStream input,
      PrintStream output,
      PrintStream errors,
      @Nullable Terminal terminal,
      Map<String, String> environment,
      InstantSource clock,
      Supplier<Stretching> stretching,
      DurableStep disk) {
    this(
        input,
        output,
        errors,
        terminal,
        environment,
        clock,
        stretching,
        disk,
        new Providers(),
        SweptVault.PERIOD);
  }

  static Surroundings ofProcess() {
    return new Surroundings(
        new FileInputStream(FileDescriptor.in),
        utf8(FileDescriptor.out),
        utf8(FileDescriptor.err),
        Terminal.ofProcess(),
        System.getenv(),
        Clock.systemUTC(),
        () -> Stretching.STANDARD,
        DurableStep.NONE);
  }

  /** Standard output as that which a result goes to. */
  ResultStream result() {
    return (ResultStream) output;
  }

  /** Files that survive loss of power. */
  DurableFiles files() {
    return new DurableFiles(disk);
  }

  /** The provider there. */
  BackupStorage storage(Places places) {
    return providers.at(places.provider(), this);
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
