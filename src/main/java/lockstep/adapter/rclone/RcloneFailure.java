package lockstep.adapter.rclone;

import java.util.Locale;
import java.util.stream.Stream;
import lockstep.spec.Implements;

/**
 * What rclone said went wrong. Its backends pass on what their servers say, so it is told apart by
 * words.
 *
 * @param status the HTTP status of the remote control's answer
 * @param text what it says, perhaps nothing
 */
@Implements("PRV-4~2")
record RcloneFailure(int status, String text) {

  private static final int MISSING = 404;
  private static final int LONGEST = 300;

  boolean isMissing() {
    return status == MISSING || says("object not found", "directory not found");
  }

  /** Something has the name, and is no file. */
  boolean isNoFile() {
    return says("not a file", "not a regular file");
  }

  /** The failure in words for the user. */
  String words() {
    if (says("didn't find section in config file")) {
      return "rclone knows no remote of that name: rclone config shows those it knows";
    }
    if (says(
        "no space left",
        "quota",
        "insufficient storage",
        "status 507",
        "storage full",
        "limit exceeded")) {
      return "the provider is full";
    }
    if (says(
        "unauthorized",
        "status 401",
        "token expired",
        "invalid_grant",
        "fetch token",
        "unable to authenticate",
        "access denied",
        "forbidden",
        "permission denied")) {
      return "the provider refuses this access; if a login has expired, rclone config reconnect"
          + " renews it (rclone says: "
          + shortened(text)
          + ")";
    }
    if (says("no such host", "connection refused", "i/o timeout", "network is unreachable")) {
      return "the provider cannot be reached (rclone says: " + shortened(text) + ")";
    }
    return "rclone says: " + shortened(text);
  }

  private boolean says(String... words) {
    String lower = text.toLowerCase(Locale.ROOT);
    return Stream.of(words).anyMatch(lower::contains);
  }

  /** On one line, and not too long. */
  static String shortened(String text) {
    String line = text.strip().replaceAll("\\p{Cntrl}+", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + " ...";
  }
}
