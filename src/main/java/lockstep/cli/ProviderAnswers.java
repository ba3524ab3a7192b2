package lockstep.cli;

import java.util.List;
import java.util.stream.Collectors;
import lockstep.backup.store.Freshness;
import lockstep.backup.store.RestoredBackup;
import lockstep.spec.Implements;

/** What the user is told of the provider and of what lies there. */
@Implements({"USR-3", "CLI-4", "PRV-4~2"})
final class ProviderAnswers {

  private ProviderAnswers() {}

  /** Nothing was removed, so what stood before still stands. */
  static Answer unavailable(ProviderPlace provider, String reason) {
    return failed(
        provider,
        reason,
        "What was backed up before stays whole. Look at the cause and run the command again.");
  }

  /** What was to be removed may be removed in part. */
  static Answer notAllRemoved(ProviderPlace provider, String reason) {
    return failed(
        provider,
        reason,
        "Not everything is removed. Look at the cause and run the command again.");
  }

  private static Answer failed(ProviderPlace provider, String reason, String advice) {
    return Answer.of(
            Outcome.PROVIDER_UNAVAILABLE,
            "The " + provider.shown() + " cannot be used: " + reason + ".",
            advice)
        .with("provider", provider.toString())
        .with("cause", reason);
  }

  static Answer noBackup() {
    return Answer.of(
            Outcome.NOT_ENROLLED,
            "There is no backup for this account at the provider.",
            "Look at --account and --provider, or run lockstep backup on the enabled device.")
        .with("reason", "noBackup");
  }

  static Answer damaged(String object) {
    return Answer.of(
            Outcome.DAMAGED,
            "The backup is damaged or was tampered with, at the object " + object + ".",
            "Where the files are still on the device, the next lockstep backup uploads anew what is"
                + " damaged. Where they are not, ask whether the provider keeps earlier versions;"
                + " lockstep restore --salvage brings back what is whole. Where an earlier backup"
                + " is kept (lockstep list --backups), --backup takes it by its number, with"
                + " --accept-older where nothing else vouches for it.")
        .with("object", object);
  }

  /** Other backups are there. */
  @Implements("RST-40")
  static Answer noSuchBackup(long number, List<Long> shown) {
    return Answer.refused(
            "The provider shows no backup " + number + ".",
            "It shows "
                + shown.stream().map(String::valueOf).collect(Collectors.joining(", "))
                + ". Choose one of them. Backups beyond those that lockstep backup --keep asks for"
                + " are removed.")
        .with("reason", "noSuchBackup")
        .with("shown", shown);
  }

  /** The provider shows nothing, and something is known to have been there. */
  static Answer backupGone(long newest) {
    return Answer.of(
            Outcome.NOT_ENROLLED,
            "The provider shows no backup, though backup " + newest + " was made.",
            "Look whether the drive is there and is the right one, and ask the provider. Another"
                + " device may have given the backup a new key. Where the files are on this device,"
                + " lockstep backup makes a new backup, and asks first.")
        .with("reason", "backupGone")
        .with("knownNumber", newest);
  }

  static Answer olderBackup(long number, long newest) {
    return Answer.of(
            Outcome.OLDER_BACKUP,
            olderThan(number, newest),
            "Ask the provider for the newer one. To take the older one all the same, run lockstep"
                + " restore with --accept-older.")
        .with("backupNumber", number)
        .with("markedNumber", newest);
  }

  static Answer numbersUsedUp() {
    return Answer.refused(
            "There is no backup number left above the highest that is known of.",
            "Nothing was written. Run lockstep disable and then enable: under a new key the numbers"
                + " begin again.")
        .with("reason", "numbersUsedUp");
  }

  static String olderThan(long number, long newest) {
    return "The provider holds backup "
        + number
        + ", which is older than backup "
        + newest
        + " that the vault or this device knows of.";
  }

  /** All may be well, and nobody says so. */
  @Implements("RST-13")
  static Answer unchecked(RestoredBackup found, Freshness freshness) {
    String why =
        freshness.word() == Freshness.Word.DISTRUSTED
            ? "The vault that answers is not to be believed, so nobody"
            : "The vault did not answer for this key, and nobody else";
    return Answer.of(
            Outcome.VAULT_UNAVAILABLE,
            why
                + " can say whether backup "
                + found.mark().backupNumber()
                + " of "
                + found.createdAt()
                + " is the newest.",
            "Run the command again when the vault answers. To take that backup all the same, run it"
                + " with "
                + RestoreCommand.ACCEPT_UNCHECKED
                + ".")
        .with("reason", "unchecked")
        .with("backupNumber", found.mark().backupNumber())
        .with("createdAt", found.createdAt().toString());
  }

  /** No head matches the key, and something lies where its head belongs, or without one. */
  static Answer damagedOrWrongKey(String head) {
    return Answer.of(
            Outcome.DAMAGED,
            "What the provider shows for this 64-digit key does not open with it, at " + head + ".",
            "Compare the key with what you noted: every digit. If it is right, the backup is"
                + " damaged or was tampered with: ask the provider for an earlier version. Nothing"
                + " was changed, and this device was not enabled.")
        .with("object", head);
  }

  static Answer wrongRecoveryKey(java.util.OptionalInt group) {
    Answer answer =
        Answer.of(
            Outcome.WRONG_RECOVERY_KEY,
            "That is not the 64-digit key of this account's backup.",
            group.isPresent()
                ? "There may be a slip in group " + group.getAsInt() + " of the 16: look at it."
                : "Look at the whole key, and at --account and --provider.");
    return group.isPresent() ? answer.with("group", group.getAsInt()) : answer;
  }
}
