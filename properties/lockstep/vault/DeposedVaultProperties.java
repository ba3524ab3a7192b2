package lockstep.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import lockstep.spec.Verifies;
import lockstep.vault.machine.AttemptPolicy;
import lockstep.vault.machine.VaultCommand;
import lockstep.vault.machine.VaultReply;
import lockstep.vault.machine.VaultStore;
import lockstep.wire.AccountName;
import lockstep.wire.Authority;
import lockstep.wire.Bytes;
import lockstep.wire.Refusal;
import lockstep.wire.Reply;
import lockstep.wire.Request;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** A shell whose store cannot tell any more whether its word is the vault's. */
class DeposedVaultProperties {

  /** What it is asked; half of it is answered from memory. */
  private enum Asked {
    CHALLENGE,
    STATUS,
    UNKNOWN_SESSION
  }

  @Property(tries = 12)
  @Verifies("REP-5")
  void whoeverWasDeposedSaysThatItIsUnavailable(@ForAll @Size(max = 3) List<Asked> before)
      throws Exception {
    boolean[] deposed = {false};
    VaultStore store = new MapVaultStoreForSpeed();
    VaultStore watched =
        new VaultStore() {
          @Override
          public VaultReply submit(AccountName account, VaultCommand command) throws IOException {
            return store.submit(account, command);
          }

          @Override
          public List<AccountName> due(long time, int most) throws IOException {
            return store.due(time, most);
          }

          @Override
          public void confirm() throws IOException {
            if (deposed[0]) {
              throw new IOException("another leads");
            }
          }
        };
    LiveVault vault = new LiveVault(watched, AttemptPolicy.STANDARD);
    for (Asked asked : before) {
      assertThat(ask(vault, asked)).isNotInstanceOf(Refusal.Unavailable.class);
    }
    deposed[0] = true;
    for (Asked asked : Asked.values()) {
      assertThat(ask(vault, asked)).isInstanceOf(Refusal.Unavailable.class);
    }
  }

  private static Reply ask(LiveVault vault, Asked asked) {
    Authority token = vault.token(LiveVault.ALICE);
    return vault.exchange(
        switch (asked) {
          case CHALLENGE -> new Request.Challenge(LiveVault.ALICE);
          case STATUS -> new Request.Status(LiveVault.ALICE, 0, Bytes.zero(32), token);
          case UNKNOWN_SESSION -> new Request.Abandon(LiveVault.ALICE, Bytes.zero(16));
        });
  }
}
