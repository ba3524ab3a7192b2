package lockstep.device.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import lockstep.device.state.VaultBinding;
import lockstep.keys.RootKey;
import lockstep.secret.Hkdf;
import lockstep.secret.KeyLabel;
import lockstep.secret.SecretBytes;
import lockstep.spec.Verifies;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;
import lockstep.wire.Policy;
import lockstep.wire.StretchingParameters;
import lockstep.wire.WireWriter;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The wrapped root key opens under its own export key and particulars, and nothing else. */
class RootKeyWrapProperties {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final AccountName ALICE = new AccountName("alice");
  private static final Bytes VAULT = Bytes.zero(32);
  private static final Policy POLICY = new Policy(5, 2, 86_400_000);
  private static final StretchingParameters STRETCHING = new StretchingParameters(65_536, 3, 4);
  private static final VaultBinding BINDING = new VaultBinding(VAULT, 7, POLICY, STRETCHING);

  @Property(tries = 100)
  @Verifies({"WRP-1", "WRP-2"})
  void theWrapIsNonceCiphertextTagUnderTheDocumentedAssociatedData(
      @ForAll @Size(32) byte[] key, @ForAll @Size(32) byte[] export) throws Exception {
    try (RootKey rootKey = RootKey.copyOf(key);
        SecretBytes exportKey = SecretBytes.copyOf(export);
        SecretBytes wrappingKey = Hkdf.derive(exportKey, KeyLabel.ROOT_KEY_WRAP)) {
      byte[] wrap = RootKeyWrap.wrap(rootKey, exportKey, ALICE, BINDING).toArray();
      assertThat(wrap).hasSize(60);
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.DECRYPT_MODE,
          new SecretKeySpec(wrappingKey.expose(byte[]::clone), "AES"),
          new GCMParameterSpec(128, wrap, 0, 12));
      cipher.updateAAD(associatedData());
      assertThatCode(() -> assertThat(cipher.doFinal(wrap, 12, 48)).isEqualTo(key))
          .doesNotThrowAnyException();
      Optional<RootKey> opened = RootKeyWrap.unwrap(Bytes.copyOf(wrap), exportKey, ALICE, BINDING);
      assertThat(opened.orElseThrow().isEqualTo(rootKey)).isTrue();
    }
  }

  @Test
  @Verifies("WRP-2")
  void everyParticularIsBound() {
    try (RootKey rootKey = RootKey.random(RANDOM);
        SecretBytes exportKey = SecretBytes.random(RANDOM, 32)) {
      Bytes wrap = RootKeyWrap.wrap(rootKey, exportKey, ALICE, BINDING);
      byte[] otherVault = new byte[32];
      otherVault[31] = 1;
      for (VaultBinding other :
          List.of(
              new VaultBinding(Bytes.copyOf(otherVault), 7, POLICY, STRETCHING),
              new VaultBinding(VAULT, 8, POLICY, STRETCHING),
              new VaultBinding(VAULT, 7, new Policy(6, 2, 86_400_000), STRETCHING),
              new VaultBinding(VAULT, 7, new Policy(5, 3, 86_400_000), STRETCHING),
              new VaultBinding(VAULT, 7, new Policy(5, 2, 1_000), STRETCHING),
              new VaultBinding(VAULT, 7, POLICY, new StretchingParameters(65_537, 3, 4)),
              new VaultBinding(VAULT, 7, POLICY, new StretchingParameters(65_536, 4, 4)),
              new VaultBinding(VAULT, 7, POLICY, new StretchingParameters(65_536, 3, 1)))) {
        assertThat(RootKeyWrap.unwrap(wrap, exportKey, ALICE, other)).isEmpty();
      }
      assertThat(RootKeyWrap.unwrap(wrap, exportKey, new AccountName("alicf"), BINDING)).isEmpty();
      try (SecretBytes otherKey = SecretBytes.random(RANDOM, 32)) {
        assertThat(RootKeyWrap.unwrap(wrap, otherKey, ALICE, BINDING)).isEmpty();
      }
      assertThat(RootKeyWrap.unwrap(wrap, exportKey, ALICE, BINDING)).isPresent();
    }
  }

  @Property(tries = 480)
  @Verifies("WRP-1")
  void noFlippedBitAndNoOtherLengthOpens(@ForAll @IntRange(max = 479) int bit) {
    try (RootKey rootKey = RootKey.random(RANDOM);
        SecretBytes exportKey = SecretBytes.random(RANDOM, 32)) {
      byte[] wrap = RootKeyWrap.wrap(rootKey, exportKey, ALICE, BINDING).toArray();
      byte[] shorter = Arrays.copyOf(wrap, bit % 60);
      wrap[bit / 8] ^= (byte) (1 << bit % 8);
      for (byte[] spoilt : List.of(wrap, shorter)) {
        assertIsRefused(spoilt, exportKey);
      }
    }
  }

  @Property(tries = 50)
  @Verifies("WRP-1")
  void nothingButAKeyIsUnwrapped(@ForAll @Size(max = 64) byte[] content) throws Exception {
    Assume.that(content.length != 32);
    try (SecretBytes exportKey = SecretBytes.random(RANDOM, 32);
        SecretBytes wrappingKey = Hkdf.derive(exportKey, KeyLabel.ROOT_KEY_WRAP)) {
      byte[] nonce = new byte[12];
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(wrappingKey.expose(byte[]::clone), "AES"),
          new GCMParameterSpec(128, nonce));
      cipher.updateAAD(associatedData());
      byte[] sealed = cipher.doFinal(content);
      byte[] wrap = Arrays.copyOf(nonce, 12 + sealed.length);
      System.arraycopy(sealed, 0, wrap, 12, sealed.length);
      assertIsRefused(wrap, exportKey);
    }
  }

  /** As an outcome: what a vault sends never ends in an exception. */
  private static void assertIsRefused(byte[] wrap, SecretBytes exportKey) {
    assertThatCode(
            () ->
                assertThat(RootKeyWrap.unwrap(Bytes.copyOf(wrap), exportKey, ALICE, BINDING))
                    .isEmpty())
        .doesNotThrowAnyException();
  }

  private static byte[] associatedData() {
    return new WireWriter()
        .ascii("lockstep/v1/wrap")
        .account(ALICE)
        .bytes(BINDING.vaultId().value())
        .u64(7)
        .u16(5)
        .u16(2)
        .u64(86_400_000)
        .u16(1)
        .u32(65_536)
        .u32(3)
        .u32(4)
        .toByteArray();
  }

  @Test
  @Verifies("WRP-1")
  void noTwoWrapsShareANonce() {
    try (RootKey rootKey = RootKey.random(RANDOM);
        SecretBytes exportKey = SecretBytes.random(RANDOM, 32)) {
      Set<Bytes> nonces = new HashSet<>();
      for (int i = 0; i < 1000; i++) {
        byte[] wrap = RootKeyWrap.wrap(rootKey, exportKey, ALICE, BINDING).toArray();
        assertThat(nonces.add(Bytes.copyOf(Arrays.copyOf(wrap, 12)))).isTrue();
      }
    }
  }
}
