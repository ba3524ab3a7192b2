package lockstep.adapter.messenger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import lockstep.adapter.durable.DurableFiles;
import lockstep.spec.Verifies;
import lockstep.vault.MessengerTokens;
import lockstep.wire.AccountName;
import lockstep.wire.AccountToken;
import lockstep.wire.Bytes;
import lockstep.wire.VaultId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stand-in issues tokens that the vault it serves accepts, for as long as they last. */
@Verifies("AUT-2")
class LocalMessengerProperties {

  private static final long NOW = 1_700_000_000_000L;
  private static final AccountName ALICE = new AccountName("alice");
  private static final VaultId VAULT = new VaultId(Bytes.zero(32));
  private static final SecureRandom RANDOM = new SecureRandom();

  @TempDir private Path place;
  private Path directory;

  @BeforeEach
  void create() throws IOException {
    directory = place.resolve("messenger");
    LocalMessenger.create(directory, new DurableFiles(), RANDOM);
  }

  @Test
  void aTokenIsAcceptedUntilItExpires() throws IOException {
    Bytes token = Bytes.copyOf(open().tokenFor(ALICE, VAULT).encode());
    MessengerTokens verifier = new MessengerTokens(LocalMessenger.publicKey(directory), VAULT);
    assertThat(verifier.isValid(ALICE, token, NOW)).isTrue();
    long last = NOW + LocalMessenger.VALIDITY_MILLIS - 1;
    assertThat(verifier.isValid(ALICE, token, last)).isTrue();
    assertThat(verifier.isValid(ALICE, token, last + 1)).isFalse();
    assertThat(verifier.isValid(new AccountName("bob"), token, NOW)).isFalse();
    MessengerTokens elsewhere =
        new MessengerTokens(
            LocalMessenger.publicKey(directory), VaultId.of(LocalMessenger.publicKey(directory)));
    assertThat(elsewhere.isValid(ALICE, token, NOW)).isFalse();
  }

  @Test
  void noTwoTokensAreAlike() throws IOException {
    AccountToken one = open().tokenFor(ALICE, VAULT);
    assertThat(open().tokenFor(ALICE, VAULT)).isNotEqualTo(one);
  }

  @Test
  void aDamagedKeyIssuesNothing() throws IOException {
    Files.write(directory.resolve("messenger.key"), new byte[31]);
    assertThatThrownBy(this::open).isInstanceOf(IOException.class);
    Files.writeString(directory.resolve("messenger.pub"), "0".repeat(63) + "g\n");
    assertThatThrownBy(() -> LocalMessenger.publicKey(directory)).isInstanceOf(IOException.class);
  }

  private LocalMessenger open() throws IOException {
    return LocalMessenger.open(directory, InstantSource.fixed(Instant.ofEpochMilli(NOW)), RANDOM);
  }
}
