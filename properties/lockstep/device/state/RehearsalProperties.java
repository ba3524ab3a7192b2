package lockstep.device.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lockstep.device.TestDevice;
import lockstep.device.TestProvider;
import lockstep.device.VaultSite;
import lockstep.device.leaving.Disable;
import lockstep.device.rotation.KeyRotationProperties;
import lockstep.evidence.Exhaustive;
import lockstep.evidence.Points;
import lockstep.keys.RecoveryKey;
import lockstep.keys.RecoveryKeyResult;
import lockstep.opaque.Argon2Parameters;
import lockstep.secret.Password;
import lockstep.spec.Verifies;
import lockstep.wire.StretchingParameters;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.junit.jupiter.api.Test;

/** Is this the password? And the 64-digit key only for who knows it. */
class RehearsalProperties {

  private static final String RIGHT = "correct horse";
  private static final String WRONG = "battery staple";

  @Test
  @Verifies("USR-6")
  void aRehearsalNeitherAsksTheVaultNorSpendsAnAttempt() {
    try (VaultSite site = new VaultSite()) {
      TestDevice device = new TestDevice();
      device.enrol(site, RIGHT);
      site.close();
      for (int i = 0; i < 20; i++) {
        assertThat(device.rehearse(WRONG)).isInstanceOf(RehearsalOutcome.NotThePassword.class);
      }
      assertThat(device.rehearse(RIGHT)).isInstanceOf(RehearsalOutcome.ThePassword.class);
    }
  }

  @Test
  @Verifies("USR-6")
  void withoutAPasswordInForceThereIsNothingToCompare() {
    assertThat(new TestDevice().rehearse(RIGHT)).isInstanceOf(RehearsalOutcome.NotEnabled.class);
    assertThat(KeyRotationProperties.inKeyMode().rehearse(RIGHT))
        .isInstanceOf(RehearsalOutcome.NotEnabled.class);
  }

  @Test
  @Verifies("USR-6")
  void aVerifierOfAnotherGenerationSaysNothing() {
    try (VaultSite site = new VaultSite()) {
      TestDevice device = new TestDevice();
      device.enrol(site, RIGHT);
      device.run(
          state -> {
            RehearsalVerifier verifier = RehearsalVerifier.recall(state).orElseThrow();
            new RehearsalVerifier(verifier.generation() + 1, verifier.verifier())
                .remember(state, VaultSite.ALICE);
            return state;
          });
      assertThat(device.rehearse(RIGHT)).isInstanceOf(RehearsalOutcome.NothingToCompare.class);
    }
  }

  @Test
  @Verifies({"USR-6", "DIS-1~2"})
  void theVerifierIsErasedOnDisable() {
    try (VaultSite site = new VaultSite()) {
      TestProvider provider = new TestProvider();
      TestDevice device = KeyRotationProperties.backedUp(site, provider);
      device.run(
          state ->
              new Disable(
                      state, Optional.of(site.connection()), provider.storage(), provider.notes())
                  .disable(false));
      assertThat(device.<Optional<RehearsalVerifier>>run(RehearsalVerifier::recall)).isEmpty();
    }
  }

  @Test
  @Verifies("USR-7")
  void theKeyIsShownOnlyForThePassword() {
    try (VaultSite site = new VaultSite()) {
      TestDevice device = new TestDevice();
      device.enrol(site, RIGHT);
      List<char[]> screens = new ArrayList<>();
      assertThat(show(device, WRONG, screens)).isInstanceOf(RehearsalOutcome.NotThePassword.class);
      assertThat(device.<Boolean>run(state -> new Rehearsal(state).showKeyInKeyMode(screens::add)))
          .isFalse();
      assertThat(screens).isEmpty();
      assertThat(show(device, RIGHT, screens)).isInstanceOf(RehearsalOutcome.ThePassword.class);
      RecoveryKeyResult parsed = RecoveryKey.parse(screens.get(0));
      assertThat(((RecoveryKeyResult.Parsed) parsed).rootKey().<byte[]>expose(byte[]::clone))
          .isEqualTo(device.rootKey().orElseThrow());
    }
  }

