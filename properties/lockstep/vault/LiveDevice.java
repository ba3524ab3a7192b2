package lockstep.vault;

import java.util.Optional;
import java.util.function.Function;
import lockstep.opaque.OpaqueIdentities;
import lockstep.opaque.RegistrationResponse;
import lockstep.opaque.client.ClientLogin;
import lockstep.opaque.client.ClientRandomness;
import lockstep.opaque.client.ClientRegistration;
import lockstep.opaque.client.LoginResult;
import lockstep.secret.Hkdf;
import lockstep.secret.Hmac;
import lockstep.secret.KeyLabel;
import lockstep.secret.Password;
import lockstep.secret.PasswordResult;
import lockstep.secret.SecretBytes;
import lockstep.vault.LiveVault.SigningKey;
import lockstep.wire.AccountName;
import lockstep.wire.Authority;
import lockstep.wire.Bytes;
import lockstep.wire.Reply;
import lockstep.wire.Request;
import lockstep.wire.StretchingParameters;

/** A device that speaks to a {@link LiveVault}, message by message; stretching is left out. */
final class LiveDevice {

  static final String RIGHT = "correct horse";
  static final String WRONG = "wrong horse!";

  final LiveVault vault;
  final AccountName account;
  final SigningKey commandKey;
  final Bytes wrap;

  LiveDevice(LiveVault vault, AccountName account) {
    this.vault = vault;
    this.account = account;
    this.commandKey = new SigningKey(vault.random);
    this.wrap = vault.randomBytes(60);
  }

  /** A verified session: its id, its key and what it released. */
  record Session(Bytes id, SecretBytes sessionSecret, Reply.Released released) {}

  /** A login whose KE2 the device has: what it would answer. */
  record Answer(Bytes sessionId, Bytes ke3, SecretBytes sessionSecret, Reply.Evaluated evaluated) {}

  /** A stage under way. */
  final class Staging implements AutoCloseable {

    final long generation;
    final SigningKey oneTimeKey = new SigningKey(vault.random);
    final ClientRegistration registration;

    Staging(long generation, String password) {
      this.generation = generation;
      try (Password prepared = password(password)) {
        registration = ClientRegistration.start(prepared, ClientRandomness.from(vault.random));
      }
    }

    Request.Register request(Function<byte[], Authority> authority) {
      return Request.authorised(
          any ->
              new Request.Register(
                  account,
                  generation,
                  oneTimeKey.publicKey,
                  Bytes.copyOf(registration.request().encode()),
                  any),
          authority);
    }

    Reply register(Function<byte[], Authority> authority) {
      return vault.exchange(request(authority));
    }

    Request.Stage stageRequest(Reply.Registered registered) {
      RegistrationResponse response =
          RegistrationResponse.parse(registered.registrationResponse().toArray()).orElseThrow();
      try (var finished = registration.finish(response, identities(), SecretBytes::duplicate)) {
        Bytes record = Bytes.copyOf(finished.record().encode());
        return Request.authorised(
            any ->
                new Request.Stage(
                    account,
                    generation,
                    record,
                    wrap,
                    commandKey.publicKey,
                    proof(commandKey),
                    1,
                    new StretchingParameters(65_536, 3, 4),
                    any),
            this::signed);
      }
    }

    /** That key's word that it stages here. */
    Bytes proof(SigningKey key) {
      return key.sign(
          Request.Stage.keyProofInput(vault.id(), oneTimeKey.publicKey, account, generation));
    }

    Request.Confirm confirmRequest(ClientLogin login) {
      return Request.authorised(
          any ->
              new Request.Confirm(account, generation, Bytes.copyOf(login.request().encode()), any),
          this::signed);
    }

    Authority signed(byte[] signedPart) {
      return new Authority.StageSignature(
          oneTimeKey.sign(Authority.StageSignature.signedInput(vault.id(), signedPart)));
    }

    @Override
    public void close() {
      registration.close();
    }
  }

  Function<byte[], Authority> token() {
    return signedPart -> vault.token(account);
  }

  Function<byte[], Authority> session(Session session) {
    return signedPart ->
        new Authority.SessionMac(
            session.id(),
            mac(
                session.sessionSecret(),
                Authority.SessionMac.macInput(vault.id(), session.id(), signedPart)));
  }

