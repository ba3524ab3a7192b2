package lockstep.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import lockstep.backup.store.Freshness;
import lockstep.backup.store.RecoveryKeyCheck;
import lockstep.device.state.EnabledDevice;
import lockstep.device.state.FreshnessMark;
import lockstep.device.vault.Acceptance;
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
@Implements({"RST-8", "CLI-10"})
final class Unlocking {

  private final OpenDevice open;
  private final AccountOptions options;
  private final Surroundings surroundings;
  private Optional<String> passwordFile = Optional.empty();
  private Optional<String> recoveryKeyFile = Optional.empty();
  private Set<Acceptance> accepted = Set.of();
  private BooleanSupplier lastAttempt = () -> false;

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

  Unlocking beforeTheLast(BooleanSupplier consent) {
    this.lastAttempt = consent;
    return this;
  }

  Unlocking accepting(Set<Acceptance> byName) {
    this.accepted = byName;
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

  /**
   * What is known once the device holds the key.
   *
   * @param freshness of the newest backup
   * @param heard what the vault told an enabled device
   */
  record Known(Freshness freshness, VaultLine.Heard heard) {}

  /** Has the device enabled with the backup's root key, and says what is known of the newest. */
  Known unlock() throws IOException {
    if (passwordFile.isEmpty() && recoveryKeyFile.isEmpty() && isEnabled()) {
      return contact();
    }
    return isByKey() ? withKey() : withPassword();
  }

  private boolean isEnabled() throws IOException {
    Optional<EnabledDevice> enabled = open.device().enabled();
    enabled.ifPresent(EnabledDevice::close);
    return enabled.isPresent();
  }

  /** An enabled device asks its vault; what it hears goes with the answer. */
  @Implements({"USR-5~2", "RST-12", "RST-13"})
  private Known contact() throws IOException {
    VaultLine.Heard heard;
    try (EnabledDevice device = open.enabled();
        VaultLine vault = VaultLine.of(open, device, surroundings)) {
      heard = vault.contact();
    }
    try (EnabledDevice now = open.enabled()) {
      return new Known(heard.freshness(now), heard);
    }
  }

  private boolean isByKey() {
    return recoveryKeyFile.isPresent() || (passwordFile.isEmpty() && !options.isVaultGiven());
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

  private Known withPassword() throws IOException {
    Places places = places();
    if (places.vault().isEmpty()) {
      options.requiredVault();
    }
    AccountName account = account();
    new SecretInput(surroundings).requireSource(passwordFile, PasswordOption.NAME);
    // First, for the attempt's own receipts would hide what others did.
    List<String> news = isEnabled() ? contact().heard().lines() : List.of();
    try (OpenVault vault =
            OpenVault.open(places.vault().orElseThrow(), options.vaultIdentity(), surroundings);
        Password password =
            new SecretInput(surroundings)
                .password(passwordFile, PasswordOption.NAME, "Password: ")) {
      UnlockOutcome outcome =
          new Unlock(open.device(), vault.connection().askingBeforeTheLast(lastAttempt))
              .accepting(accepted)
              .attempt(account, password);
      try (OpenedAccount opened = openedOrEnded(outcome, vault)) {
        // A folder that is new to an enabled device is noted once it was restored from.
        ProviderPlace provider = isEnabled() ? open.places().provider() : places.provider();
        open.note(account, new Places(provider, places.vault()));
        opened.recordEnabled(open.device());
        return opened(opened.mark(), news);
      }
    }
  }

  private Known opened(Optional<FreshnessMark> mark, List<String> news) throws IOException {
    try (EnabledDevice now = open.enabled()) {
      return new Known(
          Freshness.of(
              now.floor().map(FreshnessMark::backup),
              mark.map(FreshnessMark::backup),
              Freshness.Word.HEARD),
          new VaultLine.Heard(Optional.empty(), Freshness.Word.HEARD, news));
    }
  }

  private OpenedAccount openedOrEnded(UnlockOutcome outcome, OpenVault vault) {
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

  private Known withKey() throws IOException {
    Places places = places();
    AccountName account = account();
    try (RootKey typed =
        new SecretInput(surroundings)
            .recoveryKey(recoveryKeyFile, RestoreCommand.RECOVERY_KEY_FILE, "64-digit key: ")) {
      new RecoveryKeyCheck(surroundings.storage(places))
          .check(typed, account.utf8())
          .match(
              () -> true,
              damaged -> {
                throw new Ended(ProviderAnswers.damagedOrWrongKey(damaged.objectName()));
              },
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
    return contact();
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
}
