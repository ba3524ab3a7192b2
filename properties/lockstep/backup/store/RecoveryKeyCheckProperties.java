package lockstep.backup.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import lockstep.backup.FailingStorage;
import lockstep.backup.World;
import lockstep.backup.restore.RestoreOutcome;
import lockstep.backup.restore.VerificationOutcome;
import lockstep.format.BackupKeys;
import lockstep.keys.RootKey;
import lockstep.spec.Verifies;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A wrong 64-digit key is told from heads alone. */
@Verifies("HED-4~2")
final class RecoveryKeyCheckProperties {

  private static RootKey changed(RootKey key, int digit, int by) {
    return key.expose(
        bytes -> {
          int shift = digit % 2 == 0 ? 4 : 0;
          int old = (bytes[digit / 2] >> shift) & 15;
          int mask = (old ^ ((old + by) & 15)) << shift;
          bytes[digit / 2] = (byte) (bytes[digit / 2] ^ mask);
          return RootKey.copyOf(bytes);
        });
  }

  @Property(tries = 3)
  @Verifies("RKY-4")
  void aWrongDigitIsLocatedWithoutReadingAnyPayload(
      @ForAll @IntRange(max = 63) int digit, @ForAll @IntRange(min = 1, max = 15) int by)
      throws IOException {
    try (World world = new World();
        World stranger = new World();
        RootKey mistyped = changed(world.rootKey, digit, by)) {
      stranger.write("a", new byte[1]);
      stranger.backUp();
      world.write("a", new byte[1]);
      world.backUp();
      World.copy(stranger.head().getParent(), world.head().getParent());
      FailingStorage counting = new FailingStorage(world.storage, Integer.MAX_VALUE, false);
      RecoveryKeyCheck check = new RecoveryKeyCheck(counting);
      assertThat(check.check(world.rootKey, World.ACCOUNT))
          .isEqualTo(new RecoveryKeyCheck.Outcome.Matches());
      assertThat(check.check(mistyped, World.ACCOUNT))
          .isEqualTo(new RecoveryKeyCheck.Outcome.WrongRecoveryKey(OptionalInt.of(digit / 4 + 1)));
      assertThat(counting.objectsOpened()).isZero();
    }
  }

  @Example
  void anotherKeyAndAnotherAccountAreWrong() throws IOException {
    try (World world = new World();
        RootKey other = RootKey.random(world.random)) {
      world.write("a", new byte[1]);
      world.backUp();
      RecoveryKeyCheck check = new RecoveryKeyCheck(world.storage);
      byte[] bob = "bob".getBytes(StandardCharsets.UTF_8);
      RecoveryKeyCheck.Outcome wrong =
          new RecoveryKeyCheck.Outcome.WrongRecoveryKey(OptionalInt.empty());
      assertThat(check.check(other, World.ACCOUNT)).isEqualTo(wrong);
      assertThat(check.check(world.rootKey, bob)).isEqualTo(wrong);
      try (BackupKeys keys = BackupKeys.derive(other, World.ACCOUNT)) {
        assertThat(keys.setName()).isNotEqualTo(world.keys.setName());
      }
    }
  }

  @Example
  void anEmptyProviderHasNoBackup() throws IOException {
    try (World world = new World()) {
      RecoveryKeyCheck check = new RecoveryKeyCheck(world.storage);
      assertThat(check.check(world.rootKey, World.ACCOUNT))
          .isEqualTo(new RecoveryKeyCheck.Outcome.NoBackup());
      assertThat(world.restore(world.newTarget())).isInstanceOf(RestoreOutcome.NoBackup.class);
      assertThat(world.verify()).isInstanceOf(VerificationOutcome.NoBackup.class);
      World.delete(world.provider);
      assertThat(check.check(world.rootKey, World.ACCOUNT))
          .isInstanceOf(RecoveryKeyCheck.Outcome.ProviderFailed.class);
    }
  }
}
