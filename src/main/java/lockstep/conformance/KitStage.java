package lockstep.conformance;

import java.util.function.Function;
import lockstep.opaque.RegistrationResponse;
import lockstep.opaque.client.ClientLogin;
import lockstep.opaque.client.ClientRandomness;
import lockstep.opaque.client.ClientRegistration;
import lockstep.secret.Password;
import lockstep.secret.SecretBytes;
import lockstep.wire.Authority;
import lockstep.wire.Bytes;
import lockstep.wire.Reply;
import lockstep.wire.Request;
import lockstep.wire.VaultId;
import org.jspecify.annotations.Nullable;

/** A stage that the kit's device has under way. */
final class KitStage {

  final KitDevice device;
  final long generation;
  final SigningKey oneTimeKey;
  private final String typed;
  private final ClientRegistration registration;
  private @Nullable Bytes record;

  KitStage(KitDevice device, long generation, String typed) {
    this.device = device;
    this.generation = generation;
    this.typed = typed;
    this.oneTimeKey = SigningKey.draw(device.talk.random);
    try (Password prepared = KitDevice.prepared(typed)) {
      this.registration =
          ClientRegistration.start(prepared, ClientRandomness.from(device.talk.random));
    }
  }

  Request.Register registerRequest(Function<byte[], Authority> authority) {
    Bytes request = Bytes.copyOf(registration.request().encode());
    return Request.authorised(
        any ->
            new Request.Register(device.account, generation, oneTimeKey.publicKey(), request, any),
        authority);
  }

  Reply.Registered register(Function<byte[], Authority> authority) {
    Request.Register request = registerRequest(authority);
    Reply.Registered registered = device.talk.expect(Reply.Registered.class, request);
    Bytes response = registered.registrationResponse();
    RegistrationResponse parsed = RegistrationResponse.parse(response.toArray()).orElse(null);
    device.talk.check(
        parsed != null, request, registered, "registrationResponse", "a RegistrationResponse");
    if (parsed != null) {
      try (var done = registration.finish(parsed, device.identities(), SecretBytes::duplicate)) {
        record = Bytes.copyOf(done.record().encode());
      }
    }
    return registered;
  }

  /** The record that the registration made; before that, bytes of its length. */
  Bytes made() {
    Bytes done = record;
    return done == null ? Bytes.zero(129) : done;
  }

  Request.Stage stageRequest() {
    return stageRequest(generation, made(), signed());
  }

  Request.Stage stageRequest(
      long named, Bytes registrationRecord, Function<byte[], Authority> authority) {
    return stageRequest(named, registrationRecord, proof(named), authority);
  }

  /** The command key's signature for this stage under that generation. */
  Bytes proof(long named) {
    return proof(device.commandKey, device.talk.id, oneTimeKey.publicKey(), named);
  }

  Bytes proof(SigningKey by, VaultId vault, Bytes oneTime, long named) {
    return by.sign(Request.Stage.keyProofInput(vault, oneTime, device.account, named));
  }

  Request.Stage stageRequest(
      long named, Bytes registrationRecord, Bytes proof, Function<byte[], Authority> authority) {
    return Request.authorised(
        any ->
            new Request.Stage(
                device.account,
                named,
                registrationRecord,
                device.wrap,
                device.commandKey.publicKey(),
                proof,
                1,
                KitDevice.STRETCHING,
                any),
        authority);
  }

  void stage() {
    device.talk.expect(new Reply.Staged(), stageRequest());
  }

  Request.Confirm confirmRequest(
      long named, ClientLogin login, Function<byte[], Authority> authority) {
    Bytes ke1 = Bytes.copyOf(login.request().encode());
    return Request.authorised(
        any -> new Request.Confirm(device.account, named, ke1, any), authority);
  }

  /** A confirmation that nobody is going to finish. */
  Request.Confirm confirmRequest(long named, Function<byte[], Authority> authority) {
    try (ClientLogin login = device.login(KitDevice.WRONG)) {
      return confirmRequest(named, login, authority);
    }
  }

  /** Confirms with the password that was staged; the session is not verified yet. */
  KitSession confirm() {
    try (ClientLogin login = device.login(typed)) {
      Request.Confirm request = confirmRequest(generation, login, signed());
      Reply.Evaluated evaluated = device.talk.expect(Reply.Evaluated.class, request);
      return device.session(login, evaluated, request);
    }
  }

  Function<byte[], Authority> signed() {
    return signed(oneTimeKey, device.talk.id);
  }

  static Function<byte[], Authority> signed(SigningKey key, VaultId vault) {
    return signedPart ->
        new Authority.StageSignature(
            key.sign(Authority.StageSignature.signedInput(vault, signedPart)));
  }
}
