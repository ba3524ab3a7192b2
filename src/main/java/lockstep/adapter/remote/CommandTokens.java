package lockstep.adapter.remote;

import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import lockstep.device.vault.AccountTokens;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import lockstep.wire.AccountName;
import lockstep.wire.AccountToken;
import lockstep.wire.VaultId;

/** Has a command print an account token, which is told of whom and for which vault it has to be. */
@Decides("DOR-5")
@Implements("DOR-4~2")
public final class CommandTokens implements AccountTokens {

  /** The variable with the account's name. */
  public static final String ACCOUNT_VARIABLE = "LOCKSTEP_ACCOUNT";

  /** The variable with the vault's id in hexadecimal digits. */
  public static final String VAULT_VARIABLE = "LOCKSTEP_VAULT";

  private final String command;
  private final Duration patience;

  /** The tokens of that command, which has so much time for each. */
  public CommandTokens(String command, Duration patience) {
    this.command = command;
    this.patience = patience;
  }

  @Override
  public AccountToken tokenFor(AccountName account, VaultId vaultId) throws NoToken {
    return TokenText.parse(printed(account, vaultId), account, vaultId);
  }

  private byte[] printed(AccountName account, VaultId vaultId) throws NoToken {
    Map<String, String> variables =
        Map.of(
            ACCOUNT_VARIABLE,
            account.text(),
            VAULT_VARIABLE,
            HexFormat.of().formatHex(vaultId.value().toArray()));
    try (ShellCommand issuer = ShellCommand.start(command, variables)) {
      return issuer.within(patience, () -> printed(issuer));
    } catch (TimeoutException silent) {
      throw new NoToken(NoToken.Reason.SILENT);
    } catch (NoToken none) {
      throw none;
    } catch (IOException failed) {
      throw new NoToken(NoToken.Reason.COMMAND_FAILED);
    }
  }

  private static byte[] printed(ShellCommand issuer) throws IOException, InterruptedException {
    issuer.input().close();
    byte[] text = issuer.output().readNBytes(TokenText.MAX_BYTES + 1);
    if (text.length > TokenText.MAX_BYTES) {
      throw new NoToken(NoToken.Reason.NOT_A_TOKEN);
    }
    if (issuer.exitCode() != 0) {
      throw new NoToken(NoToken.Reason.COMMAND_FAILED);
    }
    return text;
  }
}
