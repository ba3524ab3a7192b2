package lockstep.device.vault;

import java.security.SecureRandom;
import lockstep.keys.KeyHierarchy;
import lockstep.keys.RootKey;
import lockstep.secret.KeyLabel;
import lockstep.secret.SecretBytes;
import lockstep.spec.Implements;
import lockstep.spec.NonNormative;
import lockstep.wire.AccountName;
import lockstep.wire.Authority;
import lockstep.wire.Bytes;
import lockstep.wire.Ed25519Signature;
import lockstep.wire.Request;
import lockstep.wire.VaultId;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** An Ed25519 key of the device: the account's command key, or the one-time key of a stage. */
public final class SigningKey implements AutoCloseable {

  private final SecretBytes seed;

  private SigningKey(SecretBytes owned) {
    this.seed = owned;
  }

  /** The key that signs commands for the holder of {@code rootKey}. */
  @Implements("AUT-4")
  public static SigningKey commandKey(RootKey rootKey) {
    return new SigningKey(KeyHierarchy.derive(rootKey, KeyLabel.COMMAND_SIGNATURE));
  }

  /** A key for one stage, never stored. */
  @Implements("AUT-6")
  static SigningKey oneTime(SecureRandom random) {
    return new SigningKey(SecretBytes.random(random, Ed25519.SECRET_KEY_SIZE));
  }

  @NonNormative("what the vault is told of the key")
  public Bytes publicKey() {
    byte[] publicKey = new byte[Ed25519.PUBLIC_KEY_SIZE];
    seed.expose(
        bytes -> {
          Ed25519.generatePublicKey(bytes, 0, publicKey, 0);
          return publicKey;
        });
    return Bytes.copyOf(publicKey);
  }

  /** This key as the account's, over a fresh challenge for every command. */
  @Implements("AUT-4")
  public Credential forCommands(VaultId vaultId) {
    return conversation -> {
      Bytes challenge = conversation.challenge();
      return part ->
          new Authority.CommandSignature(
              challenge, sign(Authority.CommandSignature.signedInput(vaultId, challenge, part)));
    };
  }

  /** This key as a stage's. */
  @Implements("AUT-6")
  Credential forStage(VaultId vaultId) {
    return conversation ->
        part ->
            new Authority.StageSignature(sign(Authority.StageSignature.signedInput(vaultId, part)));
  }

  /** Proves to the vault that whoever stages holds this key, which will sign commands. */
  Bytes proof(VaultId vaultId, Bytes oneTimeKey, AccountName account, long generation) {
    return sign(Request.Stage.keyProofInput(vaultId, oneTimeKey, account, generation));
  }

  @Override
  @NonNormative("wipes the private key")
  public void close() {
    seed.close();
  }

  private Bytes sign(byte[] input) {
    byte[] signature = new byte[Ed25519Signature.LENGTH];
    seed.expose(
        bytes -> {
          Ed25519.sign(bytes, 0, input, 0, input.length, signature, 0);
          return signature;
        });
    return Bytes.copyOf(signature);
  }
}
