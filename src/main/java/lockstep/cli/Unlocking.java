package lockstep.cli;

import java.io.IOException;
import java.util.Optional;
import lockstep.adapter.storage.DirectoryStorage;
import lockstep.backup.store.Freshness;
import lockstep.backup.store.RecoveryKeyCheck;
import lockstep.device.state.EnabledDevice;
import lockstep.device.state.FreshnessMark;
import lockstep.device.vault.OpenedAccount;
import lockstep.device.vault.Unlock;
import lockstep.device.vault.UnlockOutcome;
import lockstep.keys.RootKey;
import lockstep.secret.Password;
import lockstep.spec.Implements;
import lockstep.wire.AccountName;

/**
 * Gets the root key for a restore: from the vault with a password, from the user's 64 digits, or
 * from the device where it is enabled and no secret is named.
 *
 * <p>The device is recorded as enabled before the files are restored: whatever interrupts the
 * restore, running it again needs no further attempt.
 */
@Implements({"RST-8~1", "CLI-10~1"})
final class Unlocking {

  private final OpenDevice open;
  private final AccountOptions options;
  private final Surroundings surroundings;
  private Optional<String> passwordFile = Optional.empty();
  private Optional<String> recoveryKeyFile = Optional.empty();

  Unlocking(OpenDevice open, AccountOptions options, Surroundings surroundings) {
    this.open = open;
    this.options = options;
    this.surroundings = surroundings;
  }

  Unlocking with(Optional<String> password, Optional<String> recoveryKey) {
    this.passwordFile = password;
    this.recoveryKeyFile = recoveryKey;
    return this;
  }

  /** Where to restore from; nothing is asked of anybody yet. */
  Places places() throws IOException {
    Optional<EnabledDevice> enabled = open.device().enabled();
    if (enabled.isEmpty()) {
      Places typed = options.places(false);
      return new Places(typed.provider(), isByKey() ? Optional.empty() : options.vault());
    }
    try (EnabledDevice device = enabled.get()) {
      if (options.isAccountGiven() && !options.account().equals(device.account())) {
        throw new Ended(
            Answer.refused(
                    "This device is enabled for another account.",
                    "Choose a new folder with --home; it is a new device.")
                .with("reason", "otherAccount"));
      }
      Places noted = open.places();
      return new Places(
          options.provider().orElse(noted.provider()), options.vault().or(noted::vault));
    }
  }

  /** Has the device enabled with the backup's root key, and says what is known of the newest. */
  Freshness unlock() throws IOException {
    Optional<EnabledDevice> enabled = open.device().enabled();
    boolean isEnabled = enabled.isPresent();
    enabled.ifPresent(EnabledDevice::close);
    if (isEnabled && passwordFile.isEmpty() && recoveryKeyFile.isEmpty()) {
      try (EnabledDevice device = open.enabled();
          VaultLine vault = VaultLine.of(open, device, surroundings)) {
        return vault.contact().freshness();
      }
    }
    if (isByKey()) {
      return withKey();
    }
    return withPassword();
  }

  private boolean isByKey() {
    return recoveryKeyFile.isPresent() || (passwordFile.isEmpty() && options.vault().isEmpty());
  }

  private AccountName account() throws IOException {
    Optional<EnabledDevice> enabled = open.device().enabled();
    if (enabled.isEmpty()) {
      return options.account();
    }
    try (EnabledDevice device = enabled.get()) {
      return device.account();
    }
  }

  private Freshness withPassword() throws IOException {
    Places places = places();
    if (places.vault().isEmpty()) {
      options.requiredVault();
    }
    AccountName account = account();
    new SecretInput(surroundings).requireSource(passwordFile, PasswordOption.NAME);
    try (LocalVault vault =
            LocalVault.open(places.vault().orElseThrow(), options.vaultIdentity(), surroundings);
        Password password =
            new SecretInput(surroundings)
                .password(passwordFile, PasswordOption.NAME, "Password: ")) {
      UnlockOutcome outcome =
          new Unlock(open.device(), vault.connection()).attempt(account, password);
      try (OpenedAccount opened = openedOrEnded(outcome, vault)) {
        open.note(account, places);
        opened.recordEnabled(open.device(), lastBackupUnder(opened.rootKey()));
        return opened.mark().map(mark -> Freshness.mark(mark.backup())).orElse(Freshness.unknown());
      }
    }
  }

  private OpenedAccount openedOrEnded(UnlockOutcome outcome, LocalVault vault) {
    return outcome.match(
        opened -> opened,
        wrong -> {
          throw new Ended(
              VaultAnswers.wrongPassword(
                  wrong.attemptsRemaining(), wrong.lockedUntil(), surroundings));
        },
        locked -> {
          throw new Ended(VaultAnswers.locked(locked.until(), surroundings));
        },
        () -> {
          throw new Ended(VaultAnswers.destroyed());
        },
        () -> {
          throw new Ended(VaultAnswers.notEnrolled());
        },
        failure -> {
          throw new Ended(VaultAnswers.failure(failure, vault));
        });
  }

  private Freshness withKey() throws IOException {
    Places places = places();
    AccountName account = account();
    try (RootKey typed =
        new SecretInput(surroundings)
            .recoveryKey(recoveryKeyFile, RestoreCommand.RECOVERY_KEY_FILE, "64-digit key: ")) {
      new RecoveryKeyCheck(new DirectoryStorage(places.provider(), surroundings.files()))
          .check(typed, account.utf8())
          .match(
              () -> true,
              group -> {
                throw new Ended(ProviderAnswers.wrongRecoveryKey(group));
              },
              () -> {
                throw new Ended(ProviderAnswers.noBackup());
              },
              failed -> {
                throw new Ended(ProviderAnswers.unavailable(places.provider(), failed.reason()));
              });
      if (!isDevicesOwn(typed)) {
        open.note(account, places);
        try (EnabledDevice now = EnabledDevice.withRecoveryKey(account, typed)) {
          open.device().record(now);
        }
      }
    }
    try (EnabledDevice device = open.enabled();
        VaultLine vault = VaultLine.of(open, device, surroundings)) {
      return vault.contact().freshness();
    }
  }

  private boolean isDevicesOwn(RootKey rootKey) throws IOException {
    Optional<EnabledDevice> enabled = open.device().enabled();
    if (enabled.isEmpty()) {
      return false;
    }
    try (EnabledDevice device = enabled.get()) {
      return device.rootKey().isEqualTo(rootKey);
    }
  }

  private Optional<FreshnessMark> lastBackupUnder(RootKey rootKey) throws IOException {
    Optional<EnabledDevice> enabled = open.device().enabled();
    if (enabled.isEmpty()) {
      return Optional.empty();
    }
    try (EnabledDevice device = enabled.get()) {
      return device.rootKey().isEqualTo(rootKey) ? device.lastBackup() : Optional.empty();
    }
  }
}
