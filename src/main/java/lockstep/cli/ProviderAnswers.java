package lockstep.cli;

import java.nio.file.Path;
import lockstep.spec.Implements;

/** What the user is told of the provider and of what lies there. */
@Implements({"USR-3~1", "CLI-4~1", "PRV-4~2"})
final class ProviderAnswers {

  private ProviderAnswers() {}

  /** Nothing was removed, so what stood before still stands. */
  static Answer unavailable(Path provider, String reason) {
    return failed(
        provider,
        reason,
        "What was backed up before stays whole. Look at the cause and run the command again.");
  }

  /** What was to be removed may be removed in part. */
  static Answer notAllRemoved(Path provider, String reason) {
    return failed(
        provider,
        reason,
        "Not everything is removed. Look at the cause and run the command again.");
  }

  private static Answer failed(Path provider, String reason, String advice) {
    return Answer.of(
            Outcome.PROVIDER_UNAVAILABLE,
            "The provider's folder " + provider + " cannot be used: " + reason + ".",
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
                + " lockstep restore --salvage brings back what is whole.")
        .with("object", object);
  }

  static Answer olderBackup(long number, long marked) {
    return Answer.of(
            Outcome.OLDER_BACKUP,
            "The provider holds backup "
                + number
                + ", which is older than backup "
                + marked
                + " that the vault knows of.",
            "Ask the provider for the newer one. To take the older one all the same, run again with"
                + " --accept-older.")
        .with("backupNumber", number)
        .with("markedNumber", marked);
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
