package lockstep.backup;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import lockstep.backup.restore.Restore;
import lockstep.backup.run.BackupRun;

/**
 * Replays traces of {@code backup.als} on {@link BackupRun} and {@link Restore} over a provider's
 * directory. It takes and gives plain JDK types, so that it can be loaded beside faulty classes.
 */
public final class BackupReplay implements Function<List<List<Map<String, String>>>, String> {

  /** The first state in which the Java differs from the model; empty if there is none. */
  @Override
  public String apply(List<List<Map<String, String>>> traces) {
    for (List<Map<String, String>> trace : traces) {
      try (World world = new World()) {
        world.acceptsChanges = true;
        String mismatch = new BackupTrace(world, trace).replay();
        if (!mismatch.isEmpty()) {
          return mismatch;
        }
      }
    }
    return "";
  }
}
