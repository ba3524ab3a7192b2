package lockstep.conformance;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import lockstep.opaque.OpaqueIdentities;
import lockstep.opaque.client.ClientLogin;
import lockstep.opaque.client.ClientRandomness;
import lockstep.opaque.client.LoginResult;
import lockstep.secret.Password;
import lockstep.secret.PasswordResult;
import lockstep.secret.SecretBytes;
import lockstep.wire.AccountName;
import lockstep.wire.Authority;
import lockstep.wire.Bytes;
import lockstep.wire.Policy;
import lockstep.wire.Refusal;
import lockstep.wire.Reply;
import lockstep.wire.Request;
import lockstep.wire.StretchingParameters;

/**
 * A device that the kit plays, with an account of its own. It leaves the stretching out: a vault
 * never sees it, and a run would take hours.
 */
final class KitDevice {

  static final String RIGHT = "correct horse";
  static final String WRONG = "wrong horse!";
  static final StretchingParameters STRETCHING = new StretchingParameters(65_536, 3, 4);

  private static final int WRAP_BYTES = 60;
  private static final int LEAST_ATTEMPTS = 3;
  private static final int MOST_ATTEMPTS = 10;
  private static final int LEAST_ROUNDS = 2;
  private static final int MOST_ROUNDS = 3;

  final MessageTalk talk;
  final AccountName account;
  final SigningKey commandKey;
  final Bytes wrap;

  KitDevice(MessageTalk talk, AccountName account) {
    this(talk, account, SigningKey.draw(talk.random));
  }

  private KitDevice(MessageTalk talk, AccountName account, SigningKey commandKey) {
    this.talk = talk;
    this.account = account;
    this.commandKey = commandKey;
    this.wrap = talk.randomBytes(WRAP_BYTES);
  }

  /** Another account at the same vault. */
  KitDevice another() {
    return talk.newDevice();
  }

  /** The same account with another root key. */
  KitDevice withAnotherKey() {
    return new KitDevice(talk, account, SigningKey.draw(talk.random));
  }

  /** A login whose KE2 the device has: what it would answer. */
  record Login(Request.Attempt request, Reply.Evaluated evaluated, KitSession session) {}

  Function<byte[], Authority> token() {
    return token(talk.token(account));
  }

  static Function<byte[], Authority> token(Bytes token) {
    return signedPart -> new Authority.Token(token);
  }

  Function<byte[], Authority> signature() {
    return signature(challenge());
  }

  Function<byte[], Authority> signature(Bytes challenge) {
    return signedPart ->
        new Authority.CommandSignature(
            challenge,
            commandKey.sign(
                Authority.CommandSignature.signedInput(talk.id, challenge, signedPart)));
  }

  Bytes challenge() {
    return talk.expect(Reply.Challenged.class, new Request.Challenge(account)).challenge();
  }

  Request.Status statusRequest(Function<byte[], Authority> authority) {
    return Request.authorised(any -> new Request.Status(account, any), authority);
  }

  Reply.StatusReport status() {
    return talk.expect(Reply.StatusReport.class, statusRequest(token()));
  }

  Policy policy() {
    return status().policy();
  }

  Request.Attempt attemptRequest(ClientLogin login, Function<byte[], Authority> authority) {
    Bytes ke1 = Bytes.copyOf(login.request().encode());
    return Request.authorised(any -> new Request.Attempt(account, ke1, any), authority);
  }

  /** A request for an attempt that nobody is going to finish. */
  Request.Attempt attemptRequest(Function<byte[], Authority> authority) {
    try (ClientLogin login = login(WRONG)) {
      return attemptRequest(login, authority);
    }
  }

  /** An attempt that was evaluated, with the right password. */
  Login attempt() {
    return attempt(RIGHT);
  }

  Login attempt(String password) {
    try (ClientLogin login = login(password)) {
      Request.Attempt request = attemptRequest(login, token());
      Reply.Evaluated evaluated = talk.expect(Reply.Evaluated.class, request);
      return new Login(request, evaluated, session(login, evaluated, request));
    }
  }

  /** The session of an evaluation; the password has to be right. */
  KitSession session(ClientLogin login, Reply.Evaluated evaluated, Request request) {
    LoginResult result =
        login.finish(evaluated.ke2().toArray(), identities(), SecretBytes::duplicate);
    Optional<KitSession> session =
        result.match(
            proven ->
                Optional.of(
                    new KitSession(
                        this,
                        evaluated.sessionId(),
                        Bytes.copyOf(proven.ke3().encode()),
                        proven.sessionKey().duplicate())),
            Optional::<KitSession>empty);
    talk.check(session.isPresent(), request, evaluated, "ke2", "a KE2 that the password opens");
    return session.orElseThrow();
  }

