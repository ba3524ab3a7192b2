package lockstep.wire;

import java.util.function.Function;
import lockstep.spec.Implements;

/** What entitles a request, the last field of its message. */
@Implements("WIR-1~2")
public sealed interface Authority {

  /** Calls the function of this case. */
  <R> R match(
      Function<Token, R> token,
      Function<CommandSignature, R> commandSignature,
      Function<SessionMac, R> sessionMac,
      Function<StageSignature, R> stageSignature);

  /**
   * An account token (AUT-2).
   *
   * @param token the bytes of an {@link AccountToken}, not decoded yet
   */
  record Token(Bytes token) implements Authority {

    @Override
    public <R> R match(
        Function<Token, R> token,
        Function<CommandSignature, R> commandSignature,
        Function<SessionMac, R> sessionMac,
        Function<StageSignature, R> stageSignature) {
      return token.apply(this);
    }
  }

  /**
   * A signature by the account's command key (AUT-4).
   *
   * @param challenge a challenge that the vault issued, 32 bytes
   * @param signature Ed25519 signature of {@link #signedInput}, 64 bytes
   */
  record CommandSignature(Bytes challenge, Bytes signature) implements Authority {

    /**
     * @throws IllegalArgumentException (a programmer error) on another length
     */
    public CommandSignature {
      challenge.requireLength(Sizes.CHALLENGE);
      signature.requireLength(Ed25519Signature.LENGTH);
    }

    /** What the command key signs; {@code signedPart} is {@link Request#signedPart}. */
    @Implements("AUT-4")
    public static byte[] signedInput(VaultId vaultId, Bytes challenge, byte[] signedPart) {
      return SignedDomain.SIGNED_COMMAND
          .begin()
          .bytes(vaultId.value())
          .bytes(challenge.requireLength(Sizes.CHALLENGE))
          .bytes(signedPart)
          .toByteArray();
    }

    @Override
    public <R> R match(
        Function<Token, R> token,
        Function<CommandSignature, R> commandSignature,
        Function<SessionMac, R> sessionMac,
        Function<StageSignature, R> stageSignature) {
      return commandSignature.apply(this);
    }
  }

  /**
   * The MAC of a verified session (AUT-5).
   *
   * @param sessionId the session, 16 bytes
   * @param mac HMAC-SHA256 of {@link #macInput}, 32 bytes; to be compared in constant time
   */
  record SessionMac(Bytes sessionId, Bytes mac) implements Authority {

    /**
     * @throws IllegalArgumentException (a programmer error) on another length
     */
    public SessionMac {
      sessionId.requireLength(Sizes.SESSION_ID);
      mac.requireLength(Sizes.MAC);
    }

    /** What the session's key authenticates; {@code signedPart} is {@link Request#signedPart}. */
    @Implements("AUT-5")
    public static byte[] macInput(VaultId vaultId, Bytes sessionId, byte[] signedPart) {
      return SignedDomain.SESSION_COMMAND
          .begin()
          .bytes(vaultId.value())
          .bytes(sessionId.requireLength(Sizes.SESSION_ID))
          .bytes(signedPart)
          .toByteArray();
    }

    @Override
    public <R> R match(
        Function<Token, R> token,
        Function<CommandSignature, R> commandSignature,
        Function<SessionMac, R> sessionMac,
        Function<StageSignature, R> stageSignature) {
      return sessionMac.apply(this);
    }
  }

  /**
   * A signature by a stage's one-time key (AUT-6).
   *
   * @param signature Ed25519 signature of {@link #signedInput}, 64 bytes
   */
  record StageSignature(Bytes signature) implements Authority {

    /**
     * @throws IllegalArgumentException (a programmer error) on another length
     */
    public StageSignature {
      signature.requireLength(Ed25519Signature.LENGTH);
    }

    /** What the one-time key signs; {@code signedPart} is {@link Request#signedPart}. */
    @Implements("AUT-6")
    public static byte[] signedInput(VaultId vaultId, byte[] signedPart) {
      return SignedDomain.STAGE_COMMAND
          .begin()
          .bytes(vaultId.value())
          .bytes(signedPart)
          .toByteArray();
    }

    @Override
    public <R> R match(
        Function<Token, R> token,
        Function<CommandSignature, R> commandSignature,
        Function<SessionMac, R> sessionMac,
        Function<StageSignature, R> stageSignature) {
      return stageSignature.apply(this);
    }
  }
}
