package lockstep.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lockstep.device.contact.ContactOutcome;
import lockstep.device.state.DeviceSlot;
import lockstep.device.state.Diary;
import lockstep.device.state.EnabledDevice;
import lockstep.device.state.FreshnessMark;
import lockstep.device.state.Retention;
import lockstep.device.vault.Acceptance;
import lockstep.spec.Implements;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How things stand. */
@Command(name = "status", description = "Show how things stand on this device and at the vault.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields
@Implements("CLI-9")
final class StatusCommand implements lockstep.cli.Command {

  private static final Map<DeviceSlot, String> JOURNALS = new LinkedHashMap<>();

  static {
    JOURNALS.put(DeviceSlot.ENROLMENT, "enable");
    JOURNALS.put(DeviceSlot.PASSWORD_CHANGE, "change-password");
    JOURNALS.put(DeviceSlot.KEY_ROTATION, "rotate-key");
    JOURNALS.put(DeviceSlot.DISABLE, "disable");
  }

  @Mixin private SharedOptions shared;

  @Option(
      names = "--contact",
      description = "Ask the vault, too: attempts left, locks, what others did.")
  private boolean contact;

  @Option(
      names = "--accept-rolled-back",
      description = "With --contact: go on with a vault that knows less than it did.")
  private boolean acceptRolledBack;

  @Option(
      names = "--accept-policy",
      description = "With --contact: go on under a policy that is looser than Lockstep wants.")
  private boolean acceptPolicy;

  @Override
  public SharedOptions shared() {
    return shared;
  }

  @Override
  public Answer run(Surroundings surroundings) throws IOException {
    try (OpenDevice open = openDevice(surroundings)) {
      Answer answer = withInterrupted(open, here(open, surroundings));
      return answer.with("home", open.home().toString());
    }
  }

  // A contact notes what it hears, which needs the device alone.
  private OpenDevice openDevice(Surroundings surroundings) throws IOException {
    return contact
        ? OpenDevice.aloneIfFree(shared, surroundings)
        : OpenDevice.forReading(shared, surroundings);
  }

  private Answer here(OpenDevice open, Surroundings surroundings) throws IOException {
    Optional<EnabledDevice> enabled = open.device().enabled();
    if (enabled.isEmpty()) {
      return Answer.done("Backups are not enabled on this device.")
          .next("Run lockstep enable to protect a folder, or lockstep restore to get one back.")
          .with("enabled", false);
    }
    try (EnabledDevice device = enabled.get()) {
      Answer answer =
          new DiaryLines(surroundings.clock().instant())
              .addTo(local(open, device), Diary.recall(open.device()));
      return contact && device.vault().isPresent()
          ? withVault(open, device, answer, surroundings)
          : answer;
    }
  }

  private static Answer local(OpenDevice open, EnabledDevice device) throws IOException {
    String mode = device.vault().isPresent() ? "password" : "recoveryKey";
    Answer answer =
        Answer.done("Backups are enabled for " + device.account().text() + ".")
            .withDetail(
                mode.equals("password")
                    ? "They open with the password, or with the 64-digit key."
                    : "They open with the 64-digit key.")
            .with("enabled", true)
            .with("account", device.account().text())
            .with("mode", mode);
    Optional<Places> places = open.device().places().flatMap(Places::decode);
    if (places.isPresent()) {
      answer =
          answer
              .withDetail("Provider: " + places.get().provider())
              .with("provider", places.get().provider().toString());
    }
    int keep = Retention.recall(open.device()).orElse(1);
    return withNewest(
        device,
        keep == 1
            ? answer
            : answer.withDetail("The last " + keep + " backups are kept.").with("keep", keep));
  }

  /** What the device knows of, not only what it made: a restore may have been refused. */
  @Implements("RST-12")
  private static Answer withNewest(EnabledDevice device, Answer answer) {
    if (device.floor().isEmpty()) {
      return answer
          .withDetail("This device has made no backup and restored none.")
          .next("Run lockstep backup SOURCE_DIR, or lockstep restore to get one back.");
    }
    long newest = device.floor().get().backupNumber();
    Answer told =
        answer
            .withDetail("Newest backup that is known here: number " + newest + ".")
            .with("backupNumber", newest);
    long last = device.lastBackup().map(FreshnessMark::backupNumber).orElse(0L);
    if (last == 0) {
      return told.withDetail("This device has not made or restored one yet.");
    }
    return last == newest
        ? told
        : told.withDetail("This device goes on from backup " + last + ".").with("from", last);
  }

  private Answer withVault(
      OpenDevice open, EnabledDevice device, Answer answer, Surroundings surroundings)
      throws IOException {
    if (!open.isAlone()) {
      return answer.withDetail("Another command is running; the vault was not asked.");
    }
    try (VaultLine vault = VaultLine.of(open, device, surroundings)) {
      if (acceptRolledBack) {
        vault.acceptRolledBack(device.account());
      }
      VaultLine.Heard heard =
          vault.contact(acceptPolicy ? Set.of(Acceptance.LOOSE_POLICY) : Set.of());
      return heard.addTo(
          heard.report().map(report -> with(report, answer, surroundings)).orElse(answer));
    }
  }

  private static Answer with(
      ContactOutcome.Report report, Answer answer, Surroundings surroundings) {
    int left = Math.max(0, report.policy().attempts() - report.charges());
    Map<String, Object> vault = new LinkedHashMap<>();
    vault.put("record", report.record().name().toLowerCase(java.util.Locale.ROOT));
    vault.put("attemptsRemaining", left);
    vault.put("round", report.round());
    vault.put("rounds", report.policy().rounds());
    report.mark().ifPresent(mark -> vault.put("markedBackup", mark.backupNumber()));
    Answer told =
        answer.withDetail(
            "At the vault "
                + VaultAnswers.attemptsLeft(left)
                + " in round "
                + report.round()
                + " of "
                + report.policy().rounds()
                + ".");
    if (report.lockedUntil() > surroundings.clock().millis()) {
      vault.put("lockedUntil", VaultAnswers.text(report.lockedUntil()));
      told =
          told.withDetail(
              "The account is locked until "
                  + VaultAnswers.until(report.lockedUntil(), surroundings)
                  + ".");
    }
    return told.with("vault", vault);
  }

  private static Answer withInterrupted(OpenDevice open, Answer answer) throws IOException {
    Answer told = answer;
    for (Map.Entry<DeviceSlot, String> journal : JOURNALS.entrySet()) {
      if (open.device().isPending(journal.getKey())) {
        told =
            told.next("Run lockstep " + journal.getValue() + " again: it was interrupted.")
                .with("interrupted", journal.getValue());
      }
    }
    return told;
  }
}
