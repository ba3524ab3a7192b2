package lockstep.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import lockstep.adapter.filetree.DirectoryNotes;
import lockstep.backup.notes.DamageNotes;
import lockstep.backup.restore.Verification;
import lockstep.backup.restore.VerificationOutcome;
import lockstep.backup.store.Freshness;
import lockstep.device.state.EnabledDevice;
import lockstep.device.state.FreshnessMark;
import lockstep.format.BackupKeys;
import lockstep.format.CipherWarmUp;
import lockstep.spec.Implements;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Reads and checks the whole backup, writes nothing. */
@Command(name = "verify", description = "Read and check the whole backup; nothing is written.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields
@Implements({"RST-10", "BAK-22"})
final class VerifyCommand implements lockstep.cli.Command {

  @Mixin private SharedOptions shared;
  @Mixin private ProgressOptions progressOptions;
  @Mixin private ProviderOption provider;
  @Mixin private NumberOption numbered;

  @Option(
      names = RestoreCommand.ACCEPT_UNCHECKED,
      description = "Be content though the vault cannot say whether the backup is the newest.")
  private boolean acceptUnchecked;

  @Option(names = RestoreCommand.ACCEPT_OLDER, description = RestoreCommand.WITH_NUMBER_OLDER)
  private boolean acceptOlder;

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
    try (OpenDevice open = OpenDevice.aloneAndEnabled(shared, surroundings)) {
      VaultLine.Heard heard;
      try (EnabledDevice enabled = open.enabled();
          VaultLine vault = VaultLine.of(open, enabled, surroundings)) {
        heard = vault.contact();
      }
      return heard.addTo(verify(open, heard, surroundings));
    }
  }

  @Implements({"RST-10", "RST-12"})
  private Answer verify(OpenDevice open, VaultLine.Heard heard, Surroundings surroundings)
      throws IOException {
    try (EnabledDevice enabled = open.enabled();
        BackupKeys keys = BackupKeys.derive(enabled.rootKey(), enabled.account().utf8());
        ProgressLine progress = progressOptions.begin("Verifying", shared.json(), surroundings)) {
      Places places = provider.places(open, surroundings);
      Freshness freshness =
          RestoreCommand.accepted(
              numbered.asked(heard.freshness(enabled)), acceptOlder, acceptUnchecked);
      VerificationOutcome outcome =
          new Verification(surroundings.storage(places)).run(keys, freshness, progress);
      Answer answer =
          answer(
              outcome,
              intact ->
                  RestoreCommand.describe("Whole and unchanged is", intact.backup(), freshness)
                      .with("objects", intact.objects()),
              places,
              freshness);
      return DiaryLines.noting(answer, () -> note(outcome, keys, open, surroundings));
    }
  }

  /** Keeps on the device what was learnt: objects to be mended, and the newest backup seen. */
  @Implements({"BAK-22", "RST-12"})
  static void note(
      VerificationOutcome outcome, BackupKeys keys, OpenDevice open, Surroundings surroundings)
      throws IOException {
    if (outcome instanceof VerificationOutcome.Damaged damaged) {
      DamageNotes.add(
          new DirectoryNotes(open.notes(), surroundings.files()),
          keys.setName(),
          damaged.objects());
    }
    if (outcome instanceof VerificationOutcome.Intact intact) {
      FreshnessMark mark = FreshnessMark.of(intact.backup().mark());
      open.device().update(device -> device.withSeen(mark));
    }
  }

  /** What is said of a backup that was read, and {@code whole} of one that is whole. */
  static Answer answer(
      VerificationOutcome outcome,
      Function<VerificationOutcome.Intact, Answer> whole,
      Places places,
      Freshness freshness) {
    return outcome.match(
        whole,
        ProviderAnswers::noBackup,
        none -> ProviderAnswers.noSuchBackup(none.number(), none.shown()),
        gone -> ProviderAnswers.backupGone(gone.floorNumber()),
        damaged -> ProviderAnswers.damaged(damaged.objectName()),
        older ->
            ProviderAnswers.olderBackup(older.found().mark().backupNumber(), older.floorNumber()),
        unchecked -> ProviderAnswers.unchecked(unchecked.found(), freshness),
        failed -> ProviderAnswers.unavailable(places.provider(), failed.reason()));
  }
}
