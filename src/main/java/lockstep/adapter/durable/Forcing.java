package lockstep.adapter.durable;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Locale;
import lockstep.spec.Decides;

/** Forces a file or folder to the disk where its file system has such a thing (ASM-14). */
@Decides("PRV-10")
public final class Forcing {

  /** EINVAL, ENOTSUP, ENOSYS and ENOTTY, in the words of the C library. */
  private static final List<String> NOT_THERE =
      List.of(
          "invalid argument",
          "not supported",
          "not implemented",
          "unsupported",
          "inappropriate ioctl");

  private Forcing() {}

  /**
   * Forces it.
   *
   * @return false where the file system does not have that; what was written may then be lost when
   *     the power fails
   * @throws IOException when the file system has it and it failed
   */
  public static boolean force(FileChannel channel) throws IOException {
    try {
      channel.force(true);
      return true;
    } catch (IOException failed) {
      String words = String.valueOf(failed.getMessage()).toLowerCase(Locale.ROOT);
      if (NOT_THERE.stream().noneMatch(words::contains)) {
        throw failed;
      }
      return false;
    }
  }
}
