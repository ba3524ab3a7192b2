package lockstep.adapter.durable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import lockstep.spec.Implements;

/** A short file in a place that others may write to: a token, a vault's settings or identity. */
@Implements("DOR-4~2")
public final class SmallFile {

  private SmallFile() {}

  /**
   * What it holds, of a longer one the first {@code most} bytes and one more.
   *
   * @throws IOException if it cannot be read, or is a pipe, a device or a folder: to open one of
   *     those may take for ever, or give more than any memory holds
   */
  public static byte[] read(Path file, int most) throws IOException {
    if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
      throw new IOException("not a regular file");
    }
    try (InputStream content = Files.newInputStream(file)) {
      return content.readNBytes(most + 1);
    }
  }
}
