package lockstep.adapter.remote;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import lockstep.spec.Decides;
import lockstep.wire.AccountName;
import lockstep.wire.AccountToken;
import lockstep.wire.VaultId;

/** A token as text: its bytes in hexadecimal digits, with white space around them or none. */
@Decides("DOR-4~2")
final class TokenText {

  /** No token in hexadecimal digits is as long. */
  static final int MAX_BYTES = 2_048;

  private static final String DIGITS = "([0-9a-fA-F]{2})+";

  private TokenText() {}

  /**
   * The token, which is for that account and that vault.
   *
   * @throws NoToken where the text is no token, or one for somebody or something else
   */
  static AccountToken parse(byte[] text, AccountName account, VaultId vaultId) throws NoToken {
    AccountToken token = decode(text).orElseThrow(() -> new NoToken(NoToken.Reason.NOT_A_TOKEN));
    if (!token.body().vaultId().equals(vaultId)) {
      throw new NoToken(NoToken.Reason.OTHER_VAULT);
    }
    if (!token.body().account().equals(account)) {
      throw new NoToken(NoToken.Reason.OTHER_ACCOUNT);
    }
    return token;
  }

  private static Optional<AccountToken> decode(byte[] text) {
    String digits = new String(text, StandardCharsets.ISO_8859_1).strip();
    return text.length <= MAX_BYTES && digits.matches(DIGITS)
        ? AccountToken.decode(HexFormat.of().parseHex(digits))
        : Optional.empty();
  }
}
