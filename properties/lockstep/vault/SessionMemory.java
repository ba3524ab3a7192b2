package lockstep.vault;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.Set;

/** The ids of the sessions that a vault holds in its memory, which it shows to nobody. */
final class SessionMemory {

  private SessionMemory() {}

  /** Those that wait for a KE3. */
  static Set<?> logins(BackupKeyVault vault) throws ReflectiveOperationException {
    return ((Map<?, ?>) field(field(vault, "sessions"), "logins")).keySet();
  }

  /** Those whose KE3 was valid. */
  static Set<?> verified(BackupKeyVault vault) throws ReflectiveOperationException {
    return ((Map<?, ?>) field(field(vault, "sessions"), "verified")).keySet();
  }

  /** All that the vault remembers of sessions. */
  static SessionTable table(BackupKeyVault vault) throws ReflectiveOperationException {
    return (SessionTable) field(vault, "sessions");
  }

  private static Object field(Object of, String name) throws ReflectiveOperationException {
    Field field = of.getClass().getDeclaredField(name);
    field.setAccessible(true);
    return field.get(of);
  }
}
