package lockstep.wire;

import java.util.Optional;
import lockstep.spec.Decides;

/**
 * An account token: the messenger's word that its bearer holds an account (AUT-2).
 *
 * @param body what the messenger says
 * @param signature the messenger's Ed25519 signature of {@link Body#signedInput}, 64 bytes
 */
@Decides("AUT-2")
public record AccountToken(Body body, Bytes signature) {

  private static final int RANDOM_LENGTH = 16;

  /**
   * @throws IllegalArgumentException (a programmer error) if the signature is not 64 bytes
   */
  public AccountToken {
    signature.requireLength(Ed25519Signature.LENGTH);
  }

  /** The token's bytes, as they stand in {@link Authority.Token}. */
  public byte[] encode() {
    return new WireWriter().bytes(body.encode()).bytes(signature).toByteArray();
  }

  /** The token, or empty if {@code encoded} is not exactly one. The signature is not checked. */
  public static Optional<AccountToken> decode(byte[] encoded) {
    return WireReader.decode(
        encoded,
        reader -> new AccountToken(Body.read(reader), reader.fixed(Ed25519Signature.LENGTH)));
  }

  /** Whether the messenger with this public key (32 bytes) signed the token. */
  public boolean isSignedBy(Bytes messengerKey) {
    return Ed25519Signature.isValid(messengerKey, body.signedInput(), signature);
  }

  /**
   * What the messenger signs.
   *
   * @param account whose token it is
   * @param vaultId the only vault that may accept it
   * @param issuedAt when it was issued, in milliseconds since 1970
   * @param expiresAt when it expires, in milliseconds since 1970
   * @param random 16 bytes, so that no two tokens are alike
   */
  public record Body(
      AccountName account, VaultId vaultId, long issuedAt, long expiresAt, Bytes random) {

    /**
     * @throws IllegalArgumentException (a programmer error) on a negative time or other length
     */
    public Body {
      random.requireLength(RANDOM_LENGTH);
      if (issuedAt < 0 || expiresAt < 0) {
        throw new IllegalArgumentException("time before 1970");
      }
    }

    /** What the messenger's signature covers. */
    public byte[] signedInput() {
      return SignedDomain.ACCOUNT_TOKEN.begin().bytes(encode()).toByteArray();
    }

    private byte[] encode() {
      return new WireWriter()
          .account(account)
          .bytes(vaultId.value())
          .u64(issuedAt)
          .u64(expiresAt)
          .bytes(random)
          .toByteArray();
    }

    private static Body read(WireReader reader) {
      return new Body(
          reader.account(),
          new VaultId(reader.fixed(VaultId.LENGTH)),
          reader.u64(),
          reader.u64(),
          reader.fixed(RANDOM_LENGTH));
    }
  }
}
