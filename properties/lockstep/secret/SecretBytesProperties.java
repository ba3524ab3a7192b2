package lockstep.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Modifier;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import lockstep.keys.RootKey;
import lockstep.opaque.Scalar;
import lockstep.spec.Verifies;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** A secret owns its bytes, hands out copies, and forgets. */
class SecretBytesProperties {

  @Property
  @Verifies("SEC-2")
  void changingTheSourceOrTheExposedCopyChangesNothing(@ForAll @Size(min = 1) byte[] bytes) {
    byte[] source = bytes.clone();
    try (SecretBytes secret = SecretBytes.copyOf(source)) {
      source[0] ^= 1;
      secret.expose(copy -> copy[0] ^= 1);
      assertThat(secret.<byte[]>expose(byte[]::clone)).isEqualTo(bytes);
    }
  }

  @Property
  @Verifies({"SEC-2", "SEC-3"})
  void theExposedCopyIsZeroOnceTheReaderReturnsOrThrows(@ForAll @Size(min = 1) byte[] bytes) {
    AtomicReference<byte[]> leaked = new AtomicReference<>(new byte[0]);
    try (SecretBytes secret = SecretBytes.copyOf(bytes)) {
      secret.expose(
          copy -> {
            leaked.set(copy);
            return 0;
          });
      assertThat(leaked.get()).hasSameSizeAs(bytes).containsOnly(0);
      assertThatThrownBy(
              () ->
                  secret.expose(
                      copy -> {
                        leaked.set(copy);
                        throw new UnsupportedOperationException("reader");
                      }))
          .isInstanceOf(UnsupportedOperationException.class);
      assertThat(leaked.get()).hasSameSizeAs(bytes).containsOnly(0);
    }
  }

  @Property
  @Verifies("SEC-2")
  void absorbingWipesTheSource(@ForAll @Size(min = 1) byte[] bytes) {
    byte[] source = bytes.clone();
    try (SecretBytes secret = SecretBytes.absorb(source)) {
      assertThat(source).containsOnly(0);
      assertThat(secret.<byte[]>expose(byte[]::clone)).isEqualTo(bytes);
    }
  }

  @Example
  @Verifies("SEC-3")
  void closingOverwritesTheBytesWithZero() throws ReflectiveOperationException {
    SecretBytes secret = SecretBytes.copyOf(new byte[] {1, 2, 3});
    var field = SecretBytes.class.getDeclaredField("bytes");
    field.setAccessible(true);
    byte[] held = (byte[]) field.get(secret);
    assertThat(held).containsExactly(1, 2, 3);
    secret.close();
    assertThat(held).containsOnly(0);
  }

  @Property
  @Verifies("SEC-3")
  void aClosedSecretIsNotRead(@ForAll byte[] bytes) {
    SecretBytes secret = SecretBytes.copyOf(bytes);
    try (SecretBytes other = secret.duplicate()) {
      secret.close();
      secret.close();
      assertThatThrownBy(secret::length).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(secret::duplicate).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> secret.expose(copy -> 0)).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> other.isEqualTo(secret)).isInstanceOf(IllegalStateException.class);
      assertThat(other.<byte[]>expose(byte[]::clone)).isEqualTo(bytes);
    }
  }

  @Property
  @Verifies("SEC-4")
  void equalityIsThatOfTheBytes(@ForAll byte[] first, @ForAll byte[] second) {
    try (SecretBytes one = SecretBytes.copyOf(first);
        SecretBytes same = SecretBytes.copyOf(first);
        SecretBytes other = SecretBytes.copyOf(second)) {
      assertThat(one.isEqualTo(same)).isTrue();
      assertThat(one.isEqualTo(other)).isEqualTo(java.util.Arrays.equals(first, second));
    }
  }

  @Property
  @Verifies("SEC-4")
  void oneFlippedBitMakesThemDiffer(@ForAll @Size(min = 1, max = 64) byte[] bytes) {
    try (SecretBytes one = SecretBytes.copyOf(bytes)) {
      for (int bit = 0; bit < bytes.length * 8; bit++) {
        byte[] flipped = bytes.clone();
        flipped[bit / 8] ^= (byte) (1 << (bit % 8));
        try (SecretBytes other = SecretBytes.absorb(flipped)) {
          assertThat(one.isEqualTo(other)).isFalse();
        }
      }
    }
  }

  @Property
  @Verifies({"SEC-1", "SEC-5"})
  void theTextFormSaysNothing(@ForAll @Size(min = 4, max = 40) byte[] bytes) {
    try (SecretBytes secret = SecretBytes.copyOf(bytes)) {
      assertThat(secret).hasToString("SecretBytes(redacted)");
    }
  }

  @Example
  @Verifies("SEC-1")
  void aSecretIsFinalAndHandsItsBytesToReadersOnly() {
    for (Class<?> type : List.of(SecretBytes.class, Password.class, RootKey.class, Scalar.class)) {
      assertThat(type).isFinal();
      assertThat(Arrays.stream(type.getDeclaredMethods()))
          .filteredOn(method -> !Modifier.isPrivate(method.getModifiers()))
          .noneMatch(method -> method.getReturnType().isArray());
      assertThat(Arrays.stream(type.getDeclaredFields()))
          .filteredOn(field -> !Modifier.isStatic(field.getModifiers()))
          .allMatch(field -> Modifier.isPrivate(field.getModifiers()));
    }
    try (SecretBytes secret = SecretBytes.copyOf(new byte[] {1})) {
      assertThat(secret.<Integer>expose(bytes -> bytes.length)).isEqualTo(1);
    }
  }

  @Example
  @Verifies("SEC-1")
  void twoOwnersOfTheSameBytesAreNotEqualToACollection() {
    try (SecretBytes one = SecretBytes.copyOf(new byte[] {7});
        SecretBytes same = one.duplicate()) {
      assertThat(one).isNotEqualTo(same);
      assertThat(one.isEqualTo(same)).isTrue();
    }
  }

  @Example
  @Verifies("SEC-1")
  void randomSecretsHaveTheirLengthAndDiffer() {
    SecureRandom random = new SecureRandom();
    try (SecretBytes one = SecretBytes.random(random, 32);
        SecretBytes other = SecretBytes.random(random, 32)) {
      assertThat(one.length()).isEqualTo(32);
      assertThat(one.isEqualTo(other)).isFalse();
    }
  }
}
