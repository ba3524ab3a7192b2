package lockstep.vault;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import lockstep.vault.machine.AttemptPolicy;
import lockstep.wire.AccountName;

/**
 * Replays traces of {@code stage.als} on a {@link BackupKeyVault} over its real store, message by
 * message, with real OPAQUE; each trace is an account of its own. It takes and gives plain JDK
 * types, so that it can be loaded beside faulty classes.
 */
public final class StageReplay implements Function<List<List<Map<String, String>>>, String> {

  private static final AttemptPolicy BUDGET_OF_TWO = new AttemptPolicy(2, 1, 86_400_000L);

  /** The first state in which the Java differs from the model; empty if there is none. */
  @Override
  public String apply(List<List<Map<String, String>>> traces) {
    try (PausingStore store = new PausingStore()) {
      LiveVault vault = new LiveVault(store, BUDGET_OF_TWO);
      int accounts = 0;
      for (List<Map<String, String>> trace : traces) {
        LiveDevice device = new LiveDevice(vault, new AccountName("account" + accounts++));
        String mismatch = new StageRun(store, vault, device).replay(trace);
        if (!mismatch.isEmpty()) {
          return mismatch;
        }
      }
      return "";
    } catch (Exception failure) {
      return "threw " + failure;
    }
  }
}
