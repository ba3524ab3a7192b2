package lockstep.device.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import lockstep.device.TestDevice;
import lockstep.device.VaultSite;
import lockstep.keys.KeyHierarchy;
import lockstep.keys.RootKey;
import lockstep.secret.Hkdf;
import lockstep.secret.KeyLabel;
import lockstep.secret.SecretBytes;
import lockstep.spec.Verifies;
import lockstep.wire.Authority;
import lockstep.wire.Bytes;
import lockstep.wire.Reply;
import lockstep.wire.SignedReply;
import lockstep.wire.VaultId;
import lockstep.wire.WireWriter;
import net.jqwik.api.Example;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** What entitles a device's command covers exactly what the spec lists. */
class CredentialProperties {

  private static final byte[] PART =
      "a message up to its authority".getBytes(StandardCharsets.UTF_8);

  private final SecureRandom random = new SecureRandom();
  private final List<Bytes> issued = new ArrayList<>();

  /** What the credential adds to {@link #PART} at a real vault, whose challenges are noted. */
  private Authority authority(VaultSite site, Credential credential) {
    VaultClient noting =
        request -> {
          byte[] reply = site.exchange(request);
          if (SignedReply.decode(reply).orElseThrow().reply() instanceof Reply.Challenged answer) {
            issued.add(answer.challenge());
          }
          return reply;
        };
    return new TestDevice()
        .run(
            device -> {
              try {
                return credential
                    .prepare(
                        VaultConversation.begin(device, site.connection(noting), VaultSite.ALICE))
                    .apply(PART);
              } catch (ConversationEnded ended) {
                throw new IOException(ended);
              }
            });
  }

  private static byte[] input(String label, Bytes... fields) {
    WireWriter writer = new WireWriter().ascii(label);
    for (Bytes field : fields) {
      writer.bytes(field);
    }
    return writer.bytes(PART).toByteArray();
  }

  private static boolean isSigned(Bytes publicKey, byte[] input, Bytes signature) {
    return Ed25519.verify(signature.toArray(), 0, publicKey.toArray(), 0, input, 0, input.length);
  }

  @Example
  @Verifies("AUT-4")
  void aCommandIsSignedByTheRootKeysKeyOverAFreshChallenge() {
    try (VaultSite site = new VaultSite();
        RootKey rootKey = RootKey.random(random);
        SigningKey key = SigningKey.commandKey(rootKey);
        SecretBytes seed = KeyHierarchy.derive(rootKey, KeyLabel.COMMAND_SIGNATURE)) {
      byte[] publicKey = new byte[Ed25519.PUBLIC_KEY_SIZE];
      seed.expose(
          bytes -> {
            Ed25519.generatePublicKey(bytes, 0, publicKey, 0);
            return bytes;
          });
      assertThat(key.publicKey()).isEqualTo(Bytes.copyOf(publicKey));
      VaultId vaultId = site.connection().vaultId();
      for (int command = 0; command < 3; command++) {
        Authority.CommandSignature made =
            (Authority.CommandSignature) authority(site, key.forCommands(vaultId));
        byte[] input = input("lockstep/v1/signed-command", vaultId.value(), made.challenge());
        assertThat(isSigned(key.publicKey(), input, made.signature())).isTrue();
        assertThat(issued).hasSize(command + 1).doesNotHaveDuplicates().endsWith(made.challenge());
      }
    }
  }

  @Example
  @Verifies("AUT-6")
  void eachStageIsSignedByAKeyOfItsOwn() {
    try (VaultSite site = new VaultSite();
        SigningKey key = SigningKey.oneTime(random);
        SigningKey other = SigningKey.oneTime(random)) {
      VaultId vaultId = site.connection().vaultId();
      Authority.StageSignature made =
          (Authority.StageSignature) authority(site, key.forStage(vaultId));
      byte[] input = input("lockstep/v1/stage-command", vaultId.value());
      assertThat(isSigned(key.publicKey(), input, made.signature())).isTrue();
      assertThat(isSigned(other.publicKey(), input, made.signature())).isFalse();
    }
  }

  @Example
  @Verifies("AUT-5")
  void aCommandUnderASessionCarriesItsIdAndMac() {
    Bytes id = Bytes.copyOf(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16});
    try (VaultSite site = new VaultSite();
        SecretBytes sessionKey = SecretBytes.random(random, 32);
        SecretBytes macKey = Hkdf.derive(sessionKey, KeyLabel.SESSION_COMMAND);
        LiveSession session = new LiveSession(id, sessionKey.duplicate())) {
      VaultId vaultId = site.connection().vaultId();
      byte[] input = input("lockstep/v1/session-command", vaultId.value(), id);
      assertThat(authority(site, session.forCommand(vaultId)))
          .isEqualTo(new Authority.SessionMac(id, macKey.expose(key -> mac(key, input))));
    }
  }

  private static Bytes mac(byte[] key, byte[] input) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return Bytes.copyOf(mac.doFinal(input));
    } catch (GeneralSecurityException failure) {
      throw new AssertionError(failure);
    }
  }
}
