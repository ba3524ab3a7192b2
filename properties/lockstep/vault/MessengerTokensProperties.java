package lockstep.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import lockstep.spec.Verifies;
import lockstep.vault.LiveVault.SigningKey;
import lockstep.vault.machine.MachineRun;
import lockstep.wire.AccountName;
import lockstep.wire.AccountToken;
import lockstep.wire.Bytes;
import lockstep.wire.VaultId;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/** Only the messenger's fresh token, for this account and this vault, is accepted. */
class MessengerTokensProperties {

  private static final long NOW = MachineRun.START;
  private static final AccountName ALICE = LiveVault.ALICE;

  private final SecureRandom random = new SecureRandom();
  private final SigningKey messenger = new SigningKey(random);
  private final VaultId vaultId = VaultId.of(messenger.publicKey);
  private final MessengerTokens tokens = new MessengerTokens(messenger.publicKey, vaultId);

  @Property(tries = 300)
  @Verifies("AUT-2")
  void aTokenIsAcceptedExactlyInItsTime(
      @ForAll @LongRange(min = -700_000, max = 200_000) long issued,
      @ForAll @LongRange(min = -10_000, max = 700_000) long validity) {
    long issuedAt = NOW + issued;
    long expiresAt = issuedAt + validity;
    boolean timely = issued <= 60_000 && expiresAt > NOW && validity <= 600_000;
    assertThat(tokens.isValid(ALICE, token(ALICE, messenger, vaultId, issuedAt, expiresAt), NOW))
        .isEqualTo(timely);
  }

  @Example
  @Verifies("AUT-2")
  void theTimesEdges() {
    assertThat(tokens.isValid(ALICE, token(60_000, 60_001), NOW)).isTrue();
    assertThat(tokens.isValid(ALICE, token(60_001, 60_002), NOW)).isFalse();
    assertThat(tokens.isValid(ALICE, token(-1, 0), NOW)).isFalse();
    assertThat(tokens.isValid(ALICE, token(-1, 1), NOW)).isTrue();
    assertThat(tokens.isValid(ALICE, token(0, 600_000), NOW)).isTrue();
    assertThat(tokens.isValid(ALICE, token(0, 600_001), NOW)).isFalse();
  }

  @Example
  @Verifies("AUT-2")
  void aTokenOfMoreThanTenMinutesIsRefusedAlsoWhenLittleOfItIsLeft() {
    for (long left : new long[] {1, 1_000, 60_000, 599_999}) {
      assertThat(tokens.isValid(ALICE, token(left - 600_000, left), NOW)).isTrue();
      assertThat(tokens.isValid(ALICE, token(left - 600_001, left), NOW)).isFalse();
      assertThat(tokens.isValid(ALICE, token(left - 86_400_000, left), NOW)).isFalse();
    }
  }

  @Example
  @Verifies("AUT-2")
  void anotherAccountVaultOrIssuerIsRefused() {
    Bytes good = token(0, 1_000);
    assertThat(tokens.isValid(ALICE, good, NOW)).isTrue();
    assertThat(tokens.isValid(new AccountName("bob"), good, NOW)).isFalse();
    SigningKey stranger = new SigningKey(random);
    assertThat(tokens.isValid(ALICE, token(ALICE, stranger, vaultId, NOW, NOW + 1_000), NOW))
        .isFalse();
    VaultId otherVault = VaultId.of(stranger.publicKey);
    assertThat(tokens.isValid(ALICE, token(ALICE, messenger, otherVault, NOW, NOW + 1_000), NOW))
        .isFalse();
  }

  @Example
  @Verifies("AUT-2")
  void everyFlippedByteIsRefused() {
    byte[] good = token(0, 1_000).toArray();
    for (int i = 0; i < good.length; i++) {
      byte[] flipped = good.clone();
      flipped[i] ^= 1;
      assertThat(tokens.isValid(ALICE, Bytes.copyOf(flipped), NOW)).isFalse();
    }
  }

  private Bytes token(long issued, long expires) {
    return token(ALICE, messenger, vaultId, NOW + issued, NOW + expires);
  }

  private static Bytes token(
      AccountName account, SigningKey issuer, VaultId vault, long issuedAt, long expiresAt) {
    AccountToken.Body body =
        new AccountToken.Body(account, vault, issuedAt, expiresAt, Bytes.zero(16));
    return Bytes.copyOf(new AccountToken(body, issuer.sign(body.signedInput())).encode());
  }
}
