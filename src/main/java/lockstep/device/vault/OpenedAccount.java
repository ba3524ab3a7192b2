package lockstep.device.vault;

import java.io.IOException;
import java.util.Optional;
import lockstep.device.state.Device;
import lockstep.device.state.EnabledDevice;
import lockstep.device.state.FreshnessMark;
import lockstep.device.state.PasswordVerifier;
import lockstep.device.state.RehearsalVerifier;
import lockstep.device.state.VaultBinding;
import lockstep.keys.RootKey;
import lockstep.secret.Password;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import lockstep.wire.AccountName;

/** What a right password brought: the root key, and the newest backup that the vault knows of. */
@Implements({"RST-6~2", "RST-8"})
public final class OpenedAccount implements AutoCloseable {

  private final AccountName account;
  private final OpenedRecord record;
  private final Password password;

  /** Takes over record and password. */
  OpenedAccount(AccountName account, OpenedRecord record, Password password) {
    this.account = account;
    this.record = record;
    this.password = password;
  }

  /** The root key, which stays this value's to close. */
  public RootKey rootKey() {
    return record.rootKey();
  }

  /** The vault's mark; empty before the first backup. */
  public Optional<FreshnessMark> mark() {
    return record.mark();
  }

  /** The record that opened. */
  public VaultBinding vault() {
    return record.binding();
  }

  /**
   * Makes {@code device} the enabled one and lets it rehearse the password. What it knew of this
   * root key's backups it still knows, and the vault's mark besides.
   */
  @Decides("RST-8")
  @Implements({"RST-12", "BAK-9~2", "USR-6"})
  public void recordEnabled(Device device) throws IOException {
    PasswordVerifier verifier =
        PasswordVerifier.of(password, vault().stretching(), device.random());
    new RehearsalVerifier(vault().generation(), verifier).remember(device, account);
    Optional<EnabledDevice> before = device.enabled();
    try (EnabledDevice fresh = EnabledDevice.withPassword(account, rootKey(), vault());
        EnabledDevice known =
            before.isPresent() && before.get().rootKey().isEqualTo(rootKey())
                ? before.get().withVault(vault())
                : fresh.withVault(vault());
        EnabledDevice told =
            mark().isPresent() ? known.withHeard(mark().get()) : known.withVault(vault())) {
      device.record(told);
    } finally {
      before.ifPresent(EnabledDevice::close);
    }
  }

  public OpenedRecord opened() {
    return record;
  }

  @Override
  public void close() {
    record.close();
    password.close();
  }
}
