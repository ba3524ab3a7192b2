package lockstep.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import lockstep.adapter.messenger.LocalMessenger;
import lockstep.adapter.remote.CommandTokens;
import lockstep.spec.Decides;
import lockstep.unicode.Normalization;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;
import lockstep.wire.VaultId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Issues an account token. */
@Command(
    name = "messenger token",
    description = "Print a token, valid for five minutes, for an account at a vault.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class MessengerTokenCommand implements lockstep.cli.Command {

  private static final String DIGITS = "[0-9a-f]{64}";

  @Mixin private SharedOptions shared;

  @Parameters(paramLabel = "DIR", description = "The issuer's folder.")
  private Path directory;

  @Option(
      names = "--account",
      paramLabel = "NAME",
      description = "The account (default: LOCKSTEP_ACCOUNT).")
  private @Nullable String account;

  @Option(
      names = "--vault-identity",
      paramLabel = "HEX|FILE",
      description = "The vault's public key (default: the vault of LOCKSTEP_VAULT).")
  private @Nullable String identity;

  @Override
  public SharedOptions shared() {
    return shared;
  }

  @Override
  public boolean isOfDevice() {
    return false;
  }

  @Override
  @Decides("DOR-7")
  public Answer run(Surroundings surroundings) {
    AccountName name = accountName(surroundings);
    VaultId vaultId = vaultId(surroundings);
    try {
      LocalMessenger messenger =
          LocalMessenger.open(directory.toAbsolutePath(), surroundings.clock(), new SecureRandom());
      String digits = HexFormat.of().formatHex(messenger.tokenFor(name, vaultId).encode());
      return Answer.done(digits).with("token", digits);
    } catch (IOException unusable) {
      return Answer.refused(
              "There is no issuer in that folder, or its key cannot be read.",
              "Look at the folder; lockstep messenger init makes a new issuer.")
          .with("reason", "noIssuer");
    }
  }

  private AccountName accountName(Surroundings surroundings) {
    String text =
        account != null ? account : variable(surroundings, CommandTokens.ACCOUNT_VARIABLE);
    if (text.isEmpty()) {
      throw AccountOptions.missing(List.of("--account"));
    }
    return AccountName.parse(Normalization.nfc(text))
        .orElseThrow(
            () ->
                new Ended(
                    Answer.usage(
                        "Not a valid account name. A name is 1 to 255 bytes without control"
                            + " characters.",
                        "Run the command again with another --account.")));
  }

  private VaultId vaultId(Surroundings surroundings) {
    Optional<Bytes> key = Optional.ofNullable(identity).map(VaultIdentityText::parse);
    if (key.isPresent()) {
      return VaultId.of(key.get());
    }
    String digits = variable(surroundings, CommandTokens.VAULT_VARIABLE);
    if (!digits.matches(DIGITS)) {
      throw AccountOptions.missing(List.of("--vault-identity"));
    }
    return new VaultId(Bytes.copyOf(HexFormat.of().parseHex(digits)));
  }

  private static String variable(Surroundings surroundings, String name) {
    return ReceivedText.variable(name, surroundings.environment().getOrDefault(name, ""));
  }
}
