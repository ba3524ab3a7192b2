package lockstep.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lockstep.adapter.filetree.DirectoryNotes;
import lockstep.adapter.filetree.DirectorySource;
import lockstep.backup.run.BackupOutcome;
import lockstep.backup.run.BackupRun;
import lockstep.backup.run.MarkSetter;
import lockstep.backup.run.Omission;
import lockstep.backup.store.BackupMark;
import lockstep.backup.store.BackupStorage;
import lockstep.backup.store.ProviderUnavailable;
import lockstep.device.rotation.KeyRotation;
import lockstep.device.state.DeviceSlot;
import lockstep.device.state.Diary;
import lockstep.device.state.EnabledDevice;
import lockstep.device.state.FreshnessMark;
import lockstep.format.BackupKeys;
import lockstep.format.CipherWarmUp;
import lockstep.format.ManifestHeader;
import lockstep.spec.Implements;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Backs a folder up; no password is needed. */
@Command(name = "backup", description = "Back a folder up; no password is needed.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class BackupCommand implements lockstep.cli.Command {

  static final String ACCEPT_CHANGES = "--accept-changes";
  private static final int MAX_TIMES_OVERTAKEN = 3;

  @Mixin private SharedOptions shared;
  @Mixin private ProgressOptions progressOptions;
  @Mixin private ProviderOption provider;
  @Mixin private ExcludeOptions excludes;

  @Mixin private KeepOption keepOption;

  @Parameters(paramLabel = "SOURCE_DIR", description = "The folder to back up.")
  private Path source;

  @Option(
      names = ACCEPT_CHANGES,
      description =
          "Take the folder as it is now, even if most of the last backup is gone from it.")
  private boolean acceptChanges;

  @Override
  public SharedOptions shared() {
    return shared;
  }

  @Override
  public Optional<Runnable> warmUp() {
    return Optional.of(CipherWarmUp::beforeSealing);
  }

  @Override
  public Answer run(Surroundings surroundings) throws IOException {
    keepOption.require();
    try (OpenDevice open = OpenDevice.aloneAndEnabled(shared, surroundings);
        EnabledDevice enabled = open.enabled()) {
      Places places = provider.places(open, surroundings);
      refuseUnfitSource(open, places);
      refuseWhileInterrupted(open);
      try (VaultLine vault = VaultLine.of(open, enabled, surroundings)) {
        VaultLine.Heard before = vault.contact();
        refuseWhereReplaced(before, surroundings);
        BackupStorage storage = surroundings.storage(places);
        boolean overOthers = false;
        BackupOutcome outcome = backUp(open, storage, vault, before, false, surroundings);
        for (int asked = 0; asked <= MAX_TIMES_OVERTAKEN; asked++) {
          Optional<Question> question = question(outcome);
          if (question.isPresent()) {
            if (asked == MAX_TIMES_OVERTAKEN
                || !shared.confirmed(surroundings, question.get().asked()).orElse(false)) {
              return before.addTo(question.get().refusal());
            }
            overOthers = true;
          } else if (outcome instanceof BackupOutcome.SourceChanged changed
              && !acceptChanges
              && SourceQuestion.accepted(changed.change(), source, surroundings)) {
            acceptChanges = true;
          } else {
            break;
          }
          outcome = backUp(open, storage, vault, before, overOthers, surroundings);
        }
        Answer answer = withForcing(answer(outcome, places), Providers.forcingIsMissing(storage));
        return before.addTo(
            outcome instanceof BackupOutcome.Done done && done.isNoted()
                ? DiaryLines.noting(answer, () -> note(done, open, enabled, surroundings))
                : answer);
      }
    }
  }

  @Implements("USR-11")
  private void note(
      BackupOutcome.Done done, OpenDevice open, EnabledDevice enabled, Surroundings surroundings)
      throws IOException {
    Diary.MadeBackup made =
        new Diary.MadeBackup(
            done.mark().backupNumber(),
            surroundings.clock().instant(),
            done.omissions().size() + done.unnamedOmissions(),
            done.omissions().stream().map(Omission::path).toList(),
            excludes.isAsked());
    Diary.recall(open.device()).with(made).remember(open.device(), enabled.account());
  }

  /** What is asked before a backup goes over what is not this device's newest. */
  private record Question(String asked, Answer refusal) {}

  @Implements({"BAK-10~3", "BAK-16~2"})
  private static Optional<Question> question(BackupOutcome outcome) {
    if (outcome instanceof BackupOutcome.AnotherDevice other) {
      return Optional.of(
          new Question(
              "Another device made backup "
                  + other.backupNumber()
                  + " at "
                  + other.createdAt()
                  + ". Back up over it?",
              anotherDevice(other)));
    }
    if (outcome instanceof BackupOutcome.OlderBackup older) {
      return Optional.of(
          new Question(
              ProviderAnswers.olderThan(older.backupNumber(), older.floorNumber())
                  + " Back up over it?",
              olderBackup(older)));
    }
    return outcome instanceof BackupOutcome.BackupGone gone
        ? Optional.of(
            new Question("The earlier backup is gone. Make a new one with this key?", gone(gone)))
        : Optional.empty();
  }

  @Implements("BAK-11")
  private void refuseUnfitSource(OpenDevice open, Places places) {
    if (!Files.isDirectory(source)) {
      throw new Ended(
          Answer.refused(
                  "The source " + source + " is not a folder that can be read.",
                  "Nothing was written. Look at its name and run the command again.")
              .with("reason", "noSource"));
    }
    Map<String, Path> own = new LinkedHashMap<>();
    own.put("the device's home", open.home());
    places.provider().folder().ifPresent(folder -> own.put("the provider's folder", folder));
    places.vaultFolder().ifPresent(vault -> own.put("the vault's folder", vault));
    FolderOverlap.refusal("source", source, own)
        .ifPresent(
            refusal -> {
              throw new Ended(refusal);
            });
  }

  private static void refuseWhileInterrupted(OpenDevice open) throws IOException {
    String command =
        KeyRotation.blocksBackup(open.device())
            ? "rotate-key"
            : open.device().isPending(DeviceSlot.DISABLE) ? "disable" : "";
    if (!command.isEmpty()) {
      throw new Ended(
          Answer.refused(
                  "The command " + command + " was interrupted on this device.",
                  "Run lockstep " + command + " again; it finishes what it began.")
              .with("reason", "interrupted")
              .with("interrupted", command));
    }
  }

  @Implements("BAK-15~2")
  private void refuseWhereReplaced(VaultLine.Heard before, Surroundings surroundings) {
    if (before.isRecordReplaced()
        && !shared
            .confirmed(surroundings, "The vault's record belongs to another key. Back up anyway?")
            .orElse(false)) {
      throw new Ended(
          before.addTo(
              Answer.refused(
                      "Backups were disabled, enabled anew or given a new key by another device: no"
                          + " password would open what this one backs up.",
                      "Run lockstep restore with the password on this device (on a new --home), or"
                          + " disable here. To back up under the old 64-digit key all the same, run"
                          + " again with --yes.")
                  .with("reason", "recordReplaced")));
    }
  }

  private BackupOutcome backUp(
      OpenDevice open,
      BackupStorage storage,
      VaultLine vault,
      VaultLine.Heard before,
      boolean overOthers,
      Surroundings surroundings)
      throws IOException {
    BackupRun run =
        new BackupRun(
            storage,
            new DirectoryNotes(open.notes(), surroundings.files()),
            new SecureRandom(),
            surroundings.clock());
    try (EnabledDevice enabled = open.enabled();
        BackupKeys keys = BackupKeys.derive(enabled.rootKey(), enabled.account().utf8());
        ProgressLine progress = progressOptions.begin("Backing up", shared.json(), surroundings)) {
      BackupRun keeping =
          run.keeping(keepOption.backups(open, enabled, storage, keys, surroundings));
      return (acceptChanges ? keeping.acceptingChanges() : keeping)
          .run(
              keys,
              new DirectorySource(source, excludes.exclusion()),
              new BackupRun.Known(
                  enabled.lastBackup().map(FreshnessMark::backup),
                  before.freshness(enabled).floor().map(BackupMark::backupNumber).orElse(0L),
                  enabled.passedOver(),
                  overOthers),
              vault.marker(),
              progress);
    } catch (ProviderUnavailable unavailable) {
      return new BackupOutcome.ProviderFailed(String.valueOf(unavailable.getMessage()));
    }
  }

  @Implements("BAK-16~2")
  private static Answer gone(BackupOutcome.BackupGone gone) {
    return Answer.refused(
            "The backup that was made before, number "
                + gone.floorNumber()
                + ", is no longer at the provider: it was removed, another device gave the backup a"
                + " new key, or this is not the right drive.",
            "Look whether the drive is there and is the right one. If another device changed the"
                + " key, run lockstep restore with the new key, or the password, on a new --home."
                + " To make a whole new backup under this device's key, run again with --yes.")
        .with("reason", "backupGone")
        .with("knownNumber", gone.floorNumber());
  }

  @Implements({"BAK-10~3", "RST-12"})
  private static Answer olderBackup(BackupOutcome.OlderBackup older) {
    return Answer.of(
            Outcome.OLDER_BACKUP,
            ProviderAnswers.olderThan(older.backupNumber(), older.floorNumber()),
            "Nothing was written. Ask the provider for the newer one. To back up over the older one"
                + " all the same, run again with --yes.")
        .with("backupNumber", older.backupNumber())
        .with("markedNumber", older.floorNumber());
  }

  private static Answer anotherDevice(BackupOutcome.AnotherDevice other) {
    return Answer.refused(
            "The newest backup, number "
                + other.backupNumber()
                + " of "
                + other.createdAt()
                + ", was made by another device of yours.",
            "If this device is to go on instead of that one, run again with --yes. If you do not"
                + " know that device, change the password and run lockstep rotate-key.")
        .with("reason", "anotherDevice")
        .with("backupNumber", other.backupNumber());
  }

  private static Answer tooMuch() {
    return Answer.refused(
            "The folder is more than one backup can hold: it has at most "
                + ManifestHeader.MAX_OBJECTS
                + " objects of up to 16 MiB, 4 TiB in all.",
            "The last backup stays as it is. Leave something out with --exclude, or back up parts"
                + " of the folder on devices of their own, each with its own --home and account.")
        .with("reason", "tooManyObjects");
  }

  private Answer answer(BackupOutcome outcome, Places places) {
    return outcome.match(
        BackupCommand::done,
        BackupCommand::anotherDevice,
        BackupCommand::olderBackup,
        BackupCommand::gone,
        ProviderAnswers::numbersUsedUp,
        BackupCommand::tooMuch,
        damaged -> ProviderAnswers.damaged(damaged.objectName()),
        changed -> SourceQuestion.refusal(changed.change(), source),
        () ->
            Answer.refused(
                    "The source cannot be listed.",
                    "Nothing was written. Look at its permissions and run the command again.")
                .with("reason", "noSource"),
        failed -> ProviderAnswers.unavailable(places.provider(), failed.reason()));
  }

  private static Answer withForcing(Answer answer, boolean isMissing) {
    return isMissing
        ? answer
            .withDetail(
                "Warning: the provider's file system cannot force anything to the disk. What was"
                    + " stored now may be lost if the power fails within the next minutes.")
            .with("forced", false)
        : answer;
  }

  @Implements({"BAK-7~3", "BAK-9~2"})
  private static Answer done(BackupOutcome.Done done) {
    BackupOutcome.Stats stats = done.stats();
    Answer answer =
        Answer.done(
                "Backup "
                    + done.mark().backupNumber()
                    + " is complete: "
                    + stats.files()
                    + " files, "
                    + ByteText.of(stats.fileBytes())
                    + ", of which "
                    + ByteText.of(stats.bytesUploaded())
                    + " were uploaded now.")
            .with("backupNumber", done.mark().backupNumber())
            .with("files", stats.files())
            .with("directories", stats.directories())
            .with("links", stats.links())
            .with("bytes", stats.fileBytes())
            .with("uploadedFiles", stats.filesUploaded())
            .with("uploadedBytes", stats.bytesUploaded())
            .with("marked", done.markResult() == MarkSetter.Result.SET);
    Answer warned = withWarnings(answer, done);
    return done.omissions().isEmpty() ? warned : withOmissions(warned, done);
  }

  @Implements({"BAK-9~2", "USR-12"})
  private static Answer withWarnings(Answer made, BackupOutcome.Done done) {
    Answer answer = made;
    if (done.markResult() == MarkSetter.Result.PENDING) {
      answer =
          answer.withDetail(
              "Warning: the vault could not be told of this backup; the next command tells it.");
    }
    if (!done.isNoted()) {
      answer =
          answer
              .withDetail(
                  "Warning: the backup stands, but this device could not note it: the device's home"
                      + " could not be written. Check that its disk is not full; the next backup"
                      + " makes up for it.")
              .with("noted", false);
    }
    if (done.leftoversRemain()) {
      answer = answer.withDetail("What this backup no longer needs is removed by the next backup.");
    }
    return answer;
  }

  private static Answer withOmissions(Answer answer, BackupOutcome.Done done) {
    List<String> lines = done.omissions().stream().map(BackupCommand::line).toList();
    long kept = done.omissions().stream().filter(Omission::kept).count();
    long all = lines.size() + done.unnamedOmissions();
    Answer named =
        answer
            .as(Outcome.DONE_WITH_OMISSIONS)
            .withDetails(lines.stream().map(line -> "  left out or changed: " + line).toList())
            .with("omissions", lines)
            .with("omitted", all)
            .with("keptAsBefore", kept);
    if (done.unnamedOmissions() > 0) {
      named = named.withDetail("  and " + done.unnamedOmissions() + " more");
    }
    return named.next(
        "Look at the "
            + all
            + " that are left out or changed, and run the command again to include them."
            + (kept > 0 ? " What is kept as it was goes with " + ACCEPT_CHANGES + "." : ""));
  }

  private static String line(Omission omission) {
    return omission.path()
        + " ("
        + omission.reason().text()
        + (omission.kept() ? "; kept as the last backup had it" : "")
        + ")";
  }
}
