package lockstep.cli;

import lockstep.spec.Decides;

/** How a command ends: its exit code and the name that {@code --json} gives. */
@Decides("CLI-4")
enum Outcome {
  DONE(0, "done"),
  UNEXPECTED(1, "unexpected"),
  USAGE(2, "usage"),
  DONE_WITH_OMISSIONS(3, "doneWithOmissions"),
  WRONG_PASSWORD(10, "wrongPassword"),
  LOCKED(11, "locked"),
  DESTROYED(12, "destroyed"),
  NOT_ENROLLED(13, "notEnrolled"),
  WRONG_RECOVERY_KEY(14, "wrongRecoveryKey"),
  DAMAGED(20, "damaged"),
  OLDER_BACKUP(21, "olderBackup"),
  PROVIDER_UNAVAILABLE(30, "providerUnavailable"),
  VAULT_UNAVAILABLE(31, "vaultUnavailable"),
  REFUSED(40, "refused"),
  TARGET_FULL(41, "targetFull"),
  NOT_CONFORMANT(50, "notConformant"),
  NOT_EXAMINED(51, "notExamined");

  private final int exitCode;
  private final String jsonName;

  Outcome(int exitCode, String jsonName) {
    this.exitCode = exitCode;
    this.jsonName = jsonName;
  }

  int exitCode() {
    return exitCode;
  }

  String jsonName() {
    return jsonName;
  }

  /** Whether the command did what it was asked to do. */
  boolean isSuccess() {
    return this == DONE || this == DONE_WITH_OMISSIONS;
  }
}
