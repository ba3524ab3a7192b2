package lockstep.device.enrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import lockstep.device.TestDevice;
import lockstep.device.VaultSite;
import lockstep.device.state.Device;
import lockstep.device.state.NewRecoveryKey;
import lockstep.device.state.PlainCopies;
import lockstep.device.vault.AccountTokens;
import lockstep.device.vault.VaultConnection;
import lockstep.keys.RecoveryKey;
import lockstep.keys.RecoveryKeyResult;
import lockstep.keys.RootKey;
import lockstep.secret.Password;
import lockstep.spec.Verifies;
import lockstep.wire.Bytes;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Enabling with a 64-digit key, and the plain copies that stop either way of enabling. */
class KeyEnrolmentProperties {

  @Property(tries = 100)
  @Verifies("ENR-7")
  void plainCopiesThatAreNotAcceptedStopEnrolment(
      @ForAll List<Byte> names, @ForAll Set<Byte> accepted) {
    List<String> found = names.stream().map(String::valueOf).distinct().toList();
    Set<String> taken = Set.copyOf(accepted.stream().map(String::valueOf).distinct().toList());
    List<String> left = found.stream().filter(name -> !taken.contains(name)).toList();
    PlainCopies copies = new PlainCopies(found, taken);
    assertThat(copies.undecided()).isEqualTo(left);
    if (!left.isEmpty()) {
      TestDevice device = new TestDevice();
      assertThat(
              device.<KeyEnrolmentOutcome>run(
                  state -> new KeyEnrolment(state).begin(VaultSite.ALICE, copies)))
          .isEqualTo(new KeyEnrolmentOutcome.PlainCopiesFound(left));
      VaultConnection unused = new VaultConnection(request -> request, zeroKey(), noTokens());
      try (Password password = VaultSite.password("correct horse")) {
        assertThat(
                device.<EnrolmentOutcome>run(
                    state -> new Enrolment(state, unused).enrol(VaultSite.ALICE, password, copies)))
            .isEqualTo(new EnrolmentOutcome.PlainCopiesFound(left));
      }
    }
  }

  @Test
  @Verifies("ENR-4")
  void theKeyTakesEffectOnlyWhenAPartOfItWasGivenBack() {
    TestDevice device = new TestDevice();
    AtomicReference<char[]> shown = new AtomicReference<>();
    device.run(
        state -> {
          try (NewRecoveryKey key = begin(state)) {
            key.showOnce(
                characters -> {
                  shown.set(characters.clone());
                  return characters.length;
                });
            assertThatThrownBy(() -> key.showOnce(String::new))
                .isInstanceOf(IllegalStateException.class);
            char[] group = group(shown.get(), key.askedGroup());
            char[] wrong = group.clone();
            wrong[0] = wrong[0] == '0' ? '1' : '0';
            assertThat(key.confirm(wrong)).isFalse();
            for (int part = 0; part < group.length; part++) {
              assertThat(key.confirm(Arrays.copyOf(group, part))).as("%d digits", part).isFalse();
            }
            assertThat(key.confirm((new String(group) + group[0]).toCharArray())).isFalse();
            assertThat(state.enabled()).isEmpty();
            assertThat(key.confirm(group)).isTrue();
            return key;
          }
        });
    RecoveryKeyResult parsed = RecoveryKey.parse(shown.get());
    byte[] rootKey = ((RecoveryKeyResult.Parsed) parsed).rootKey().<byte[]>expose(byte[]::clone);
    assertThat(device.rootKey().orElseThrow()).isEqualTo(rootKey);
    assertThat(
            device.<KeyEnrolmentOutcome>run(
                state -> new KeyEnrolment(state).begin(VaultSite.ALICE, PlainCopies.NONE)))
        .isEqualTo(new KeyEnrolmentOutcome.AlreadyEnabled());
  }

  @Test
  @Verifies("ENR-4")
  void whichPartIsAskedBackCannotBeForeseen() {
    SecureRandom random = new SecureRandom();
    Set<Integer> asked = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      try (NewRecoveryKey key = new NewRecoveryKey(RootKey.random(random), random, () -> {})) {
        asked.add(key.askedGroup());
      }
    }
    assertThat(asked).hasSize(RecoveryKey.GROUPS);
  }

  @Test
  @Verifies("ENR-4")
  void aKeyThatWasNotConfirmedIsForgotten() {
    TestDevice device = new TestDevice();
    device.run(
        state -> {
          begin(state).close();
          return state;
        });
    assertThat(device.rootKey()).isEmpty();
  }

  private static NewRecoveryKey begin(Device state) throws IOException {
    KeyEnrolmentOutcome outcome = new KeyEnrolment(state).begin(VaultSite.ALICE, PlainCopies.NONE);
    return ((KeyEnrolmentOutcome.KeyToShow) outcome).key();
  }

  private static char[] group(char[] shown, int group) {
    return Arrays.copyOfRange(shown, 5 * (group - 1), 5 * (group - 1) + 4);
  }

  private static Bytes zeroKey() {
    return Bytes.zero(32);
  }

  private static AccountTokens noTokens() {
    return (account, vaultId) -> {
      throw new IOException("no messenger");
    };
  }
}
