package lockstep.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lockstep.adapter.filetree.DirectoryNotes;
import lockstep.adapter.filetree.DirectoryTarget;
import lockstep.adapter.filetree.PathPatterns;
import lockstep.backup.notes.DamageNotes;
import lockstep.backup.restore.Restore;
import lockstep.backup.restore.RestoreOutcome;
import lockstep.backup.restore.Unkept;
import lockstep.backup.store.BackupMark;
import lockstep.backup.store.Freshness;
import lockstep.backup.store.RestoredBackup;
import lockstep.device.state.EnabledDevice;
import lockstep.device.state.FreshnessMark;
import lockstep.device.vault.Acceptance;
import lockstep.format.BackupKeys;
import lockstep.format.CipherWarmUp;
import lockstep.format.ManifestEntry;
import lockstep.format.ObjectName;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings a backup back into an empty folder and makes this device the enabled one. */
@Command(
    name = "restore",
    description = "Bring the backup back into an empty or new folder; this device goes on with it.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class RestoreCommand implements lockstep.cli.Command {

  static final String ACCEPT_UNCHECKED = "--accept-unchecked";
  static final String ACCEPT_OLDER = "--accept-older";
  static final String WITH_NUMBER_OLDER =
      "Take what the provider shows even if a newer one is known of; with --backup, that backup"
          + " whatever else is there.";
  static final String RECOVERY_KEY_FILE = "--recovery-key-file";

  @Mixin private SharedOptions shared;
  @Mixin private ProgressOptions progressOptions;
  @Mixin private NumberOption numbered;
  @Mixin private AccountOptions accountOptions;
  @Mixin private PasswordOption passwordOption;
  @Mixin private LastAttemptOption lastAttempt;

  @Parameters(paramLabel = "TARGET_DIR", description = "An empty or new folder.")
  private Path target;

  @Option(
      names = RECOVERY_KEY_FILE,
      paramLabel = "FILE",
      description = "Read the 64-digit key from FILE; - is standard input.")
  private @Nullable String recoveryKeyFile;

  @Option(
      names = "--only",
      paramLabel = "PATH",
      description =
          "Bring back only this file or folder of the backup; * stands for anything in a name, **"
              + " for folders between; may stand several times.")
  private List<String> only = new ArrayList<>();

  @Option(names = ACCEPT_OLDER, description = WITH_NUMBER_OLDER)
  private boolean acceptOlder;

  @Option(
      names = "--salvage",
      description = "Where the backup is damaged, bring back what is whole and name what is not.")
  private boolean salvage;

  @Option(
      names = ACCEPT_UNCHECKED,
      description = "Take a backup though the vault cannot say whether it is the newest.")
  private boolean acceptUnchecked;

  @Option(
      names = "--accept-policy",
      description = "Open a record under a vault's policy that is looser than Lockstep wants.")
  private boolean acceptPolicy;

  @Override
  public SharedOptions shared() {
    return shared;
  }

  @Override
  public Optional<Runnable> warmUp() {
    return Optional.of(CipherWarmUp::beforeOpening);
  }

  @Override
  public Answer run(Surroundings surroundings) throws IOException {
    numbered.require();
    if (passwordOption.file().isPresent() && recoveryKeyFile != null) {
      return Answer.usage(
          "A backup is opened with a password or with a 64-digit key, not with both.",
          "Leave out --password-file or --recovery-key-file.");
    }
    try (OpenDevice open = openDevice(surroundings)) {
      Unlocking unlocking =
          new Unlocking(open, accountOptions, surroundings)
              .with(passwordOption.file(), Optional.ofNullable(recoveryKeyFile))
              .beforeTheLast(lastAttempt.consent(surroundings))
              .accepting(acceptPolicy ? Set.of(Acceptance.LOOSE_POLICY) : Set.of());
      Places places = unlocking.places();
      DirectoryTarget tree = new DirectoryTarget(target.toAbsolutePath(), surroundings.files());
      refuseUnfitTarget(tree, open.home(), places);
      if (places.provider().isMissingFolder() && !isToBeFinished(tree)) {
        return ProviderAnswers.unavailable(places.provider(), "there is no such folder");
      }
      Unlocking.Known known = unlocking.unlock();
      return known
          .heard()
          .addTo(
              restore(
                  open,
                  places,
                  tree,
                  accepted(numbered.asked(known.freshness()), acceptOlder, acceptUnchecked),
                  surroundings));
    }
  }

  private static boolean isToBeFinished(DirectoryTarget tree) throws IOException {
    return tree.interrupted().isPresent();
  }

  static Freshness accepted(Freshness known, boolean isOlder, boolean isUnchecked) {
    Freshness older = isOlder ? known.acceptingOlder() : known;
    return isUnchecked ? older.acceptingUnchecked() : older;
  }

  // What every restore needs is asked for before a home is made.
  private OpenDevice openDevice(Surroundings surroundings) throws IOException {
    if (!Files.isDirectory(shared.home(surroundings))) {
      accountOptions.places(false);
      accountOptions.account();
    }
    return OpenDevice.alone(shared, surroundings);
  }

  @Implements("RST-2~2")
  private void refuseUnfitTarget(DirectoryTarget tree, Path home, Places places)
      throws IOException {
    Map<String, Path> own = new LinkedHashMap<>();
    own.put("the device's home", home);
    places.provider().folder().ifPresent(folder -> own.put("the provider's folder", folder));
    places.vaultFolder().ifPresent(vault -> own.put("the vault's folder", vault));
    Optional<Answer> overlap = FolderOverlap.refusal("target", target, own);
    if (overlap.isPresent()) {
      throw new Ended(overlap.get());
    }
    try {
      if (!tree.isFree()) {
        throw new Ended(targetNotEmpty());
      }
    } catch (IOException unreadable) {
      throw new Ended(targetUnusable(Unkept.words(unreadable)));
    }
  }

  @Implements({"RST-7", "RST-8", "DEV-5"})
  private Answer restore(
      OpenDevice open,
      Places places,
      DirectoryTarget tree,
      Freshness freshness,
      Surroundings surroundings)
      throws IOException {
    try (EnabledDevice enabled = open.enabled();
        BackupKeys keys = BackupKeys.derive(enabled.rootKey(), enabled.account().utf8());
        ProgressLine progress = progressOptions.begin("Restoring", shared.json(), surroundings)) {
      RestoreOutcome outcome;
      try {
        Restore restore = new Restore(surroundings.storage(places));
        outcome = asked(restore).run(keys, tree, freshness, progress);
      } catch (IOException failure) {
        return targetUnusable(Unkept.words(failure));
      }
      return DiaryLines.noting(
          answer(outcome, places, freshness),
          () -> {
            noteDamage(open, keys, outcome, surroundings);
            if (outcome instanceof RestoreOutcome.Restored restored) {
              noteRestored(restored, open, enabled, places);
            }
          });
    }
  }

  /** Who has a part of it does not go on from it, whichever command finished the part. */
  @Implements("DEV-5")
  private static void noteRestored(
      RestoreOutcome.Restored restored, OpenDevice open, EnabledDevice enabled, Places places)
      throws IOException {
    FreshnessMark mark = FreshnessMark.of(restored.backup().mark());
    open.device()
        .update(known -> restored.isPart() ? known.withSeen(mark) : known.withRestored(mark));
    open.note(enabled.account(), new Places(places.provider(), open.places().vault()));
  }

  @Implements("RST-31")
  private Restore asked(Restore restore) {
    Restore asked = salvage ? restore.salvaging() : restore;
    if (only.isEmpty()) {
      return asked;
    }
    PathPatterns paths = PathPatterns.fromTop(only);
    return asked.only(
        entry ->
            paths.match(entry.path().toString(), entry instanceof ManifestEntry.DirectoryEntry));
  }

  @Implements("BAK-22")
  private static void noteDamage(
      OpenDevice open, BackupKeys keys, RestoreOutcome outcome, Surroundings surroundings)
      throws IOException {
    List<ObjectName> found = List.of();
    if (outcome instanceof RestoreOutcome.Damaged damaged) {
      found = ObjectName.parse(damaged.objectName()).stream().toList();
    } else if (outcome instanceof RestoreOutcome.Restored restored) {
      found = restored.damaged();
    }
    if (!found.isEmpty()) {
      DirectoryNotes notes = new DirectoryNotes(open.notes(), surroundings.files());
      DamageNotes.add(notes, keys.setName(), found);
    }
  }

  private Answer answer(RestoreOutcome outcome, Places places, Freshness freshness) {
    return outcome.match(
        new RestoreOutcome.Cases<>(
            restored ->
                RestoreShortfalls.addTo(
                    describe("Restored", restored.backup(), freshness), restored),
            ProviderAnswers::noBackup,
            none -> ProviderAnswers.noSuchBackup(none.number(), none.shown()),
            gone -> ProviderAnswers.backupGone(gone.floorNumber()),
            damaged -> ProviderAnswers.damaged(damaged.objectName()),
            older ->
                ProviderAnswers.olderBackup(
                    older.found().mark().backupNumber(), older.floorNumber()),
            unchecked -> ProviderAnswers.unchecked(unchecked.found(), freshness),
            collision ->
                Answer.refused(
                        "The target does not tell upper from lower case, and the backup holds both "
                            + collision.one()
                            + " and "
                            + collision.other()
                            + ".",
                        "Restore into a folder on a disk that does.")
                    .with("reason", "caseCollision"),
            moved -> notAllMoved(moved.reason()),
            refused -> targetUnusable(refused.reason()),
            RestoreCommand::targetNotEmpty,
            RestoreCommand::nothingChosen,
            () ->
                Answer.of(
                    Outcome.TARGET_FULL,
                    "The target's disk is full; nothing stands there under its final name.",
                    "Make room or choose another target, and run the command again."),
            failed -> ProviderAnswers.unavailable(places.provider(), failed.reason())));
  }

  /** A backup for people and for {@code --json}, with what could not be checked of it. */
  @Decides("RST-7")
  @Implements("RST-13")
  static Answer describe(String what, RestoredBackup backup, Freshness freshness) {
    Answer answer =
        Answer.done(
                what
                    + " backup "
                    + backup.mark().backupNumber()
                    + " of "
                    + backup.createdAt()
                    + ": "
                    + backup.files()
                    + " files, "
                    + ByteText.of(backup.fileBytes())
                    + ".")
            .with("backupNumber", backup.mark().backupNumber())
            .with("createdAt", backup.createdAt().toString())
            .with("files", backup.files())
            .with("directories", backup.directories())
            .with("links", backup.links())
            .with("bytes", backup.fileBytes())
            .with("freshnessChecked", isChecked(freshness));
    Answer told = withUnchecked(answer, freshness);
    long known = freshness.floor().map(BackupMark::backupNumber).orElse(0L);
    return backup.mark().backupNumber() < known
        ? told.withDetail("It is an earlier one: backup " + known + " is known of.")
            .with("newestKnown", known)
        : told;
  }

  /** The same, where nobody says what is the newest with a line on that. */
  static Answer withUnchecked(Answer answer, Freshness freshness) {
    return isChecked(freshness) ? answer : answer.withDetail(unchecked(freshness));
  }

  private static boolean isChecked(Freshness freshness) {
    return freshness.word() == Freshness.Word.HEARD && freshness.floor().isPresent();
  }

  private static String unchecked(Freshness freshness) {
    return freshness.word() == Freshness.Word.NO_VAULT || freshness.word() == Freshness.Word.HEARD
        ? "Without a vault's word Lockstep cannot check whether there is a newer one: look at the"
            + " date."
        : "Warning: the vault did not say whether there is a newer one. Nothing newer is known on"
            + " this device, but another device may have made one: look at the date.";
  }

  private static Answer targetUnusable(String reason) {
    return Answer.refused(
            "The target cannot be used: " + reason + ".",
            "Nothing stands there under its final name. Look at the folder and its disk, or choose"
                + " another target, and run the command again; no further attempt is spent.")
        .with("reason", "targetUnusable")
        .with("cause", reason);
  }

  private static Answer notAllMoved(String reason) {
    return Answer.refused(
            "Everything is restored, and some of it has not its final name yet: " + reason + ".",
            "Look at the target and run the command again; it gives the rest its name, without the"
                + " provider.")
        .with("reason", "notAllMoved")
        .with("cause", reason);
  }

  private static Answer nothingChosen() {
    return Answer.refused(
            "The backup holds nothing that --only names.",
            "Nothing was written. Run lockstep list to see what it holds.")
        .with("reason", "noSuchPath");
  }

  private static Answer targetNotEmpty() {
    return Answer.refused(
            "The target exists and is not empty.",
            "Choose an empty or new folder. Nothing was sent.")
        .with("reason", "targetNotEmpty");
  }
}
