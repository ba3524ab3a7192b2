package lockstep.vault;

import java.util.Optional;
import lockstep.spec.Implements;
import lockstep.wire.AccountName;
import lockstep.wire.AccountToken;
import lockstep.wire.Bytes;
import lockstep.wire.Ed25519Signature;
import lockstep.wire.VaultId;

/** Accepts the tokens that one messenger signs for one vault. */
@Implements("AUT-2")
public final class MessengerTokens implements TokenVerifier {

  private static final long MAX_FUTURE_MILLIS = 60_000L;
  private static final long MAX_VALIDITY_MILLIS = 600_000L;

  private final Bytes messengerKey;
  private final VaultId vaultId;

  /**
   * Accepts tokens by the messenger with this Ed25519 public key.
   *
   * @throws IllegalArgumentException (a programmer error) if the key is not 32 bytes
   */
  public MessengerTokens(Bytes messengerKey, VaultId vaultId) {
    this.messengerKey = messengerKey.requireLength(Ed25519Signature.PUBLIC_KEY_LENGTH);
    this.vaultId = vaultId;
  }

  @Override
  public boolean isValid(AccountName account, Bytes token, long time) {
    Optional<AccountToken> decoded = AccountToken.decode(token.toArray());
    return decoded.isPresent()
        && isFor(decoded.get().body(), account)
        && isTimely(decoded.get().body(), time)
        && decoded.get().isSignedBy(messengerKey);
  }

  private boolean isFor(AccountToken.Body body, AccountName account) {
    return body.account().equals(account) && body.vaultId().equals(vaultId);
  }

  private static boolean isTimely(AccountToken.Body body, long time) {
    return body.issuedAt() - MAX_FUTURE_MILLIS <= time
        && time < body.expiresAt()
        && body.expiresAt() - body.issuedAt() <= MAX_VALIDITY_MILLIS;
  }
}
