package lockstep.adapter.storage;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import lockstep.spec.Decides;

/** The names under which earlier, unencrypted backups are known to lie about. */
@Decides({"ENR-7", "PRV-6"})
public final class PlainCopyNames {

  private static final List<Pattern> PLAIN =
      List.of(
          Pattern.compile("msgstore.*\\.db.*"),
          Pattern.compile("chatstorage.*\\.sqlite.*"),
          Pattern.compile("chat-backup.*"),
          Pattern.compile(".*\\.plain-backup"),
          Pattern.compile("mobilesync.*"),
          Pattern.compile("device-backup.*"));

  private static final Pattern SEALED = Pattern.compile("msgstore.*\\.crypt[0-9]+");

  private PlainCopyNames() {}

  /** Whether a file of that name at the top is a plain copy. */
  public static boolean matches(String name) {
    String folded = name.toLowerCase(Locale.ROOT);
    return PLAIN.stream().anyMatch(plain -> plain.matcher(folded).matches())
        && !SEALED.matcher(folded).matches();
  }
}
