package lockstep.wire;

import java.util.Optional;
import java.util.function.Function;
import lockstep.spec.Decides;
import lockstep.spec.Implements;

/**
 * What the device asks (WIR-1); {@link RequestMessage} adds the nonce. Its authority, where it has
 * one, is its last field. A field of another length than its record states is a programmer error
 * and raises {@link IllegalArgumentException}.
 */
@Decides("WIR-7")
@Implements("WIR-1~2")
public sealed interface Request {

  /** Longest message, request or reply, in bytes (WIR-3). */
  int MAX_BYTES = 16_384;

  /** The account that the request is about. */
  AccountName account();

  /** Calls the method of this case. */
  <R> R match(RequestCases<R> cases);

  /**
   * The message of this request with a nonce of 32 bytes, at most 16,384 bytes.
   *
   * @throws IllegalArgumentException (a programmer error) if a token makes it longer
   */
  public default byte[] encode(Bytes nonce) {
    return new RequestMessage(this, nonce).encode();
  }

  /** The message up to its authority: what a signature or MAC in the authority covers. */
  default byte[] signedPart() {
    return RequestCodec.signedPart(this);
  }

  /** The request of a message, or empty if {@code message} is not exactly the encoding of one. */
  static Optional<Request> decode(byte[] message) {
    return RequestMessage.decode(message).map(RequestMessage::request);
  }

  /**
   * The request under an authority that depends on the rest of the message.
   *
   * @param shape makes the request for an authority
   * @param authorise makes the authority from the request's {@link #signedPart}
   */
  static <T extends Authorised> T authorised(
      Function<Authority, T> shape, Function<byte[], Authority> authorise) {
    Authority blank = new Authority.StageSignature(Bytes.zero(Ed25519Signature.LENGTH));
    return shape.apply(authorise.apply(shape.apply(blank).signedPart()));
  }

  /** A request with an authority after its fields: all but Challenge, Finish and Abandon. */
  sealed interface Authorised extends Request {

    /** What entitles the request. */
    Authority authority();
  }

  /** Asks for a challenge to sign; without authority. */
  record Challenge(AccountName account) implements Request {

    @Override
    public <R> R match(RequestCases<R> cases) {
      return cases.challenge(this);
    }
  }

  /**
   * Asks for the account's state.
   *
   * @param knownSequence number of the newest receipt that the device knows, 0 for none
   * @param knownHash hash of that receipt's body, or zero, 32 bytes
   */
  record Status(AccountName account, long knownSequence, Bytes knownHash, Authority authority)
      implements Authorised {

    public Status {
      knownHash.requireLength(Sha256.LENGTH_BYTES);
    }

    /** Asks without naming a receipt. */
    public Status(AccountName account, Authority authority) {
      this(account, 0, Bytes.zero(Sha256.LENGTH_BYTES), authority);
    }

    @Override
    public <R> R match(RequestCases<R> cases) {
      return cases.status(this);
    }
  }

  /**
   * Asks for the registration evaluation of a new generation.
   *
   * @param generation the generation to stage
   * @param oneTimeKey Ed25519 public key that will sign Stage and Confirm, 32 bytes
   * @param registrationRequest OPAQUE's {@code RegistrationRequest}, 33 bytes
   */
  record Register(
      AccountName account,
      long generation,
      Bytes oneTimeKey,
      Bytes registrationRequest,
      Authority authority)
      implements Authorised {

    public Register {
      oneTimeKey.requireLength(Ed25519Signature.PUBLIC_KEY_LENGTH);
      registrationRequest.requireLength(Sizes.REGISTRATION_REQUEST);
    }

    @Override
    public <R> R match(RequestCases<R> cases) {
      return cases.register(this);
    }
  }

