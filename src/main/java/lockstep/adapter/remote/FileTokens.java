package lockstep.adapter.remote;

import java.io.IOException;
import java.nio.file.Path;
import lockstep.adapter.durable.SmallFile;
import lockstep.device.vault.AccountTokens;
import lockstep.spec.Implements;
import lockstep.wire.AccountName;
import lockstep.wire.AccountToken;
import lockstep.wire.VaultId;

/** Takes the account token that somebody puts into a file, anew each time that one is needed. */
@Implements("DOR-4~2")
public final class FileTokens implements AccountTokens {

  private final Path file;

  /** The tokens of that file, which need not be there yet. */
  public FileTokens(Path file) {
    this.file = file;
  }

  @Override
  public AccountToken tokenFor(AccountName account, VaultId vaultId) throws NoToken {
    byte[] text;
    try {
      text = SmallFile.read(file, TokenText.MAX_BYTES);
    } catch (IOException unreadable) {
      throw new NoToken(NoToken.Reason.NO_FILE);
    }
    return TokenText.parse(text, account, vaultId);
  }
}