  Request.Finish finishRequest(Bytes sessionId, Bytes ke3) {
    return new Request.Finish(account, sessionId, ke3);
  }

  /** A whole unlock: the session is verified. */
  KitSession unlock() {
    KitSession session = attempt().session();
    session.finish();
    return session;
  }

  /** A whole attempt with a wrong password, and the reply to its proof. */
  Reply fail() {
    Reply.Evaluated evaluated = talk.expect(Reply.Evaluated.class, attemptRequest(token()));
    return talk.send(finishRequest(evaluated.sessionId(), Bytes.zero(32)));
  }

  /** Enrols: generation 1 is active. */
  KitDevice enrolled() {
    return enrol(1, token());
  }

  /** Stages, confirms and activates a generation. */
  KitDevice enrol(long generation, Function<byte[], Authority> authority) {
    KitStage stage = new KitStage(this, generation, RIGHT);
    stage.register(authority);
    stage.stage();
    KitSession session = stage.confirm();
    session.finish();
    talk.expect(Reply.Activated.class, activateRequest(generation, session.authority()));
    return this;
  }

  Request.Activate activateRequest(long generation, Function<byte[], Authority> authority) {
    return Request.authorised(any -> new Request.Activate(account, generation, any), authority);
  }

  Request.Disable disableRequest(Function<byte[], Authority> authority) {
    return Request.authorised(any -> new Request.Disable(account, any), authority);
  }

  Request.Restart restartRequest(Function<byte[], Authority> authority) {
    return Request.authorised(any -> new Request.Restart(account, any), authority);
  }

  Request.CompleteRestart completeRequest(Function<byte[], Authority> authority) {
    return Request.authorised(any -> new Request.CompleteRestart(account, any), authority);
  }

  Request.Mark markRequest(long number, int digest, Function<byte[], Authority> authority) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) digest);
    return Request.authorised(
        any -> new Request.Mark(account, number, Bytes.copyOf(bytes), any), authority);
  }

  /** Spends all attempts of a round but {@code left}. */
  void spend(int left) {
    for (int i = smallPolicy().attempts(); i > left; i--) {
      fail();
    }
  }

  /** Waits until a lock is over. */
  void waitOut() {
    talk.pass(policy().waitMillis());
  }

  /** An Attempt is told of a lock until then, unless that time has come meanwhile. */
  void expectLocked(long until) {
    Request.Attempt request = attemptRequest(token());
    Reply reply = talk.send(request);
    Refusal locked = new Refusal.Locked(until);
    if (!reply.equals(locked) && talk.door.now() >= until) {
      throw new Mismatch(new Verdict.NotOffered(Set.of("a longer wait, or a clock that stands")));
    }
    talk.check(reply.equals(locked), request, reply, "", "Locked");
  }

  /** Spends everything but {@code left} attempts of the last round. */
  void spendAllBut(int left) {
    spendAllBut(left, 0);
  }

  /** The same where so many attempts of the first round are spent already. */
  void spendAllBut(int left, int spent) {
    int rounds = smallPolicy().rounds();
    for (int round = 1; round < rounds; round++) {
      spend(round == 1 ? spent : 0);
      waitOut();
    }
    spend(left);
  }

  /** Spends everything: a tombstone is left. */
  KitDevice destroyed() {
    spendAllBut(0);
    return this;
  }

  /** The account's policy, which has to be one that a scenario can spend. */
  Policy smallPolicy() {
    Policy policy = policy();
    if (policy.attempts() < LEAST_ATTEMPTS
        || policy.attempts() > MOST_ATTEMPTS
        || policy.rounds() < LEAST_ROUNDS
        || policy.rounds() > MOST_ROUNDS) {
      throw new Mismatch(
          new Verdict.NotOffered(Set.of("a policy of 3 to 10 attempts in 2 or 3 rounds")));
    }
    return policy;
  }

  ClientLogin login(String password) {
    try (Password prepared = prepared(password)) {
      return ClientLogin.start(prepared, ClientRandomness.from(talk.random));
    }
  }

  static Password prepared(String text) {
    PasswordResult result = Password.prepare(text.toCharArray());
    if (result instanceof PasswordResult.Prepared prepared) {
      return prepared.password();
    }
    throw new IllegalStateException("the kit's own password is none");
  }

  OpaqueIdentities identities() {
    return OpaqueIdentities.of(account.utf8(), talk.id.value().toArray());
  }
}
