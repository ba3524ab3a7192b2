package lockstep.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Optional;
import lockstep.adapter.vaultstore.VaultDirectory;
import lockstep.spec.Implements;
import lockstep.vault.machine.AttemptPolicy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a Backup Key Vault. */
@Command(name = "vault init", description = "Make a Backup Key Vault in a new folder.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class VaultInitCommand implements lockstep.cli.Command {

  @Mixin private SharedOptions shared;

  @Parameters(paramLabel = "DIR", description = "A new folder.")
  private Path directory;

  @Option(names = "--attempts", paramLabel = "N", description = "Attempts a round (default: 5).")
  private int attempts = AttemptPolicy.STANDARD.attempts();

  @Option(names = "--rounds", paramLabel = "N", description = "Rounds (default: 2).")
  private int rounds = AttemptPolicy.STANDARD.rounds();

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      description = "The wait after a round, such as PT24H (the default), P7D or PT90S.")
  private String wait = "PT24H";

  @Override
  public boolean isOfDevice() {
    return false;
  }

  @Override
  public SharedOptions shared() {
    return shared;
  }

  @Override
  @Implements("LIM-1")
  public Answer run(Surroundings surroundings) throws IOException {
    AttemptPolicy policy =
        AttemptPolicy.of(attempts, rounds, waitMillis())
            .orElseThrow(
                () ->
                    new Ended(
                        Answer.usage(
                            "A policy has 1 to 1,000 attempts a round, 1 to 100 rounds and a wait"
                                + " of 1 second to 365 days.",
                            "Run the command again within these bounds.")));
    Path folder = directory.toAbsolutePath().normalize();
    Optional<VaultDirectory> made;
    try {
      made = OpenVault.make(folder, policy, surroundings);
    } catch (IOException unusable) {
      return VaultAnswers.unavailable();
    }
    return made.isPresent()
        ? Answer.done("The vault is made in " + folder + ".")
            .withDetail(
                "Whoever has its folder keys/ and its database can test passwords offline: keep the"
                    + " two apart.")
            .with("vault", folder.toString())
        : Answer.refused(folder + " exists and is not empty.", "Choose an empty or new folder.")
            .with("reason", "vaultExists");
  }

  private long waitMillis() {
    try {
      Duration parsed = Duration.parse(wait);
      return parsed.isNegative() ? 0 : parsed.toMillis();
    } catch (DateTimeException | ArithmeticException unreadable) {
      throw new Ended(
          Answer.usage(
              "The value of --wait is not a duration.",
              "Write it like PT24H (24 hours), P7D (seven days) or PT90S (90 seconds)."));
    }
  }
}
