package lockstep.cli;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import lockstep.backup.restore.FileSample;
import lockstep.backup.restore.Verification;
import lockstep.backup.restore.VerificationOutcome;
import lockstep.backup.store.Freshness;
import lockstep.device.state.Diary;
import lockstep.device.state.EnabledDevice;
import lockstep.format.BackupKeys;
import lockstep.format.CipherWarmUp;
import lockstep.format.ManifestEntry;
import lockstep.spec.Implements;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tries whether files come back: a few, drawn at random, into nowhere. */
@Command(
    name = "drill",
    description = "Bring back a few files, drawn at random, into nowhere: does the backup work?")
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class DrillCommand implements lockstep.cli.Command {

  private static final int MOST_FILES = 1_000_000;

  @Mixin private SharedOptions shared;
  @Mixin private ProgressOptions progressOptions;
  @Mixin private ProviderOption provider;

  @Option(
      names = "--files",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many files are tried (default: ${DEFAULT-VALUE}).")
  private int files;

  @Option(
      names = RestoreCommand.ACCEPT_UNCHECKED,
      description = "Be content though the vault cannot say whether the backup is the newest.")
  private boolean acceptUnchecked;

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
    if (files < 1 || files > MOST_FILES) {
      return Answer.usage(
          "The value of --files cannot be used.", "It is a number from 1 to 1000000.");
    }
    try (OpenDevice open = OpenDevice.aloneAndEnabled(shared, surroundings)) {
      VaultLine.Heard heard;
      try (EnabledDevice enabled = open.enabled();
          VaultLine vault = VaultLine.of(open, enabled, surroundings)) {
        heard = vault.contact();
      }
      return heard.addTo(drill(open, heard, surroundings));
    }
  }

  @Implements("RST-32")
  private Answer drill(OpenDevice open, VaultLine.Heard heard, Surroundings surroundings)
      throws IOException {
    try (EnabledDevice enabled = open.enabled();
        BackupKeys keys = BackupKeys.derive(enabled.rootKey(), enabled.account().utf8());
        ProgressLine progress = progressOptions.begin("Drilling", shared.json(), surroundings)) {
      Places places = provider.places(open, surroundings);
      Freshness known = heard.freshness(enabled);
      Freshness freshness = acceptUnchecked ? known.acceptingUnchecked() : known;
      FileSample sample = new FileSample(files, new SecureRandom());
      VerificationOutcome outcome =
          new Verification(surroundings.storage(places)).drill(keys, freshness, sample, progress);
      Answer answer =
          VerifyCommand.answer(
              outcome, intact -> done(intact, sample, freshness), places, freshness);
      return DiaryLines.noting(
          answer,
          () -> {
            VerifyCommand.note(outcome, keys, open, surroundings);
            note(outcome, sample, open, enabled, surroundings);
          });
    }
  }

  /** Only what said something of the files is a drill. */
  @Implements("USR-11")
  private static void note(
      VerificationOutcome outcome,
      FileSample sample,
      OpenDevice open,
      EnabledDevice enabled,
      Surroundings surroundings)
      throws IOException {
    boolean isWhole = outcome instanceof VerificationOutcome.Intact;
    if (!isWhole && !(outcome instanceof VerificationOutcome.Damaged)) {
      return;
    }
    long number =
        outcome instanceof VerificationOutcome.Intact intact
            ? intact.backup().mark().backupNumber()
            : enabled.floor().map(newest -> newest.backupNumber()).orElse(0L);
    Diary.Drill made =
        new Diary.Drill(number, surroundings.clock().instant(), sample.files().size(), isWhole);
    Diary.recall(open.device()).with(made).remember(open.device(), enabled.account());
  }

  private static Answer done(
      VerificationOutcome.Intact intact, FileSample sample, Freshness freshness) {
    List<ManifestEntry.FileEntry> tried = sample.files();
    long bytes = tried.stream().mapToLong(ManifestEntry.FileEntry::sizeBytes).sum();
    return RestoreCommand.describe("Drilled was", intact.backup(), freshness)
        .withDetail(
            (tried.size() == 1 ? "1 file" : tried.size() + " files")
                + ", drawn at random, came back whole: "
                + ByteText.of(bytes)
                + ". Nothing was written.")
        .withDetail(
            "lockstep rehearse tries the password, lockstep verify reads the backup to the end.")
        .with("triedFiles", tried.size())
        .with("triedBytes", bytes)
        .with("tried", tried.stream().map(file -> file.path().toString()).toList());
  }
}