  @Test
  @Verifies({"USR-7", "USR-6"})
  void nothingIsShownWhereThereIsNothingToCompareWith() {
    try (VaultSite site = new VaultSite()) {
      TestDevice device = new TestDevice();
      device.enrol(site, RIGHT);
      List<char[]> screens = new ArrayList<>();
      device.run(
          state -> {
            PasswordVerifier verifier = RehearsalVerifier.recall(state).orElseThrow().verifier();
            new RehearsalVerifier(7, verifier).remember(state, VaultSite.ALICE);
            return state;
          });
      assertThat(show(device, RIGHT, screens))
          .isInstanceOf(RehearsalOutcome.NothingToCompare.class);
      device.run(
          state -> {
            state.erase(DeviceSlot.REHEARSAL);
            return state;
          });
      assertThat(show(device, RIGHT, screens))
          .isInstanceOf(RehearsalOutcome.NothingToCompare.class);
      assertThat(screens).isEmpty();
    }
  }

  @Test
  @Verifies("USR-7")
  @Exhaustive("change of one character of the password")
  void nothingIsShownForAPasswordThatDiffersInOneCharacter() {
    try (VaultSite site = new VaultSite()) {
      TestDevice device = new TestDevice();
      device.enrol(site, RIGHT);
      List<char[]> screens = new ArrayList<>();
      for (int at = 0; at < RIGHT.length(); at++) {
        StringBuilder near = new StringBuilder(RIGHT);
        near.setCharAt(at, RIGHT.charAt(at) == 'x' ? 'y' : 'x');
        assertThat(show(device, near.toString(), screens))
            .isInstanceOf(RehearsalOutcome.NotThePassword.class);
        assertThat(screens).isEmpty();
        Points.visited();
      }
    }
  }

  @Test
  @Verifies("USR-7")
  void inKeyModeTheKeyIsShownWithoutOne() {
    List<char[]> screens = new ArrayList<>();
    assertThat(
            KeyRotationProperties.inKeyMode()
                .<Boolean>run(
                    state ->
                        new Rehearsal(state).showKeyInKeyMode(shown -> screens.add(shown.clone()))))
        .isTrue();
    assertThat(screens.get(0)).hasSize(79);
  }

  @Property(tries = 40)
  @Verifies({"USR-6", "PWD-3"})
  void theVerifierIsArgon2idOverTheRandomSalt(
      @ForAll @AlphaChars @StringLength(min = 6, max = 30) String typed,
      @ForAll @AlphaChars @StringLength(min = 6, max = 30) String other) {
    try (Password password = VaultSite.password(typed);
        Password another = VaultSite.password(other)) {
      PasswordVerifier verifier =
          PasswordVerifier.of(password, new Argon2Parameters(64, 2, 1), new SecureRandom());
      assertThat(verifier.stretching()).isEqualTo(new StretchingParameters(64, 2, 1));
      assertThat(verifier.matches(password)).isTrue();
      assertThat(verifier.matches(another)).isEqualTo(typed.equals(other));
      assertThat(verifier.tag().toArray()).isEqualTo(argon2id(typed, verifier.salt().toArray()));
      PasswordVerifier second =
          PasswordVerifier.of(password, new Argon2Parameters(64, 2, 1), new SecureRandom());
      assertThat(second.salt()).isNotEqualTo(verifier.salt());
    }
  }

  private static byte[] argon2id(String typed, byte[] salt) {
    Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
    argon2.init(
        new org.bouncycastle.crypto.params.Argon2Parameters.Builder(2)
            .withVersion(0x13)
            .withSalt(salt)
            .withMemoryAsKB(64)
            .withIterations(2)
            .withParallelism(1)
            .build());
    byte[] tag = new byte[32];
    argon2.generateBytes(typed.getBytes(StandardCharsets.UTF_8), tag);
    return tag;
  }

  private static RehearsalOutcome show(TestDevice device, String typed, List<char[]> screens) {
    try (Password password = VaultSite.password(typed)) {
      return device.run(
          state -> new Rehearsal(state).showKey(password, shown -> screens.add(shown.clone())));
    }
  }
}
