package lockstep.models;

import java.util.List;
import lockstep.models.FaultyJava.Fault;

/** Faults that an auditor might fear in backup and restore; each must fail the replay. */
final class BackupFaults {

  private BackupFaults() {}

  /** All of them. */
  static final List<Fault> ALL =
      List.of(
          fault(
              "the head goes before the note of it",
              "NextBackup",
              "      next.add(manifest);\n      next.sync();\n",
              "      next.add(manifest);\n"),
          fault(
              "objects of the marked backup go before the new mark",
              "BackupRun",
              "      if (marked == MarkSetter.Result.PENDING) {\n        return true;\n      }\n",
              ""),
          fault(
              "the chain to the mark is broken",
              "BackupRun",
              "head.map(HeadContent::manifest).or(() -> last)",
              "Optional.empty()"),
          fault(
              "what an interrupted run left is uploaded again",
              "Upload",
              "if (known.isPresent() && known.get().isWhole()) {",
              "if (known.isPresent() && past == null) {"),
          fault(
              "any backup is fresh",
              "ChosenBackup",
              "if (freshness.mark().isEmpty()) {",
              "if (head != null) {"),
          fault(
              "an older backup is fresh",
              "ChosenBackup",
              "if (head.backupNumber() < mark.backupNumber()) {\n      return Age.OLDER;",
              "if (head.backupNumber() < mark.backupNumber()) {\n      return Age.FRESH;"));

  private static Fault fault(String name, String type, String from, String to) {
    return new Fault(name, FaultyJava.named(type), from, to);
  }
}
