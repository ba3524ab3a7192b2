package lockstep.ideal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lockstep.ideal.Ideal.Backup;
import lockstep.ideal.Ideal.HeldKey;
import lockstep.ideal.Step.Lie;

/** The provider, who keeps a backup under each key, and every state that it was left in. */
final class IdealProvider {

  private final Map<HeldKey, Backup> now = new HashMap<>();
  private final List<Map<HeldKey, Backup>> states = new ArrayList<>(List.of(Map.of()));

  /** What it shows, and whether that is whole. */
  record Shown(Backup backup, boolean whole) {}

  Backup newest(HeldKey key) {
    return now.getOrDefault(key, Backup.NONE);
  }

  void keep(HeldKey key, Backup backup) {
    now.put(key, backup);
  }

  void remove(HeldKey key) {
    now.remove(key);
  }

  void keepState() {
    states.add(Map.copyOf(now));
  }

  Shown show(HeldKey key, Lie lie) {
    int newest = states.size() - 1;
    return switch (lie) {
      case NONE -> new Shown(newest(key), true);
      case ROLLED_BACK -> at(key, Math.max(0, newest - 1));
      case FIRST -> at(key, Math.min(newest, 1));
      case HEAD_DROPPED -> new Shown(Backup.NONE, true);
      default -> new Shown(newest(key), false);
    };
  }

  private Shown at(HeldKey key, int state) {
    return new Shown(states.get(state).getOrDefault(key, Backup.NONE), true);
  }
}
