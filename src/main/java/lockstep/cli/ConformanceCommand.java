package lockstep.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import lockstep.conformance.Conformance;
import lockstep.conformance.ConformanceReport;
import lockstep.conformance.KnownFailures;
import lockstep.conformance.Testee;
import lockstep.conformance.VaultDoor;
import lockstep.spec.Implements;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Examines someone's implementation, run as a child process. */
@Command(
    name = "conformance",
    description =
        "Examine an implementation: COMMAND answers the oracle's requests, or a vault answers"
            + " messages.",
    customSynopsis = {
      "lockstep conformance [OPTIONS] -- COMMAND...",
      "lockstep conformance [OPTIONS] (--vault-command CMD | --vault URL) --vault-identity HEX"
          + " --messenger DIR"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
@Implements("CNF-9~2")
final class ConformanceCommand implements lockstep.cli.Command {

  private static final int WIDTH_COLUMNS = 78;
  private static final int CAUSES_SHOWN = 5;
  private static final String CLAIMED = "all";
  private static final String LIVE = "vault-messages";

  @Mixin private SharedOptions shared;

  @Option(
      names = "--profile",
      split = ",",
      paramLabel = "PROFILE",
      description =
          "format-reader, format-writer, device, limiter, vault-machine, vault-messages or"
              + " primitives, separated by commas; all (default): those that COMMAND claims.")
  private List<String> profiles = List.of(CLAIMED);

  @Option(names = "--case", paramLabel = "ID", description = "Run this case only.")
  private String onlyCase = "";

  @Option(names = "--known", paramLabel = "FILE", description = "The list of known failures.")
  private @Nullable Path known;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description = "Write report.html, report.json and junit.xml there.")
  private @Nullable Path report;

  @Option(names = "--seed", paramLabel = "N", description = "Where schedules begin (default: 1).")
  private long seed = 1;

  @Option(
      names = "--schedules",
      paramLabel = "N",
      description = "Schedules for each profile with state (default: 100).")
  private int schedules = 100;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "How long one answer may take (default: 20).")
  private int timeoutSeconds = 20;

  @Mixin private LiveVaultOptions vault;

  @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "The harness to run.")
  private List<String> command = List.of();

  @Override
  public boolean isOfDevice() {
    return false;
  }

  @Override
  public SharedOptions shared() {
    return shared;
  }

  @Override
  public Answer run(Surroundings surroundings) {
    Set<String> chosen = new LinkedHashSet<>(profiles);
    if (chosen.remove(CLAIMED)) {
      chosen.clear();
    }
    if (!Conformance.PROFILES.containsAll(chosen) || schedules < 0 || timeoutSeconds < 1) {
      return Answer.usage(
          "Unknown profile, or a value that is not a number.",
          "Run lockstep conformance --help to see what is accepted.");
    }
    vault.requireVault();
    if (command.isEmpty() != vault.isGiven()) {
      return Answer.usage(
          "Name either a COMMAND that answers the oracle's requests or a live vault, and not both.",
          "Write it after --, or name the vault with --vault-command or --vault.");
    }
    if (vault.isGiven() && !chosen.isEmpty() && !chosen.equals(Set.of(LIVE))) {
      return Answer.usage(
          "A live vault is examined in the profile vault-messages only.",
          "Leave out --profile, or give a COMMAND that answers the oracle's requests.");
    }
    try {
      KnownFailures failures = known == null ? KnownFailures.none() : known(known);
      return examined(chosen, failures, surroundings);
    } catch (IOException unreadable) {
      return Answer.usage(
          "The list of known failures cannot be read.",
          "A line is a case's id and how it fails, such as: payload-0012 rejected:Damaged");
    }
  }

  private static KnownFailures known(Path file) throws IOException {
    return KnownFailures.read(Files.readAllLines(file))
        .orElseThrow(() -> new IOException("not a list of known failures"));
  }

  private Answer examined(Set<String> chosen, KnownFailures failures, Surroundings surroundings) {
    Duration timeout = Duration.ofSeconds(timeoutSeconds);
    try (Cases bar = new Cases(surroundings)) {
      Conformance conformance =
          Conformance.standard()
              .withProfiles(chosen)
              .withCase(onlyCase)
              .withSchedules(seed, schedules)
              .withKnownFailures(failures)
              .withProgress(bar);
      ConformanceReport result = result(conformance, timeout, surroundings);
      if (report != null) {
        result.write(report);
      }
      return answer(result);
    } catch (IOException unwritable) {
      return Answer.refused("The report could not be written.", "Name another --report folder.");
    }
  }

  private ConformanceReport result(
      Conformance conformance, Duration timeout, Surroundings surroundings) {
    if (vault.isGiven()) {
      try (VaultDoor door = vault.open(timeout, surroundings)) {
        return conformance.examine(door, vault.words());
      }
    }
    try (Testee testee = Testee.process(command, timeout)) {
      return conformance.examine(testee);
    }
  }

  private static Answer answer(ConformanceReport result) {
    return verdict(result)
        .withDetails(result.troubles())
        .withDetails(result.explained(CAUSES_SHOWN))
        .withDetail(result.summary() + ".")
        .with("passed", result.passed())
        .with("failed", result.failed())
        .with("known", result.known())
        .with("adviceNotFollowed", result.adviceNotFollowed())
        .with("notOffered", result.notOffered());
  }

  private static Answer verdict(ConformanceReport result) {
    if (result.isConformant()) {
      return Answer.done(result.firstLine());
    }
    return result.hasFailed()
        ? Answer.of(
            Outcome.NOT_CONFORMANT,
            result.firstLine(),
            "Mend what failed, or list it in the --known file; --report DIR explains each.")
        : Answer.of(
            Outcome.NOT_EXAMINED,
            result.firstLine(),
            "Nothing failed. Offer the operations that are named and claim their profile, or choose"
                + " with --profile what the implementation does.");
  }

  /** Shows how many cases are done, on a terminal only. */
  private static final class Cases implements Conformance.Progress, AutoCloseable {

    private final @Nullable ProgressBar bar;

    Cases(Surroundings surroundings) {
      Terminal terminal = surroundings.terminal();
      bar =
          terminal == null
              ? null
              : new ProgressBarBuilder()
                  .setTaskName("Examining")
                  .setStyle(ProgressBarStyle.ASCII)
                  .setUnit(" cases", 1)
                  .setConsumer(
                      new ConsoleProgressBarConsumer(
                          new PrintStream(terminal.screen(), true, StandardCharsets.UTF_8),
                          WIDTH_COLUMNS))
                  .build();
    }

    @Override
    public void advanced(int done, int all) {
      if (bar != null) {
        bar.maxHint(all);
        bar.stepTo(done);
      }
    }

    @Override
    public void close() {
      if (bar != null) {
        bar.close();
      }
    }
  }
}
