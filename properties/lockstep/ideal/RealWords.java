package lockstep.ideal;

import lockstep.backup.restore.RestoreOutcome;
import lockstep.backup.run.BackupOutcome;
import lockstep.device.contact.ContactOutcome;
import lockstep.device.enrol.EnrolmentOutcome;
import lockstep.device.leaving.DisableOutcome;
import lockstep.device.notices.VaultNotice;
import lockstep.device.password.PasswordChangeOutcome;
import lockstep.device.rotation.KeyRotationOutcome;
import lockstep.device.state.FreshnessMark;
import lockstep.device.vault.UnlockOutcome;
import lockstep.device.vault.VaultFailure;

/** The product's outcomes in the words of the ideal functionality. */
final class RealWords {

  private final RealSite site;

  RealWords(RealSite site) {
    this.site = site;
  }

  String of(EnrolmentOutcome outcome) {
    if (outcome instanceof EnrolmentOutcome.Locked locked) {
      return Words.locked(site.asStory(locked.until()));
    }
    if (outcome instanceof EnrolmentOutcome.VaultFailed failed) {
      return of(failed.failure());
    }
    return name(outcome);
  }

  String of(UnlockOutcome outcome) {
    if (outcome instanceof UnlockOutcome.WrongPassword wrong) {
      return Words.wrong(wrong.attemptsRemaining(), site.asStory(wrong.lockedUntil()));
    }
    if (outcome instanceof UnlockOutcome.Locked locked) {
      return Words.locked(site.asStory(locked.until()));
    }
    if (outcome instanceof UnlockOutcome.VaultFailed failed) {
      return of(failed.failure());
    }
    return name(outcome);
  }

  String of(RestoreOutcome outcome) {
    return switch (name(outcome)) {
      case "NoBackup", "BackupGone" -> "NO_BACKUP";
      case "OlderBackup" -> "OLDER";
      case "Damaged" -> "DAMAGED";
      default -> outcome.toString();
    };
  }

  String of(PasswordChangeOutcome outcome) {
    if (outcome instanceof PasswordChangeOutcome.WrongPassword wrong) {
      return Words.wrong(wrong.attemptsRemaining(), site.asStory(wrong.lockedUntil()));
    }
    if (outcome instanceof PasswordChangeOutcome.Locked locked) {
      return Words.locked(site.asStory(locked.until()));
    }
    if (outcome instanceof PasswordChangeOutcome.VaultFailed failed) {
      return of(failed.failure());
    }
    return name(outcome);
  }

  String of(BackupOutcome outcome) {
    if (outcome instanceof BackupOutcome.Done done) {
      return "Done " + done.mark().backupNumber() + " " + done.markResult();
    }
    if (outcome instanceof BackupOutcome.AnotherDevice other) {
      return "AnotherDevice " + other.backupNumber();
    }
    if (outcome instanceof BackupOutcome.OlderBackup older) {
      return "OlderBackup " + older.backupNumber() + " than " + older.floorNumber();
    }
    return outcome.toString();
  }

  String of(KeyRotationOutcome outcome) {
    return outcome instanceof KeyRotationOutcome.NotUnlocked not ? of(not.why()) : name(outcome);
  }

  String of(DisableOutcome outcome) {
    return outcome instanceof DisableOutcome.VaultFailed failed
        ? of(failed.failure())
        : name(outcome);
  }

  String of(ContactOutcome outcome) {
    if (outcome instanceof ContactOutcome.VaultFailed failed) {
      return of(failed.failure());
    }
    if (!(outcome instanceof ContactOutcome.InContact contact)) {
      return name(outcome);
    }
    ContactOutcome.Report report = contact.report();
    return Words.contact(
        report.record().toString(),
        report.charges() + " round " + report.round(),
        site.asStory(report.lockedUntil()),
        report.mark().map(FreshnessMark::backupNumber).orElse(0L),
        report.markPending());
  }

  String of(VaultNotice notice) {
    if (notice instanceof VaultNotice.AttemptsByOthers attempts) {
      return name(notice) + " " + attempts.charges() + " in round " + attempts.round();
    }
    if (notice instanceof VaultNotice.ActsByOthers others) {
      return name(notice) + " " + others.acts();
    }
    if (notice instanceof VaultNotice.LockedByOthers locked) {
      return name(notice) + " " + time(locked.until());
    }
    if (notice instanceof VaultNotice.RestartRequested requested) {
      return name(notice) + " " + time(requested.completesAt());
    }
    if (notice instanceof VaultNotice.RestartCancelled cancelled) {
      return name(notice) + " " + time(cancelled.completesAt());
    }
    if (notice instanceof VaultNotice.NewerBackup newer) {
      return name(notice) + " " + newer.backupNumber();
    }
    return name(notice);
  }

  private String time(long until) {
    return Words.time(site.asStory(until));
  }

  private static String of(VaultFailure failure) {
    return name(failure);
  }

  private static String name(Object outcome) {
    return outcome.getClass().getSimpleName();
  }
}
