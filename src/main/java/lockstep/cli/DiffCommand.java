package lockstep.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import lockstep.backup.restore.DifferenceTaker;
import lockstep.backup.restore.Verification;
import lockstep.backup.restore.VerificationOutcome;
import lockstep.backup.store.Freshness;
import lockstep.device.state.EnabledDevice;
import lockstep.format.BackupKeys;
import lockstep.format.BackupPath;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what differs between two kept backups; no object of data is read. */
@Command(
    name = "diff",
    description = "Show what differs between two kept backups; only their manifests are read.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields
@Implements("RST-43")
final class DiffCommand implements lockstep.cli.Command {

  @Mixin private SharedOptions shared;
  @Mixin private ProviderOption provider;

  @Parameters(
      index = "0",
      paramLabel = "NUMBER",
      description = "The earlier backup; lockstep list --backups shows which there are.")
  private long before;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "NUMBER",
      description = "The later backup; without it the newest.")
  private @Nullable Long after;

  @Option(
      names = RestoreCommand.ACCEPT_UNCHECKED,
      description = "Be content though the vault cannot say which backup is the newest.")
  private boolean acceptUnchecked;

  @Option(names = RestoreCommand.ACCEPT_OLDER, description = RestoreCommand.WITH_NUMBER_OLDER)
  private boolean acceptOlder;

  @Override
  public SharedOptions shared() {
    return shared;
  }

  @Override
  public Answer run(Surroundings surroundings) throws IOException {
    if (before < 1 || (after != null && after < 1)) {
      return Answer.usage("There is no backup of that number.", "Backups are numbered from 1.");
    }
    try (OpenDevice open = OpenDevice.aloneAndEnabled(shared, surroundings)) {
      VaultLine.Heard heard;
      try (EnabledDevice enabled = open.enabled();
          VaultLine vault = VaultLine.of(open, enabled, surroundings)) {
        heard = vault.contact();
      }
      return heard.addTo(compare(open, heard, surroundings));
    }
  }

  private Answer compare(OpenDevice open, VaultLine.Heard heard, Surroundings surroundings)
      throws IOException {
    try (EnabledDevice enabled = open.enabled();
        BackupKeys keys = BackupKeys.derive(enabled.rootKey(), enabled.account().utf8())) {
      Places places = provider.places(open, surroundings);
      Freshness newest =
          RestoreCommand.accepted(heard.freshness(enabled), acceptOlder, acceptUnchecked);
      Freshness later = after == null ? newest : newest.askingFor(after);
      Differences found = new Differences(shared.json());
      VerificationOutcome outcome =
          new Verification(surroundings.storage(places))
              .compare(keys, newest.askingFor(before), later, found);
      return VerifyCommand.answer(
          outcome,
          intact -> found.answer(before, intact.backup().mark().backupNumber(), later),
          places,
          later);
    }
  }

  /** The lines or, for {@code --json}, the objects. */
  private static final class Differences implements DifferenceTaker {
    private final boolean json;
    private final List<String> lines = new ArrayList<>();
    private final List<Map<String, Object>> objects = new ArrayList<>();
    private long added;
    private long removed;
    private long changed;

    Differences(boolean json) {
      this.json = json;
    }

    @Override
    public void added(BackupPath path) {
      added++;
      note("+", path, Optional.empty());
    }

    @Override
    public void removed(BackupPath path) {
      removed++;
      note("-", path, Optional.empty());
    }

    @Override
    public void changed(BackupPath path, List<Aspect> aspects) {
      changed++;
      note("~", path, Optional.of(aspects));
    }

    private void note(String sign, BackupPath path, Optional<List<Aspect>> aspects) {
      List<String> words =
          aspects.orElse(List.of()).stream()
              .map(aspect -> aspect.name().toLowerCase(Locale.ROOT).replace('_', ' '))
              .toList();
      if (json) {
        objects.add(Map.of("sign", sign, "path", path.toString(), "differs", words));
      } else {
        String what =
            words.isEmpty() ? "" : words.stream().collect(Collectors.joining(", ", "  (", ")"));
        lines.add("  " + sign + " " + path + what);
      }
    }

    Answer answer(long one, long other, Freshness freshness) {
      Answer answer =
          Answer.done(
                  "From backup "
                      + one
                      + " to backup "
                      + other
                      + ": "
                      + added
                      + " added, "
                      + removed
                      + " removed, "
                      + changed
                      + " changed.")
              .withDetails(lines)
              .with("from", one)
              .with("to", other)
              .with("added", added)
              .with("removed", removed)
              .with("changed", changed)
              .with("differences", objects);
      return RestoreCommand.withUnchecked(answer, freshness);
    }
  }
}
