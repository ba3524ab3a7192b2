package lockstep.cli;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lockstep.backup.store.BackupMark;
import lockstep.backup.store.Freshness;
import lockstep.format.HeadContent;
import lockstep.spec.Decides;

/** Which backups are kept at the provider, for people and for {@code --json}. */
@Decides("RST-42")
final class KeptLines {

  private KeptLines() {}

  /** The answer for those heads, which are in ascending order of their numbers. */
  static Answer of(List<HeadContent> heads, Freshness freshness) {
    long known = freshness.floor().map(BackupMark::backupNumber).orElse(0L);
    if (heads.isEmpty()) {
      return known == 0 ? ProviderAnswers.noBackup() : ProviderAnswers.backupGone(known);
    }
    long newest = heads.get(heads.size() - 1).backupNumber();
    Answer answer =
        newest < known
            ? ProviderAnswers.olderBackup(newest, known)
            : Answer.done(heads.size() == 1 ? "One backup is kept." : heads.size() + " are kept.");
    List<String> lines = new ArrayList<>();
    List<Map<String, Object>> objects = new ArrayList<>();
    for (HeadContent head : heads) {
      lines.add(
          String.format(
              "%10d  %s", head.backupNumber(), head.createdAt().truncatedTo(ChronoUnit.SECONDS)));
      objects.add(
          Map.of("backupNumber", head.backupNumber(), "createdAt", head.createdAt().toString()));
    }
    return RestoreCommand.withUnchecked(answer.withDetails(lines), freshness)
        .with("backups", objects);
  }
}
