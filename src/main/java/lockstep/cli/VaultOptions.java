package lockstep.cli;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lockstep.spec.Decides;
import lockstep.wire.Bytes;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which vault it is, how it is reached, and who vouches for the account there. */
@Decides("DOR-6")
final class VaultOptions {

  @Option(
      names = "--vault",
      paramLabel = "DIR|URL",
      description =
          "The Backup Key Vault's folder, or its https://host:port; with several nodes, one of each"
              + " with commas between them.")
  private @Nullable String named;

  @Option(
      names = "--vault-command",
      paramLabel = "CMD",
      description =
          "In place of --vault: a command that serves a vault on standard input and output.")
  private @Nullable String command;

  @Option(
      names = "--vault-identity",
      paramLabel = "HEX|FILE",
      description = "The vault's public key, where it did not come with the vault's folder.")
  private @Nullable String identity;

  @Option(
      names = "--vault-tls-key",
      paramLabel = "HEX",
      description = "The digest of its server's key, where no public authority vouches for that.")
  private @Nullable String tlsKey;

  @Option(
      names = "--token-command",
      paramLabel = "CMD",
      description = "A command that prints a token for LOCKSTEP_ACCOUNT at LOCKSTEP_VAULT.")
  private @Nullable String tokenCommand;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "A file that holds a token for the account at the vault.")
  private @Nullable Path tokenFile;

  boolean isGiven() {
    return named != null || command != null;
  }

  /** The vault, or empty where none is named; a usage error where something else is missing. */
  Optional<VaultPlace> place() {
    if ((named != null && command != null) || (tokenCommand != null && tokenFile != null)) {
      throw new Ended(
          Answer.usage(
              "Two options stand here of which only one may: "
                  + (command != null && named != null
                      ? "--vault and --vault-command."
                      : "--token-command and --token-file."),
              "Leave out one of them."));
    }
    requireNotedWhole("--vault-command", command);
    requireNotedWhole("--token-command", tokenCommand);
    boolean network = named != null && VaultAddress.isMeant(named);
    if (tlsKey != null && !network) {
      throw new Ended(
          Answer.usage(
              "--vault-tls-key belongs to a vault at an https:// address.",
              "Leave it out, or name the address after --vault."));
    }
    if (named != null) {
      return Optional.of(network ? atAddress(named) : inFolder(named));
    }
    return command == null ? Optional.empty() : Optional.of(program(command));
  }

  /** The public key that the vault has to have, where one is named. */
  Optional<Bytes> identity() {
    return Optional.ofNullable(identity).map(VaultIdentityText::parse);
  }

  // The device could not note it and would not find its vault again.
  private static void requireNotedWhole(String option, @Nullable String text) {
    if (text != null
        && text.getBytes(StandardCharsets.UTF_8).length > VaultPlace.MAX_COMMAND_BYTES) {
      throw new Ended(
          Answer.usage(
              "The command after " + option + " is longer than 32,768 bytes.",
              "Put it into a script, and name that."));
    }
  }

  private VaultPlace inFolder(String path) {
    return new VaultPlace.Folder(absolute(Path.of(path)), tokens());
  }

  private VaultPlace program(String served) {
    requireRest();
    return new VaultPlace.Program(served, identity().orElseThrow(), tokens().orElseThrow());
  }

  private VaultPlace atAddress(String typed) {
    List<URI> addresses = VaultAddress.parseAll(typed).orElseThrow(VaultAddress::isNone);
    requireRest();
    return new VaultPlace.Network(
        addresses,
        identity().orElseThrow(),
        VaultAddress.keyDigest(tlsKey),
        tokens().orElseThrow());
  }

  private void requireRest() {
    List<String> missing = new ArrayList<>();
    if (identity == null) {
      missing.add("--vault-identity");
    }
    if (tokens().isEmpty()) {
      missing.add("--token-command or --token-file");
    }
    if (!missing.isEmpty()) {
      throw AccountOptions.missing(missing);
    }
  }

  private Optional<TokenPlace> tokens() {
    return Optional.ofNullable(tokenCommand)
        .map(text -> new TokenPlace(true, text))
        .or(
            () ->
                Optional.ofNullable(tokenFile)
                    .map(file -> new TokenPlace(false, absolute(file).toString())));
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }
}
