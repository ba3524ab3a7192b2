package lockstep.vault;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import lockstep.vault.machine.AttemptPolicy;
import lockstep.wire.Bytes;

/**
 * Replays traces of {@code sessions.als} on a {@link BackupKeyVault} over its real store: every
 * attempt is a thread that stops before its charge is durable, and before its evaluation. It takes
 * and gives plain JDK types, so that it can be loaded beside faulty classes.
 */
public final class SessionsReplay implements Function<List<List<Map<String, String>>>, String> {

  private static final long SHORT_WAIT = 1_000L;
  private static final long LONG_WAIT = 86_400_000L;

  /** The first state in which the Java differs from the model; empty if there is none. */
  @Override
  public String apply(List<List<Map<String, String>>> traces) {
    try {
      String mismatch = replay(traces.stream().filter(SessionsReplay::waits).toList(), SHORT_WAIT);
      return mismatch.isEmpty()
          ? replay(traces.stream().filter(trace -> !waits(trace)).toList(), LONG_WAIT)
          : mismatch;
    } catch (Exception failure) {
      return "threw " + failure;
    }
  }

  /** Whether sessions outlast a wait. */
  private static boolean waits(List<Map<String, String>> trace) {
    return trace.stream()
        .anyMatch(state -> "NewRound".equals(state.get("did")) && state.containsKey("rows"));
  }

  private static String replay(List<List<Map<String, String>>> traces, long wait)
      throws IOException, SQLException, InterruptedException {
    try (PausingStore store = new PausingStore()) {
      LiveVault vault = new LiveVault(store, new AttemptPolicy(2, 2, wait));
      LiveDevice device = new LiveDevice(vault, LiveVault.ALICE).enrolled();
      Bytes enrolled = store.stored(LiveVault.ALICE);
      long time = vault.time;
      for (List<Map<String, String>> trace : traces) {
        store.restore(LiveVault.ALICE, enrolled);
        vault.time = time;
        vault.restart();
        String mismatch = new SessionsRun(store, vault, device).replay(trace);
        if (!mismatch.isEmpty()) {
          return mismatch;
        }
      }
    }
    return "";
  }
}
