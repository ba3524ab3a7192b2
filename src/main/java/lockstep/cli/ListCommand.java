package lockstep.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lockstep.backup.restore.Verification;
import lockstep.backup.restore.VerificationOutcome;
import lockstep.backup.store.FoundHead;
import lockstep.backup.store.Freshness;
import lockstep.backup.store.ProviderUnavailable;
import lockstep.device.state.EnabledDevice;
import lockstep.format.BackupKeys;
import lockstep.format.BackupPath;
import lockstep.format.ManifestEntry;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what the newest backup holds; no object of data is read. */
@Command(name = "list", description = "Show what the backup holds; only its manifest is read.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields
@Implements("RST-30")
final class ListCommand implements lockstep.cli.Command {

  @Mixin private SharedOptions shared;
  @Mixin private ProviderOption provider;
  @Mixin private NumberOption numbered;

  @Parameters(
      paramLabel = "PATH",
      arity = "0..1",
      description = "Show this file or folder of the backup, and what lies below it.")
  private @Nullable String path;

  @Option(
      names = RestoreCommand.ACCEPT_UNCHECKED,
      description = "Be content though the vault cannot say whether the backup is the newest.")
  private boolean acceptUnchecked;

  @Option(names = RestoreCommand.ACCEPT_OLDER, description = RestoreCommand.WITH_NUMBER_OLDER)
  private boolean acceptOlder;

  @Option(
      names = "--backups",
      description = "Show which backups are kept, by number and date; only their heads are read.")
  private boolean backups;

  @Override
  public SharedOptions shared() {
    return shared;
  }

  @Override
  public Answer run(Surroundings surroundings) throws IOException {
    numbered.require();
    Optional<BackupPath> top = top();
    try (OpenDevice open = OpenDevice.aloneAndEnabled(shared, surroundings)) {
      VaultLine.Heard heard;
      try (EnabledDevice enabled = open.enabled();
          VaultLine vault = VaultLine.of(open, enabled, surroundings)) {
        heard = vault.contact();
      }
      return heard.addTo(
          backups ? kept(open, heard, surroundings) : list(open, heard, top, surroundings));
    }
  }

  private Optional<BackupPath> top() {
    if (path == null) {
      return Optional.empty();
    }
    String plain = path.replaceAll("^(\\./|/)+|/+$", "");
    return Optional.of(
        BackupPath.parse(plain.getBytes(StandardCharsets.UTF_8))
            .orElseThrow(() -> new Ended(notThere())));
  }

  private Answer list(
      OpenDevice open, VaultLine.Heard heard, Optional<BackupPath> top, Surroundings surroundings)
      throws IOException {
    try (EnabledDevice enabled = open.enabled();
        BackupKeys keys = BackupKeys.derive(enabled.rootKey(), enabled.account().utf8())) {
      Places places = provider.places(open, surroundings);
      Freshness freshness =
          RestoreCommand.accepted(
              numbered.asked(heard.freshness(enabled)), acceptOlder, acceptUnchecked);
      Listed listed = new Listed();
      VerificationOutcome outcome =
          new Verification(surroundings.storage(places))
              .list(keys, freshness, entry -> listed.take(entry, top, shared.json()));
      return answer(outcome, listed, top.isPresent(), places, freshness);
    }
  }

  /** What the heads say, whether or not what they refer to is whole. */
  @Implements("RST-42")
  private Answer kept(OpenDevice open, VaultLine.Heard heard, Surroundings surroundings)
      throws IOException {
    try (EnabledDevice enabled = open.enabled();
        BackupKeys keys = BackupKeys.derive(enabled.rootKey(), enabled.account().utf8())) {
      Places places = provider.places(open, surroundings);
      Freshness freshness = heard.freshness(enabled);
      try {
        return KeptLines.of(FoundHead.all(surroundings.storage(places), keys), freshness);
      } catch (ProviderUnavailable unavailable) {
        return ProviderAnswers.unavailable(
            places.provider(), String.valueOf(unavailable.getMessage()));
      }
    }
  }

  /** The lines or, for {@code --json}, the objects. */
  private static final class Listed {
    private final List<String> lines = new ArrayList<>();
    private final List<Map<String, Object>> objects = new ArrayList<>();

    void take(ManifestEntry entry, Optional<BackupPath> top, boolean json) {
      if (top.isPresent() && !entry.path().equals(top.get()) && !entry.path().isBelow(top.get())) {
        return;
      }
      if (json) {
        objects.add(object(entry));
      } else {
        lines.add(line(entry));
      }
    }

    boolean isEmpty() {
      return lines.isEmpty() && objects.isEmpty();
    }

    private static String line(ManifestEntry entry) {
      String size = entry.match(folder -> "", file -> ByteText.of(file.sizeBytes()), link -> "");
      String name =
          entry.match(
              folder -> folder.path() + "/",
              file -> file.path().toString(),
              link -> link.path() + " -> " + text(link.target().bytes()));
      return String.format(
          "%10s  %s  %s", size, entry.modifiedAt().toString().substring(0, 10), name);
    }

    private static Map<String, Object> object(ManifestEntry entry) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("path", entry.path().toString());
      object.put("type", entry.match(folder -> "folder", file -> "file", link -> "link"));
      object.put("modifiedAt", entry.modifiedAt().toString());
      if (entry instanceof ManifestEntry.FileEntry file) {
        object.put("bytes", file.sizeBytes());
      }
      if (entry instanceof ManifestEntry.LinkEntry link) {
        object.put("target", text(link.target().bytes()));
      }
      return object;
    }

    private static String text(byte[] bytes) {
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  private static Answer answer(
      VerificationOutcome outcome,
      Listed listed,
      boolean narrowed,
      Places places,
      Freshness freshness) {
    return VerifyCommand.answer(
        outcome,
        intact ->
            narrowed && listed.isEmpty()
                ? notThere()
                : RestoreCommand.describe("This is", intact.backup(), freshness)
                    .withDetails(listed.lines)
                    .with("entries", listed.objects),
        places,
        freshness);
  }

  private static Answer notThere() {
    return Answer.refused(
            "The backup holds nothing under that path.",
            "Run lockstep list without a path to see what it holds.")
        .with("reason", "noSuchPath");
  }
}
