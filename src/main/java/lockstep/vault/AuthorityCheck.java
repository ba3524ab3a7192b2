package lockstep.vault;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import lockstep.vault.machine.SealedSecret;
import lockstep.vault.machine.VaultCommand;
import lockstep.vault.machine.VaultCommand.Mandate;
import lockstep.vault.machine.VaultReply;
import lockstep.wire.AccountName;
import lockstep.wire.AccountToken;
import lockstep.wire.Authority;
import lockstep.wire.Bytes;
import lockstep.wire.Ed25519Signature;
import lockstep.wire.Request;
import lockstep.wire.Sha256;
import lockstep.wire.VaultId;
import lockstep.wire.WireWriter;

/**
 * Finds out whether a request carries authority. What it refuses never reaches a command that could
 * write, and takes the same steps whether or not the account has anything.
 */
@Decides({"AUT-1", "AUT-3"})
final class AuthorityCheck {

  /** The kinds of authority; a stage's one-time key is asked for by {@link #stage}. */
  private enum Kind {
    TOKEN,
    SIGNATURE,
    SESSION
  }

  /** AUT-1's table. */
  private static final Map<Class<? extends Request.Authorised>, Set<Kind>> ACCEPTED =
      Map.ofEntries(
          entry(Request.Status.class, Set.of(Kind.TOKEN, Kind.SIGNATURE)),
          entry(Request.Attempt.class, Set.of(Kind.TOKEN, Kind.SIGNATURE)),
          entry(Request.Register.class, Set.of(Kind.TOKEN, Kind.SIGNATURE, Kind.SESSION)),
          entry(Request.Activate.class, Set.of(Kind.SESSION)),
          entry(Request.Disable.class, Set.of(Kind.SESSION, Kind.SIGNATURE)),
          entry(Request.Restart.class, Set.of(Kind.TOKEN)),
          entry(Request.CompleteRestart.class, Set.of(Kind.TOKEN)),
          entry(Request.Mark.class, Set.of(Kind.SIGNATURE)));

  /**
   * The stage that a request is signed for.
   *
   * @param oneTimeKey the key that signed
   * @param secret the stage's record secret, sealed
   */
  record LiveStage(Bytes oneTimeKey, SealedSecret secret) {}

  private final VaultIdentity identity;
  private final TokenVerifier tokens;
  private final SessionTable sessions;
  private final ChallengeTable challenges;
  private final StoreAccess store;

  AuthorityCheck(
      VaultIdentity identity,
      TokenVerifier tokens,
      SessionTable sessions,
      ChallengeTable challenges,
      StoreAccess store) {
    this.identity = identity;
    this.tokens = tokens;
    this.sessions = sessions;
    this.challenges = challenges;
    this.store = store;
  }

  /** The authority that the request carries, if it is of an accepted kind and valid. */
  Optional<Mandate> mandate(Request.Authorised request) {
    Set<Kind> accepted = ACCEPTED.getOrDefault(request.getClass(), Set.of());
    return request
        .authority()
        .match(
            token -> accepted.contains(Kind.TOKEN) ? token(request, token) : Optional.empty(),
            signature ->
                accepted.contains(Kind.SIGNATURE)
                    ? signature(request, signature)
                    : Optional.empty(),
            mac -> accepted.contains(Kind.SESSION) ? session(request, mac) : Optional.empty(),
            stage -> Optional.empty());
  }

  /** Whether the command key that a record is staged with belongs to whoever stages it. */
  @Decides("AUT-9")
  boolean provesItsKey(Request.Stage request, LiveStage live) {
    byte[] input =
        Request.Stage.keyProofInput(
            vaultId(), live.oneTimeKey(), request.account(), request.generation());
    return Ed25519Signature.isValid(request.commandKey(), input, request.keyProof());
  }

  /** The live stage, if the request is signed by its key. */
  @Decides("AUT-6")
  Optional<LiveStage> stage(Request.Authorised request) {
    return request
        .authority()
        .match(
            token -> Optional.empty(),
            signature -> Optional.empty(),
            mac -> Optional.empty(),
            stage -> {
              byte[] input = Authority.StageSignature.signedInput(vaultId(), request.signedPart());
              VaultReply.Keys keys = keys(request.account());
              return signer(keys.oneTimeKey(), input, stage.signature())
                  .map(key -> new LiveStage(key, keys.stageSecret().orElseThrow()));
            });
  }

  private Optional<Mandate> token(Request.Authorised request, Authority.Token token) {
    return tokens.isValid(request.account(), token.token(), store.now())
        ? Optional.of(new Mandate.Token(use(request, token.token())))
        : Optional.empty();
  }

  /** What would be charged uses the token up; the machine remembers that, with the charge. */
  @Implements("AUT-8~2")
  private static Optional<Mandate.TokenUse> use(Request.Authorised request, Bytes token) {
    boolean attempt = request instanceof Request.Attempt;
    if (!attempt && !(request instanceof Request.Register)) {
      return Optional.empty();
    }
    byte[] named = new WireWriter().flag(attempt).bytes(token).toByteArray();
    return AccountToken.decode(token.toArray())
        .map(decoded -> new Mandate.TokenUse(Sha256.of(named), decoded.body().expiresAt()));
  }

  @Decides("AUT-4")
  private Optional<Mandate> signature(
      Request.Authorised request, Authority.CommandSignature authority) {
    AccountName account = request.account();
    long now = store.now();
    if (!challenges.isOpen(account, authority.challenge(), now)) {
      return Optional.empty();
    }
    byte[] input =
        Authority.CommandSignature.signedInput(
            vaultId(), authority.challenge(), request.signedPart());
    return signer(keys(account).commandKey(), input, authority.signature())
        .filter(key -> challenges.use(account, authority.challenge(), now))
        .map(Mandate.Signature::new);
  }

  @Decides("AUT-5")
  private Optional<Mandate> session(Request.Authorised request, Authority.SessionMac authority) {
    byte[] input =
        Authority.SessionMac.macInput(vaultId(), authority.sessionId(), request.signedPart());
    return sessions.authorises(
            authority.sessionId(), request.account(), input, authority.mac(), store.now())
        ? Optional.of(new Mandate.Session(authority.sessionId()))
        : Optional.empty();
  }

  /** Checks against the vault's own key where there is none, so that absence takes as long. */
  private Optional<Bytes> signer(Optional<Bytes> key, byte[] input, Bytes signature) {
    boolean valid = Ed25519Signature.isValid(key.orElse(identity.publicKey()), input, signature);
    return valid ? key : Optional.empty();
  }

  private VaultReply.Keys keys(AccountName account) {
    VaultReply reply = store.submit(account, new VaultCommand.AskKeys(store.now()));
    if (reply instanceof VaultReply.Keys keys) {
      return keys;
    }
    throw new IllegalStateException("the store did not run the machine");
  }

  private VaultId vaultId() {
    return identity.id();
  }
}
