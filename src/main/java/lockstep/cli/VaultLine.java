package lockstep.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lockstep.backup.run.MarkSetter;
import lockstep.backup.store.Freshness;
import lockstep.device.contact.ContactOutcome;
import lockstep.device.contact.MarkKeeper;
import lockstep.device.contact.VaultContact;
import lockstep.device.state.EnabledDevice;
import lockstep.device.state.FreshnessMark;
import lockstep.device.vault.Acceptance;
import lockstep.device.vault.VaultFailure;
import lockstep.spec.Implements;
import lockstep.wire.AccountName;
import org.jspecify.annotations.Nullable;

/**
 * An enabled device's line to its vault, for commands that go on without it: it may be down, or, in
 * key mode, not exist.
 */
final class VaultLine implements AutoCloseable {

  private final OpenDevice open;
  private final boolean hasVault;
  private final @Nullable OpenVault vault;

  private VaultLine(OpenDevice open, boolean hasVault, @Nullable OpenVault vault) {
    this.open = open;
    this.hasVault = hasVault;
    this.vault = vault;
  }

  static VaultLine of(OpenDevice open, EnabledDevice enabled, Surroundings surroundings)
      throws IOException {
    if (enabled.vault().isEmpty()) {
      return new VaultLine(open, false, null);
    }
    try {
      return new VaultLine(open, true, OpenVault.open(open, surroundings));
    } catch (Ended unavailable) {
      return new VaultLine(open, true, null);
    }
  }

  /**
   * What the vault said.
   *
   * @param report empty where it said nothing
   * @param word what that says of backups
   * @param lines warnings; what others did stands on the {@link NoticeBoard}
   */
  record Heard(Optional<ContactOutcome.Report> report, Freshness.Word word, List<String> lines) {

    /** Whether the vault has no record of this device's root key any more. */
    boolean isRecordReplaced() {
      return report.filter(ContactOutcome.Report::isReplaced).isPresent();
    }

    /** What is known of the newest backup, with what the device knew before and now. */
    @Implements({"RST-12", "RST-13"})
    Freshness freshness(EnabledDevice device) {
      boolean isOurs = word == Freshness.Word.HEARD;
      return Freshness.of(
          device.floor().map(FreshnessMark::backup),
          report
              .filter(heard -> isOurs)
              .flatMap(ContactOutcome.Report::mark)
              .map(FreshnessMark::backup),
          word);
    }

    Answer addTo(Answer answer) {
      if (lines.isEmpty()) {
        return answer;
      }
      List<Object> all = new ArrayList<>();
      if (answer.fields().get("notices") instanceof List<?> earlier) {
        all.addAll(earlier);
      }
      all.addAll(lines);
      return answer.withDetails(lines).with("notices", all);
    }
  }

  /** Asks how things stand; sets a mark that is still to be set. */
  @Implements({"USR-5~2", "BAK-9~2"})
  Heard contact() throws IOException {
    return contact(Set.of());
  }

  /** The same where the user accepts something by name. */
  Heard contact(Set<Acceptance> accepted) throws IOException {
    if (!hasVault) {
      return new Heard(Optional.empty(), Freshness.Word.NO_VAULT, List.of());
    }
    if (vault == null) {
      return silent("Warning: the vault cannot be used now.");
    }
    return new VaultContact(open.device(), vault.connection())
        .accepting(accepted)
        .contact()
        .match(
            VaultLine::heard,
            () -> new Heard(Optional.empty(), Freshness.Word.NO_VAULT, List.of()),
            () -> new Heard(Optional.empty(), Freshness.Word.NO_VAULT, List.of()),
            failure -> failed(failure, vault));
  }

  private static Heard heard(ContactOutcome.Report report) {
    return new Heard(
        Optional.of(report),
        report.isReplaced() ? Freshness.Word.SILENT : Freshness.Word.HEARD,
        List.of());
  }

  @Implements({"ENR-1", "RST-13"})
  private static Heard failed(VaultFailure failure, OpenVault vault) {
    Freshness.Word word =
        failure.match(
            () -> Freshness.Word.SILENT,
            notTrusted -> Freshness.Word.DISTRUSTED,
            rolledBack -> Freshness.Word.DISTRUSTED,
            () -> Freshness.Word.SILENT,
            () -> Freshness.Word.SILENT,
            spent -> Freshness.Word.SILENT,
            policy -> Freshness.Word.SILENT,
            memory -> Freshness.Word.SILENT,
            () -> Freshness.Word.SILENT);
    return new Heard(
        Optional.empty(),
        word,
        List.of("Warning: " + VaultAnswers.failure(failure, vault).sentence()));
  }

  private static Heard silent(String warning) {
    return new Heard(Optional.empty(), Freshness.Word.SILENT, List.of(warning));
  }

  /** Goes on with a vault that was found rolled back, because the user said so. */
  @Implements("RCP-3")
  void acceptRolledBack(AccountName account) throws IOException {
    if (vault != null) {
      new VaultContact(open.device(), vault.connection()).acceptRolledBack(account);
    }
  }

  /** Records a new backup on the device, then has the vault mark it. */
  MarkSetter marker() {
    return new MarkKeeper(open.device(), Optional.ofNullable(vault).map(OpenVault::connection));
  }

  @Override
  public void close() throws IOException {
    if (vault != null) {
      vault.close();
    }
  }
}
