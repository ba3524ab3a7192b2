package lockstep.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lockstep.backup.store.BackupStorage;
import lockstep.backup.store.ProviderUnavailable;
import lockstep.device.enrol.Enrolment;
import lockstep.device.enrol.EnrolmentOutcome;
import lockstep.device.enrol.KeyEnrolment;
import lockstep.device.enrol.KeyEnrolmentOutcome;
import lockstep.device.state.NewRecoveryKey;
import lockstep.device.state.PlainCopies;
import lockstep.device.state.VaultBinding;
import lockstep.device.vault.Acceptance;
import lockstep.device.vault.VaultFailure;
import lockstep.secret.Password;
import lockstep.spec.Implements;
import lockstep.wire.AccountName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Turns end-to-end encrypted backup on. */
@Command(
    name = "enable",
    description = "Turn protection on, with a password (and --vault) or with --recovery-key.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields
@Implements({"ENR-4", "ENR-7", "USR-1", "USR-2"})
final class EnableCommand implements lockstep.cli.Command {

  @Mixin private SharedOptions shared;
  @Mixin private AccountOptions accountOptions;
  @Mixin private PasswordOption passwordOption;
  @Mixin private NewPasswordOption newPasswordOption;

  @Option(
      names = "--recovery-key",
      description = "Protect with a 64-digit key, shown once, instead of a password.")
  private boolean recoveryKey;

  @Option(
      names = "--accept-plain",
      paramLabel = "NAME",
      description = "Leave this unencrypted copy at the provider; may stand several times.")
  private List<String> acceptedPlainCopies = new ArrayList<>();

  @Option(
      names = "--accept-policy",
      description = "Enrol under a vault's policy that is looser than Lockstep wants.")
  private boolean acceptPolicy;

  @Option(
      names = "--accept-same-password",
      description = "After destruction: enrol with the password that was guessed at.")
  private boolean acceptSamePassword;

  @Override
  public SharedOptions shared() {
    return shared;
  }

  @Override
  public Answer run(Surroundings surroundings) throws IOException {
    if (recoveryKey && passwordOption.file().isPresent()) {
      return Answer.usage(
          "A backup is protected by a password or by a 64-digit key, not by both.",
          "Leave out --password-file or --recovery-key.");
    }
    Places places = accountOptions.places(!recoveryKey);
    AccountName account = accountOptions.account();
    refuseOverlap(places, shared.home(surroundings));
    if (recoveryKey) {
      KeyHandover.requireSomebody(shared, surroundings);
    } else {
      new SecretInput(surroundings).requireSource(passwordOption.file(), PasswordOption.NAME);
    }
    try (OpenDevice open = OpenDevice.alone(shared, surroundings)) {
      PlainCopies plain = plainCopies(places.provider(), surroundings);
      if (!plain.undecided().isEmpty()) {
        return plainCopiesFound(plain.undecided());
      }
      return recoveryKey
          ? withKey(open, account, places, plain, surroundings)
          : withPassword(open, account, places, plain, surroundings);
    } catch (ProviderUnavailable unavailable) {
      return ProviderAnswers.unavailable(
          places.provider(), String.valueOf(unavailable.getMessage()));
    }
  }

  private PlainCopies plainCopies(ProviderPlace provider, Surroundings surroundings)
      throws ProviderUnavailable {
    BackupStorage storage = surroundings.providers().created(provider, surroundings);
    return new PlainCopies(storage.plainCopies(), Set.copyOf(acceptedPlainCopies));
  }

  private Answer withPassword(
      OpenDevice open,
      AccountName account,
      Places places,
      PlainCopies plain,
      Surroundings surroundings)
      throws IOException {
    try (Password password =
            newPasswordOption.judged(
                new SecretInput(surroundings)
                    .newPassword(passwordOption.file(), PasswordOption.NAME, "New password: "),
                account);
        OpenVault vault =
            OpenVault.openOrMake(
                places.vault().orElseThrow(), accountOptions.vaultIdentity(), surroundings)) {
      boolean isNew = noteWhereNew(open, account, places);
      EnrolmentOutcome outcome =
          new Enrolment(open.device(), vault.connection())
              .accepting(acceptances())
              .enrol(account, password, plain);
      Answer answer = outcome.match(new Answers(vault, surroundings));
      if (answer.outcome().isSuccess() && !isNew) {
        open.note(account, places);
      }
      return answer;
    }
  }

  private Set<Acceptance> acceptances() {
    Set<Acceptance> accepted = EnumSet.noneOf(Acceptance.class);
    if (acceptPolicy) {
      accepted.add(Acceptance.LOOSE_POLICY);
    }
    if (acceptSamePassword) {
      accepted.add(Acceptance.SAME_PASSWORD);
    }
    return accepted;
  }

  // A device that is enabled already keeps what it knows unless it is enabled again.
  private static boolean noteWhereNew(OpenDevice open, AccountName account, Places places)
      throws IOException {
    var enabled = open.device().enabled();
    enabled.ifPresent(device -> device.close());
    if (enabled.isEmpty()) {
      open.note(account, places);
    }
    return enabled.isEmpty();
  }

  private Answer withKey(
      OpenDevice open,
      AccountName account,
      Places places,
      PlainCopies plain,
      Surroundings surroundings)
      throws IOException {
    KeyEnrolmentOutcome outcome = new KeyEnrolment(open.device()).begin(account, plain);
    NewRecoveryKey key =
        outcome.match(
            shown -> shown,
            () -> {
              throw new Ended(alreadyEnabled());
            },
            names -> {
              throw new Ended(plainCopiesFound(names));
            });
    try (key) {
      open.note(account, places);
      return new KeyHandover(shared, surroundings).hand(key, () -> enabled("64-digit key"));
    }
  }

  /** What the user is told of each outcome. */
  private record Answers(OpenVault vault, Surroundings surroundings)
      implements EnrolmentOutcome.Cases<Answer> {

    @Override
    public Answer enrolled(VaultBinding binding) {
      return enabledUnder(binding);
    }

    @Override
    public Answer enrolledWithEarlierPassword(VaultBinding binding) {
      return enabledUnder(binding)
          .withDetail(
              "An earlier run had taken effect: the password in force is the one typed then,"
                  + " not now. Run lockstep rehearse, or lockstep change-password.");
    }

    @Override
    public Answer alreadyEnabled() {
      return EnableCommand.alreadyEnabled();
    }

    @Override
    public Answer alreadyEnrolled() {
      return EnableCommand.alreadyEnrolled();
    }

    @Override
    public Answer plainCopiesFound(List<String> names) {
      return EnableCommand.plainCopiesFound(names);
    }

    @Override
    public Answer locked(long until) {
      return VaultAnswers.locked(until, surroundings);
    }

    @Override
    public Answer destroyed() {
      return VaultAnswers.destroyed();
    }

    @Override
    public Answer samePassword() {
      return EnableCommand.samePassword();
    }

    @Override
    public Answer outcomeUnknown(VaultFailure why) {
      return VaultAnswers.outcomeUnknown(
          why,
          "it is not yet known whether backups are enabled.",
          "Run the same command again; it asks the vault first.");
    }

    @Override
    public Answer vaultFailed(VaultFailure failure) {
      return VaultAnswers.failure(failure, vault);
    }
  }

  @Implements("ENR-8")
  private static Answer enabledUnder(VaultBinding binding) {
    return enabled("password")
        .withDetail(
            "The vault takes "
                + VaultAnswers.inWords(binding.policy())
                + "; after that it erases its record for good.");
  }

  @Implements("ENR-9")
  private static Answer samePassword() {
    return Answer.refused(
            "That is the password that somebody guessed at until the vault erased its record.",
            "Whoever did knows by now what it is not, and could go on with a full set of attempts:"
                + " choose another password. To take the same one all the same, run again with"
                + " --accept-same-password.")
        .with("reason", "samePassword");
  }

  private static Answer enabled(String mode) {
    return Answer.done("End-to-end encrypted backup is enabled, with a " + mode + ".")
        .withDetail(
            "Nobody can reset a lost " + mode + ": without it the backup cannot be restored.")
        .withDetail(
            "A backup of the whole device, such as iCloud Backup or a system image, may still hold"
                + " the same files in clear. Turn it off for them in the device's own settings.")
        .withDetail(
            "Kept: content, names, times, permission bits and symbolic links. Not kept: owner,"
                + " group, access-control lists, extended attributes, set-id and sticky bits, hard"
                + " links, holes, sockets, pipes and devices, what a link's time has below a"
                + " microsecond, and the mode and time of the source folder itself.")
        .with("mode", mode.equals("password") ? "password" : "recoveryKey")
        .next("Run lockstep backup SOURCE_DIR.");
  }

  private static Answer alreadyEnabled() {
    return Answer.refused(
            "Backups are already enabled on this device.",
            "Run lockstep backup SOURCE_DIR, with --provider if the provider's folder has moved. To"
                + " start over, run lockstep disable first; that erases the vault's record.")
        .with("reason", "alreadyEnabled");
  }

  private static Answer alreadyEnrolled() {
    return Answer.refused(
            "This account is enrolled already, by another device or an earlier home.",
            "Run lockstep restore with its password. If password, key and device are all lost, run"
                + " lockstep restart.")
        .with("reason", "alreadyEnrolled");
  }

  private static Answer plainCopiesFound(List<String> names) {
    Answer answer =
        Answer.refused(
                "Unencrypted copies lie at the provider; they would undo the protection.",
                "Remove each, or accept it by name with --accept-plain NAME, and run again.")
            .with("reason", "plainCopiesFound")
            .with("plainCopies", names);
    for (String name : names) {
      answer = answer.withDetail("  " + name);
    }
    return answer;
  }

  // The provider must see none of what the device or the vault keeps.
  private static void refuseOverlap(Places places, Path home) {
    Map<String, Path> own = new LinkedHashMap<>();
    own.put("the device's home", home);
    places.vaultFolder().ifPresent(vault -> own.put("the vault's folder", vault));
    places
        .provider()
        .folder()
        .flatMap(folder -> FolderOverlap.refusal("provider's folder", folder, own))
        .ifPresent(
            refusal -> {
              throw new Ended(refusal);
            });
  }
}