  Function<byte[], Authority> signature() {
    return signedPart -> signature(challenge(), signedPart);
  }

  Authority signature(Bytes challenge, byte[] signedPart) {
    byte[] input = Authority.CommandSignature.signedInput(vault.id(), challenge, signedPart);
    return new Authority.CommandSignature(challenge, commandKey.sign(input));
  }

  Bytes challenge() {
    return ((Reply.Challenged) vault.exchange(new Request.Challenge(account))).challenge();
  }

  Reply.StatusReport status() {
    return (Reply.StatusReport)
        vault.exchange(Request.authorised(any -> new Request.Status(account, any), token()));
  }

  /** Enrols or changes the password; the reply to Activate. */
  Reply enrol(String password, long generation, Function<byte[], Authority> authority) {
    try (Staging staging = new Staging(generation, password)) {
      Reply.Registered registered = (Reply.Registered) staging.register(authority);
      vault.exchange(staging.stageRequest(registered));
      Session session = confirm(staging, password).orElseThrow();
      return activate(generation, session);
    }
  }

  Reply activate(long generation, Session session) {
    return vault.exchange(
        Request.authorised(
            any -> new Request.Activate(account, generation, any), session(session)));
  }

  Optional<Session> confirm(Staging staging, String password) {
    try (ClientLogin login = login(password)) {
      Reply reply = vault.exchange(staging.confirmRequest(login));
      return answer(login, reply).flatMap(this::finish);
    }
  }

  LiveDevice enrolled() {
    enrol(RIGHT, 1, token());
    return this;
  }

  ClientLogin login(String password) {
    try (Password prepared = password(password)) {
      return ClientLogin.start(prepared, ClientRandomness.from(vault.random));
    }
  }

  Request.Attempt attemptRequest(ClientLogin login) {
    return Request.authorised(
        any -> new Request.Attempt(account, Bytes.copyOf(login.request().encode()), any), token());
  }

  /** The reply to an Attempt. */
  Reply attempt(ClientLogin login) {
    return vault.exchange(attemptRequest(login));
  }

  /** What the device would send as KE3, if the vault evaluated and the password is right. */
  Optional<Answer> answer(ClientLogin login, Reply reply) {
    if (!(reply instanceof Reply.Evaluated evaluated)) {
      return Optional.empty();
    }
    LoginResult result =
        login.finish(evaluated.ke2().toArray(), identities(), SecretBytes::duplicate);
    return result.match(
        authenticated ->
            Optional.of(
                new Answer(
                    evaluated.sessionId(),
                    Bytes.copyOf(authenticated.ke3().encode()),
                    authenticated.sessionKey().duplicate(),
                    evaluated)),
        Optional::empty);
  }

  Reply finishReply(Bytes sessionId, Bytes ke3) {
    return vault.exchange(new Request.Finish(account, sessionId, ke3));
  }

  Optional<Session> finish(Answer answer) {
    return finishReply(answer.sessionId(), answer.ke3()) instanceof Reply.Released released
        ? Optional.of(new Session(answer.sessionId(), answer.sessionSecret(), released))
        : Optional.empty();
  }

  /** A whole attempt with the right password. */
  Optional<Session> unlock() {
    try (ClientLogin login = login(RIGHT)) {
      return answer(login, attempt(login)).flatMap(this::finish);
    }
  }

  /** A whole attempt with a wrong password: the reply to it. */
  Reply fail() {
    try (ClientLogin login = login(WRONG)) {
      Reply reply = attempt(login);
      if (reply instanceof Reply.Evaluated evaluated) {
        if (answer(login, reply).isPresent()) {
          throw new AssertionError("a wrong password opened the record");
        }
        return finishReply(evaluated.sessionId(), Bytes.zero(32));
      }
      return reply;
    }
  }

  Bytes mac(SecretBytes sessionSecret, byte[] input) {
    try (SecretBytes key = Hkdf.derive(sessionSecret, KeyLabel.SESSION_COMMAND)) {
      return Bytes.copyOf(Hmac.sha256(key, input));
    }
  }

  OpaqueIdentities identities() {
    return OpaqueIdentities.of(account.utf8(), vault.id().value().toArray());
  }

  static Password password(String text) {
    PasswordResult result = Password.prepare(text.toCharArray());
    return ((PasswordResult.Prepared) result).password();
  }
}
