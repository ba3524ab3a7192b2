package lockstep.cli;

import java.io.IOException;
import lockstep.backup.store.ProviderUnavailable;
import lockstep.backup.store.ShownHead;
import lockstep.device.state.EnabledDevice;
import lockstep.device.state.FreshnessMark;
import lockstep.format.BackupKeys;
import lockstep.spec.Decides;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells an enabled device that the provider's folder is another one now. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields
@Decides("DEV-5")
final class ProviderOption {

  @Option(
      names = "--provider",
      paramLabel = ProviderPlace.PARAMETER,
      converter = ProviderPlace.Converter.class,
      description = "The provider, if it has moved; this device goes on with it.")
  private @Nullable ProviderPlace provider;

  @Mixin private S3Options s3Options;

  /** The places to work with: as noted, or with the folder named, which is noted if it is right. */
  Places places(OpenDevice open, Surroundings surroundings) throws IOException {
    Places noted = open.places();
    if (provider == null) {
      return noted;
    }
    ProviderPlace moved = s3Options.with(provider);
    try (EnabledDevice enabled = open.enabled();
        BackupKeys keys = BackupKeys.derive(enabled.rootKey(), enabled.account().utf8())) {
      if (moved.isMissingFolder()) {
        throw new Ended(ProviderAnswers.unavailable(moved, "there is no such folder"));
      }
      if (enabled.floor().isPresent()
          && !ShownHead.isThere(surroundings.providers().at(moved, surroundings), keys)) {
        throw new Ended(
            ProviderAnswers.backupGone(
                enabled.floor().map(FreshnessMark::backupNumber).orElseThrow()));
      }
      Places places = new Places(moved, noted.vault());
      open.note(enabled.account(), places);
      return places;
    } catch (ProviderUnavailable unavailable) {
      throw new Ended(ProviderAnswers.unavailable(moved, String.valueOf(unavailable.getMessage())));
    }
  }
}
