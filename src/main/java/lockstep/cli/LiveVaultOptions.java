package lockstep.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lockstep.adapter.durable.SmallFile;
import lockstep.adapter.remote.CommandVault;
import lockstep.adapter.remote.HttpsVault;
import lockstep.conformance.VaultDoor;
import lockstep.secret.SecretBytes;
import lockstep.spec.Decides;
import lockstep.wire.Bytes;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A live vault in place of a harness. */
@Decides("CNF-13")
final class LiveVaultOptions {

  private static final int SEED_BYTES = 32;

  @Option(
      names = "--vault-command",
      paramLabel = "CMD",
      description = "Examine the vault that this command serves on standard input and output.")
  private @Nullable String command;

  @Option(
      names = "--vault",
      paramLabel = "URL",
      description = "Examine the vault at this https://host:port.")
  private @Nullable String url;

  @Option(
      names = "--vault-identity",
      paramLabel = "HEX|FILE",
      description = "The vault's public key.")
  private @Nullable String identity;

  @Option(
      names = "--vault-tls-key",
      paramLabel = "HEX",
      description = "The digest of its server's key, where no public authority vouches for that.")
  private @Nullable String tlsKey;

  @Option(
      names = "--messenger",
      paramLabel = "DIR",
      description = "The issuer that the vault believes, as lockstep messenger init makes it.")
  private @Nullable Path messenger;

  @Option(
      names = "--vault-restart",
      paramLabel = "CMD",
      description = "A command that kills the vault, starts it again and ends when it answers.")
  private @Nullable String restart;

  boolean isGiven() {
    return command != null || url != null;
  }

  /** The options that reach this vault again. */
  List<String> words() {
    List<String> words = new ArrayList<>();
    add(words, "--vault-command", command);
    add(words, "--vault", url);
    add(words, "--vault-identity", identity);
    add(words, "--vault-tls-key", tlsKey);
    add(words, "--messenger", messenger == null ? null : messenger.toString());
    add(words, "--vault-restart", restart);
    return words;
  }

  private static void add(List<String> words, String option, @Nullable String value) {
    if (value != null) {
      words.addAll(List.of(option, value));
    }
  }

  /** A usage error where an option stands here that says something of a vault that none names. */
  void requireVault() {
    boolean stray = !isGiven() && !words().isEmpty();
    if (stray || (tlsKey != null && url == null)) {
      throw new Ended(
          Answer.usage(
              "An option says something of a vault that no option names.",
              "Name the vault with --vault or --vault-command; --vault-tls-key goes with"
                  + " --vault."));
    }
  }

  /** The way there; a usage error where something is missing. */
  VaultDoor open(Duration patience, Surroundings surroundings) {
    if (command != null && url != null) {
      throw new Ended(
          Answer.usage(
              "Two options stand here of which only one may: --vault and --vault-command.",
              "Leave out one of them."));
    }
    if (identity == null || messenger == null) {
      throw AccountOptions.missing(List.of(identity == null ? "--vault-identity" : "--messenger"));
    }
    Bytes key = VaultIdentityText.parse(identity);
    SecretBytes seed = seed(messenger);
    if (command != null) {
      String served = command;
      return LiveDoor.command(
          () -> new CommandVault(served, patience),
          key,
          seed,
          restart,
          patience,
          surroundings.clock());
    }
    HttpsVault there =
        new HttpsVault(
            List.of(address()), VaultAddress.keyDigest(tlsKey), surroundings.clock(), patience);
    return LiveDoor.network(there, key, seed, restart, patience, surroundings.clock());
  }

  private URI address() {
    return Optional.ofNullable(url).flatMap(VaultAddress::parse).orElseThrow(VaultAddress::isNone);
  }

  private static SecretBytes seed(Path directory) {
    try {
      byte[] read = SmallFile.read(directory.resolve("messenger.key"), SEED_BYTES);
      if (read.length == SEED_BYTES) {
        return SecretBytes.absorb(read);
      }
    } catch (IOException unusable) {
      // Told below, as a key of another length is.
    }
    throw new Ended(
        Answer.usage(
            "There is no issuer in the folder that --messenger names, or its key cannot be read.",
            "Name the folder that lockstep messenger init made, or messenger in the vault's own."));
  }
}
