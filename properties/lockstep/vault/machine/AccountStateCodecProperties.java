package lockstep.vault.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Optional;
import lockstep.spec.Verifies;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;
import lockstep.wire.Sha256;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A stored state is what the machine wrote, for this account, or it is damaged. */
class AccountStateCodecProperties {

  private static final VaultCommand COMMAND = new VaultCommand.AskKeys(MachineRun.START);

  private final byte[] stored = fullState().stored.orElseThrow().toArray();

  @Example
  @Verifies("ATR-5~2")
  void everyFlippedByteIsDamage() {
    for (int i = 0; i < stored.length; i++) {
      byte[] flipped = stored.clone();
      flipped[i] ^= 0x40;
      assertDamaged(flipped);
    }
  }

  @Property(tries = 200)
  @Verifies("ATR-5~2")
  void everyTruncationAndExtensionIsDamage(@ForAll @IntRange(max = 2_000) int length) {
    if (length != stored.length) {
      assertDamaged(Arrays.copyOf(stored, length));
    }
  }

  /** Damage that a hash does not show: content that no decision left. */
  @Property(tries = 2_000)
  @Verifies("ATR-5~2")
  void bytesWithAValidHashDecodeOnlyIfTheyAreAnEncoding(
      @ForAll @IntRange(max = 2_000) int place, @ForAll byte replacement) {
    byte[] content = Arrays.copyOf(stored, stored.length - Sha256.LENGTH_BYTES);
    content[place % content.length] = replacement;
    Bytes rehashed = rehash(content);
    Optional<AccountState> decoded = AccountStateCodec.decode(rehashed);
    if (decoded.isPresent()) {
      assertThat(AccountStateCodec.encode(decoded.get())).isEqualTo(rehashed);
    }
  }

  @Example
  @Verifies("ATR-5~2")
  void anImpossibleLimiterIsDamage() {
    AccountState state = fullState().state();
    int at = indexOfLimiter(state);
    byte[] content = Arrays.copyOf(stored, stored.length - Sha256.LENGTH_BYTES);
    content[at + 15] = (byte) (state.limiter().policy().attempts() + 1);
    assertDamaged(rehash(content).toArray());
  }

  @Example
  @Verifies("ATR-5~2")
  void anotherAccountsStateIsDamage() {
    assertThatThrownBy(
            () ->
                VaultMachine.decide(
                    new AccountName("bob"), Optional.of(Bytes.copyOf(stored)), COMMAND))
        .isInstanceOf(VaultDamagedException.class);
  }

  private static MachineRun fullState() {
    MachineRun run = MachineRun.enrolled(AttemptPolicy.STANDARD);
    Bytes session = run.unlock().orElseThrow();
    run.submit(new VaultCommand.Mark(run.time, 3, MachineRun.numbered(32, 3), run.signed(1)));
    run.submit(new VaultCommand.Restart(run.time));
    run.attempt(run.freshId());
    run.register(2, new VaultCommand.Mandate.Session(session));
    run.stage(2);
    run.confirm(run.freshId(), 2);
    return run;
  }

  private static int indexOfLimiter(AccountState state) {
    byte[] policy = state.limiter().policy().toWire().encode();
    byte[] bytes = AccountStateCodec.encode(state).toArray();
    for (int i = 0; ; i++) {
      if (Arrays.equals(bytes, i, i + policy.length, policy, 0, policy.length)) {
        return i;
      }
    }
  }

  private static Bytes rehash(byte[] content) {
    byte[] whole = Arrays.copyOf(content, content.length + Sha256.LENGTH_BYTES);
    System.arraycopy(Sha256.of(content).toArray(), 0, whole, content.length, Sha256.LENGTH_BYTES);
    return Bytes.copyOf(whole);
  }

  private static void assertDamaged(byte[] bytes) {
    assertThatThrownBy(
            () -> VaultMachine.decide(MachineRun.ALICE, Optional.of(Bytes.copyOf(bytes)), COMMAND))
        .isInstanceOf(VaultDamagedException.class);
  }
}
