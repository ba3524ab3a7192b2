package lockstep.adapter.remote;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import lockstep.device.vault.AccountTokens;
import lockstep.spec.Implements;
import lockstep.wire.AccountName;
import lockstep.wire.AccountToken;
import lockstep.wire.VaultId;

/** Takes the account token that somebody puts into a file, anew each time that one is needed. */
@Implements("DOR-4")
public final class FileTokens implements AccountTokens {

  private final Path file;

  /** The tokens of that file, which need not be there yet. */
  public FileTokens(Path file) {
    this.file = file;
  }

  @Override
  public AccountToken tokenFor(AccountName account, VaultId vaultId) throws NoToken {
    byte[] text;
    try (InputStream content = Files.newInputStream(file)) {
      text = content.readNBytes(TokenText.MAX_BYTES + 1);
    } catch (IOException unreadable) {
      throw new NoToken(NoToken.Reason.NO_FILE);
    }
    return TokenText.parse(text, account, vaultId);
  }
}
