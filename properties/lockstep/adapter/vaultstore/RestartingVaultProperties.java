package lockstep.adapter.vaultstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import lockstep.adapter.durable.DurableFiles;
import lockstep.adapter.durable.DurableStep;
import lockstep.device.vault.AccountTokens;
import lockstep.spec.Verifies;
import lockstep.vault.machine.AttemptPolicy;
import lockstep.wire.AccountName;
import lockstep.wire.Authority;
import lockstep.wire.Bytes;
import lockstep.wire.Refusal;
import lockstep.wire.Reply;
import lockstep.wire.Request;
import lockstep.wire.RequestMessage;
import lockstep.wire.SignedReply;
import lockstep.wire.VaultId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A served vault whose clock was wrong for a while. */
class RestartingVaultProperties {

  private static final AccountName ALICE = new AccountName("alice");
  private static final Duration YEAR = Duration.ofDays(365);

  private final SecureRandom random = new SecureRandom();
  private Instant right = Instant.parse("2026-01-01T00:00:00Z");
  private Duration wrongBy = Duration.ZERO;
  private int opened;

  @Test
  @Verifies({"AUT-12", "AUT-10"})
  void aVaultWhoseClockIsRightAgainTakesFreshTokensAndNoneThatHasExpired(@TempDir Path directory)
      throws IOException {
    VaultDirectory files = made(directory);
    AccountTokens messenger = files.messenger(() -> right, random);
    try (RestartingVault vault = served(files)) {
      Bytes expiring = token(files, messenger);
      assertThat(status(vault, expiring)).isInstanceOf(Reply.StatusReport.class);
      wrongBy = YEAR;
      assertThat(status(vault, token(files, messenger))).isInstanceOf(Refusal.Refused.class);
      pass(Duration.ofHours(5));
      wrongBy = Duration.ofMinutes(-3);
      assertThat(status(vault, token(files, messenger))).isInstanceOf(Reply.StatusReport.class);
      assertThat(opened).isEqualTo(2);
      assertThat(status(vault, expiring)).isInstanceOf(Refusal.Refused.class);
      assertThat(status(vault, token(files, messenger))).isInstanceOf(Reply.StatusReport.class);
      assertThat(opened).isEqualTo(2);
    }
  }

  @Test
  @Verifies("AUT-12")
  void whatIsNoReturnOfThatJumpChangesNothing(@TempDir Path directory) throws IOException {
    VaultDirectory files = made(directory);
    AccountTokens messenger = files.messenger(() -> right, random);
    try (RestartingVault vault = served(files)) {
      Bytes token = token(files, messenger);
      wrongBy = YEAR;
      assertThat(status(vault, token)).isInstanceOf(Refusal.Refused.class);
      for (Duration elsewhere :
          new Duration[] {YEAR.negated(), Duration.ofHours(-2), Duration.ofHours(2)}) {
        wrongBy = elsewhere;
        assertThat(status(vault, token)).as("%s", elsewhere).isInstanceOf(Refusal.Refused.class);
      }
      wrongBy = YEAR;
      pass(Duration.ofHours(25));
      wrongBy = Duration.ZERO;
      assertThat(status(vault, token(files, messenger))).isInstanceOf(Refusal.Refused.class);
      assertThat(opened).isEqualTo(1);
    }
  }

  @Test
  @Verifies("AUT-12")
  void aVaultThatCannotBeOpenedAgainIsTriedAtEachRequest(@TempDir Path directory)
      throws IOException {
    VaultDirectory files = made(directory);
    AccountTokens messenger = files.messenger(() -> right, random);
    boolean[] fails = new boolean[1];
    SteadyClock clock = new SteadyClock(() -> right.plus(wrongBy), () -> nanos());
    RestartingVault vault =
        RestartingVault.of(
            () -> {
              if (fails[0]) {
                throw new IOException("the disk is away");
              }
              return files.openVault(clock, random, DurableStep.NONE);
            },
            clock);
    wrongBy = YEAR;
    assertThat(status(vault, token(files, messenger))).isInstanceOf(Refusal.Refused.class);
    wrongBy = Duration.ZERO;
    fails[0] = true;
    assertThatThrownBy(() -> status(vault, token(files, messenger)))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(vault::sweep).isInstanceOf(IOException.class);
    fails[0] = false;
    vault.sweep();
    assertThat(status(vault, token(files, messenger))).isInstanceOf(Reply.StatusReport.class);
    vault.close();
    assertThatThrownBy(vault::sweep).isInstanceOf(IOException.class);
  }

  private VaultDirectory made(Path directory) throws IOException {
    return new VaultInitialisation(AttemptPolicy.STANDARD, new DurableFiles(), random)
        .make(directory.resolve("vault"))
        .orElseThrow();
  }

  private RestartingVault served(VaultDirectory files) throws IOException {
    SteadyClock clock = new SteadyClock(() -> right.plus(wrongBy), () -> nanos());
    return RestartingVault.of(
        () -> {
          opened++;
          return files.openVault(clock, random, DurableStep.NONE);
        },
        clock);
  }

  private long nanos() {
    return Duration.between(Instant.EPOCH, right).toNanos();
  }

  private void pass(Duration time) {
    right = right.plus(time);
  }

  private static Bytes token(VaultDirectory files, AccountTokens messenger) throws IOException {
    return Bytes.copyOf(messenger.tokenFor(ALICE, VaultId.of(files.publicKey())).encode());
  }

  private Reply status(RestartingVault vault, Bytes token) throws IOException {
    return ask(
        vault,
        Request.authorised(
            any -> new Request.Status(ALICE, any), part -> new Authority.Token(token)));
  }

  private Reply ask(RestartingVault vault, Request request) throws IOException {
    byte[] nonce = new byte[RequestMessage.NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] reply = vault.exchange(request.encode(Bytes.copyOf(nonce)));
    return SignedReply.decode(reply).orElseThrow().reply();
  }
}