  /**
   * Hands over the record of a registered generation.
   *
   * @param generation the generation staged
   * @param registrationRecord OPAQUE's {@code RegistrationRecord}, 129 bytes
   * @param wrap the wrapped root key, 60 bytes
   * @param commandKey Ed25519 public key of signed commands, 32 bytes
   * @param keyProof its signature of {@link #keyProofInput}, 64 bytes
   * @param suite the OPAQUE suite
   * @param stretching the record's Argon2id parameters
   */
  record Stage(
      AccountName account,
      long generation,
      Bytes registrationRecord,
      Bytes wrap,
      Bytes commandKey,
      Bytes keyProof,
      int suite,
      StretchingParameters stretching,
      Authority authority)
      implements Authorised {

    public Stage {
      registrationRecord.requireLength(Sizes.REGISTRATION_RECORD);
      wrap.requireLength(Sizes.WRAP);
      commandKey.requireLength(Ed25519Signature.PUBLIC_KEY_LENGTH);
      keyProof.requireLength(Ed25519Signature.LENGTH);
    }

    /** What a command key signs for the stage that {@code oneTimeKey} signs for. */
    @Implements("AUT-9")
    public static byte[] keyProofInput(
        VaultId vaultId, Bytes oneTimeKey, AccountName account, long generation) {
      return SignedDomain.COMMAND_KEY_PROOF
          .begin()
          .bytes(vaultId.value())
          .bytes(oneTimeKey.requireLength(Ed25519Signature.PUBLIC_KEY_LENGTH))
          .account(account)
          .u64(generation)
          .toByteArray();
    }

    @Override
    public <R> R match(RequestCases<R> cases) {
      return cases.stage(this);
    }
  }

  /**
   * Begins the login that proves the staged record.
   *
   * @param generation the generation staged
   * @param ke1 OPAQUE's {@code KE1}, 98 bytes
   */
  record Confirm(AccountName account, long generation, Bytes ke1, Authority authority)
      implements Authorised {

    public Confirm {
      ke1.requireLength(Sizes.KE1);
    }

    @Override
    public <R> R match(RequestCases<R> cases) {
      return cases.confirm(this);
    }
  }

  /**
   * Makes the confirmed record the active one.
   *
   * @param generation the generation staged
   */
  record Activate(AccountName account, long generation, Authority authority) implements Authorised {

    @Override
    public <R> R match(RequestCases<R> cases) {
      return cases.activate(this);
    }
  }

  /**
   * Begins a login.
   *
   * @param ke1 OPAQUE's {@code KE1}, 98 bytes
   */
  record Attempt(AccountName account, Bytes ke1, Authority authority) implements Authorised {

    public Attempt {
      ke1.requireLength(Sizes.KE1);
    }

    @Override
    public <R> R match(RequestCases<R> cases) {
      return cases.attempt(this);
    }
  }

  /**
   * Ends a login with its proof; the session id is the authority.
   *
   * @param sessionId the session, 16 bytes
   * @param ke3 OPAQUE's {@code KE3}, 32 bytes
   */
  record Finish(AccountName account, Bytes sessionId, Bytes ke3) implements Request {

    public Finish {
      sessionId.requireLength(Sizes.SESSION_ID);
      ke3.requireLength(Sizes.KE3);
    }

    @Override
    public <R> R match(RequestCases<R> cases) {
      return cases.finish(this);
    }
  }

  /**
   * Ends a login that failed; the session id is the authority.
   *
   * @param sessionId the session, 16 bytes
   */
  record Abandon(AccountName account, Bytes sessionId) implements Request {

    public Abandon {
      sessionId.requireLength(Sizes.SESSION_ID);
    }

    @Override
    public <R> R match(RequestCases<R> cases) {
      return cases.abandon(this);
    }
  }

  /** Erases the record. */
  record Disable(AccountName account, Authority authority) implements Authorised {

    @Override
    public <R> R match(RequestCases<R> cases) {
      return cases.disable(this);
    }
  }

  /** Asks to start afresh after seven days. */
  record Restart(AccountName account, Authority authority) implements Authorised {

    @Override
    public <R> R match(RequestCases<R> cases) {
      return cases.restart(this);
    }
  }

  /** Starts afresh, once the seven days are over. */
  record CompleteRestart(AccountName account, Authority authority) implements Authorised {

    @Override
    public <R> R match(RequestCases<R> cases) {
      return cases.completeRestart(this);
    }
  }

  /**
   * Sets the freshness mark.
   *
   * @param backupNumber number of the newest backup
   * @param digest SHA-256 of its sealed manifest, 32 bytes
   */
  record Mark(AccountName account, long backupNumber, Bytes digest, Authority authority)
      implements Authorised {

    public Mark {
      digest.requireLength(Sha256.LENGTH_BYTES);
    }

    @Override
    public <R> R match(RequestCases<R> cases) {
      return cases.mark(this);
    }
  }
}
