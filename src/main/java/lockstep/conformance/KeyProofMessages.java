package lockstep.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import lockstep.spec.Implements;
import lockstep.wire.Bytes;
import lockstep.wire.Ed25519Signature;
import lockstep.wire.Refusal;
import lockstep.wire.Request;
import lockstep.wire.VaultId;

/** Whose command key it is that a record is staged with: AUT-9. */
@Implements("CNF-12")
final class KeyProofMessages {

  private final List<MessageCase> cases = new ArrayList<>();

  private KeyProofMessages() {}

  static List<MessageCase> all() {
    KeyProofMessages messages = new KeyProofMessages();
    messages.proofs();
    return messages.cases;
  }

  private void proofs() {
    proof("of-zeros", stage -> Bytes.zero(Ed25519Signature.LENGTH));
    proof("by-the-one-time-key", stage -> by(stage.oneTimeKey, stage));
    proof("by-another-key", stage -> by(SigningKey.draw(stage.device.talk.random), stage));
    proof(
        "for-another-vault",
        stage ->
            stage.proof(
                stage.device.commandKey,
                new VaultId(stage.device.talk.randomBytes(VaultId.LENGTH)),
                stage.oneTimeKey.publicKey(),
                stage.generation));
    proof(
        "for-another-stage",
        stage ->
            stage.proof(
                stage.device.commandKey,
                stage.device.talk.id,
                SigningKey.draw(stage.device.talk.random).publicKey(),
                stage.generation));
    proof("for-another-generation", stage -> stage.proof(stage.generation + 1));
    proof(
        "for-another-account",
        stage ->
            stage.device.commandKey.sign(
                Request.Stage.keyProofInput(
                    stage.device.talk.id,
                    stage.oneTimeKey.publicKey(),
                    stage.device.another().account,
                    stage.generation)));
  }

  private static Bytes by(SigningKey key, KitStage stage) {
    return stage.proof(key, stage.device.talk.id, stage.oneTimeKey.publicKey(), stage.generation);
  }

  /** Refused, and nothing is staged: there is nothing to confirm, and another record is taken. */
  private void proof(String name, Function<KitStage, Bytes> made) {
    cases.add(
        MessageCase.of(
            "key-proof-" + name,
            "AUT-9~1",
            "a record with a proof of its command key " + name.replace('-', ' '),
            device -> {
              KitStage stage = new KitStage(device, 1, KitDevice.RIGHT);
              stage.register(device.token());
              device.talk.expect(
                  new Refusal.Refused(),
                  stage.stageRequest(1, stage.made(), made.apply(stage), stage.signed()));
              device.talk.expect(
                  new Refusal.Conflict(Refusal.Conflict.Reason.NO_SUCH_STAGE, 0),
                  stage.confirmRequest(1, stage.signed()));
              stage.stage();
            }));
  }
}
