package lockstep.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lockstep.spec.Implements;
import lockstep.unicode.Normalization;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whose backup it is and where it lies: needed on a new device, known to an enabled one. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class AccountOptions {

  @Option(names = "--account", paramLabel = "NAME", description = "The account's name.")
  private @Nullable String account;

  @Option(
      names = "--provider",
      paramLabel = ProviderPlace.PARAMETER,
      converter = ProviderPlace.Converter.class,
      description =
          "The provider's folder, such as a mounted drive, a bucket of an object store, or what"
              + " rclone reaches: Google Drive, WebDAV, SFTP and others, by a remote of rclone's"
              + " configuration.")
  private @Nullable ProviderPlace provider;

  @Mixin private S3Options s3Options;

  @Mixin private VaultOptions vaultOptions;

  /** The account's name, or a usage error. */
  @Implements("ENC-4")
  AccountName account() {
    if (account == null) {
      throw missing(List.of("--account"));
    }
    return AccountName.parse(Normalization.nfc(account))
        .orElseThrow(
            () ->
                new Ended(
                    Answer.usage(
                        "Not a valid account name. A name is 1 to 255 bytes without control"
                            + " characters.",
                        "Run the command again with another --account.")));
  }

  boolean isAccountGiven() {
    return account != null;
  }

  Optional<ProviderPlace> provider() {
    return Optional.ofNullable(provider).map(s3Options::with);
  }

  boolean isVaultGiven() {
    return vaultOptions.isGiven();
  }

  Optional<VaultPlace> vault() {
    return vaultOptions.place();
  }

  @Implements("CLI-1")
  VaultPlace requiredVault() {
    return vault().orElseThrow(() -> missing(List.of("--vault")));
  }

  /** The public key that the vault has to have, where one is named. */
  Optional<Bytes> vaultIdentity() {
    return vaultOptions.identity();
  }

  /** Where the account's objects and record lie; a usage error names all that is missing. */
  @Implements("CLI-1")
  Places places(boolean withVault) {
    List<String> missing = new ArrayList<>();
    if (account == null) {
      missing.add("--account");
    }
    if (provider == null) {
      missing.add("--provider");
    }
    if (withVault && !isVaultGiven()) {
      missing.add("--vault");
    }
    if (provider == null || !missing.isEmpty()) {
      throw missing(missing);
    }
    return new Places(s3Options.with(provider), withVault ? vault() : Optional.empty());
  }

  static Ended missing(List<String> options) {
    return new Ended(
        Answer.usage(
            "Something is missing: " + String.join(", ", options) + ".",
            "Run the command again with " + String.join(" and ", options) + "."));
  }
}
