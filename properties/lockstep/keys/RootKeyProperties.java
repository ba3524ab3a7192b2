package lockstep.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Arrays;
import java.util.HexFormat;
import lockstep.secret.Hkdf;
import lockstep.secret.KeyLabel;
import lockstep.secret.SecretBytes;
import lockstep.spec.Verifies;
import lockstep.vectors.FixedRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** A root key is 32 bytes of the randomness that it is given, and shows itself to nobody. */
class RootKeyProperties {

  @Property
  @Verifies({"KEY-1", "SEC-2"})
  void aRootKeyIsThe32BytesDrawn(@ForAll @Size(32) byte[] drawn) {
    try (RootKey key = RootKey.random(FixedRandom.startingWith(drawn))) {
      assertThat(key.<byte[]>expose(byte[]::clone)).isEqualTo(drawn);
    }
  }

  @Property
  @Verifies("KEY-1")
  void anyOtherLengthIsAProgrammerError(@ForAll @Size(max = 80) byte[] bytes) {
    if (bytes.length == 32) {
      RootKey.copyOf(bytes).close();
    } else {
      assertThatThrownBy(() -> RootKey.copyOf(bytes)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Property
  @Verifies("SEC-5")
  void theRefusalOfAKeyDoesNotTellItsBytes(@ForAll @Size(min = 1, max = 31) byte[] bytes) {
    Throwable told = catchThrowable(() -> RootKey.copyOf(bytes));
    Throwable ofZeros = catchThrowable(() -> RootKey.copyOf(new byte[bytes.length]));
    assertThat(told).hasMessage(ofZeros.getMessage()).hasNoCause();
  }

  @Property
  @Verifies({"SEC-1", "SEC-5", "KEY-4"})
  void noTextOfARootKeyShowsIt(@ForAll @Size(32) byte[] bytes) {
    try (RootKey key = RootKey.copyOf(bytes)) {
      assertThat(key.toString()).isEqualTo("RootKey(redacted)");
    }
  }

  @Property
  @Verifies({"SEC-2", "SEC-4"})
  void copiesAreEqualAndIndependent(
      @ForAll @Size(32) byte[] bytes, @ForAll @Size(32) byte[] other) {
    try (SecretBytes secret = SecretBytes.copyOf(bytes);
        RootKey key = RootKey.copyOf(secret);
        RootKey second = key.duplicate();
        RootKey third = RootKey.copyOf(other)) {
      assertThat(key.isEqualTo(second)).isTrue();
      assertThat(key.isEqualTo(third)).isEqualTo(Arrays.equals(bytes, other));
      second.close();
      assertThat(key.<byte[]>expose(byte[]::clone)).isEqualTo(bytes);
    }
  }

  @Example
  @Verifies("SEC-3")
  void aClosedRootKeyIsNotRead() {
    RootKey key = RootKey.random(FixedRandom.seeded(1));
    key.close();
    key.close();
    assertThatThrownBy(() -> key.expose(byte[]::clone)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> KeyHierarchy.derive(key, KeyLabel.DATA))
        .isInstanceOf(IllegalStateException.class);
  }

  @Property(tries = 100)
  @Verifies({"KEY-2", "KEY-3~2"})
  void onlyRootKeyLabelsAreDerivedFromARootKey(
      @ForAll @Size(32) byte[] bytes, @ForAll KeyLabel label) {
    try (RootKey key = RootKey.copyOf(bytes);
        SecretBytes plain = SecretBytes.copyOf(bytes)) {
      if (label.parent() != KeyLabel.Parent.ROOT_KEY) {
        assertThatThrownBy(() -> KeyHierarchy.derive(key, label))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageNotContaining(HexFormat.of().formatHex(bytes));
        return;
      }
      try (SecretBytes subkey = KeyHierarchy.derive(key, label);
          SecretBytes expected = Hkdf.derive(plain, label)) {
        assertThat(subkey.isEqualTo(expected)).isTrue();
      }
    }
  }
}
