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
@Implements({"RST-6~1", "RST-8~1"})
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
   * Makes {@code device} the enabled one, with {@code restored} as its newest backup, and lets it
   * rehearse the password.
   *
   * @param restored empty when there was no backup to restore
   */
  @Decides("RST-8~1")
  @Implements("USR-6~1")
  public void recordEnabled(Device device, Optional<FreshnessMark> restored) throws IOException {
    PasswordVerifier verifier =
        PasswordVerifier.of(password, device.stretching().parameters(), device.random());
    new RehearsalVerifier(vault().generation(), verifier).remember(device, account);
    try (EnabledDevice plain = EnabledDevice.withPassword(account, rootKey(), vault())) {
      if (restored.isPresent()) {
        try (EnabledDevice withBackup = plain.withLastBackup(restored.get(), false)) {
          device.record(withBackup);
        }
      } else {
        device.record(plain);
      }
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
