package lockstep.backup.run;

import java.io.IOException;
import lockstep.spec.Implements;

/** A file of the source cannot be read as it was listed. */
@Implements("BAK-7~3")
final class SourceFailure extends IOException {

  private static final long serialVersionUID = 1L;

  private final Omission.Reason reason;

  SourceFailure(Omission.Reason reason) {
    super("a file of the source could not be read as it was listed");
    this.reason = reason;
  }

  Omission.Reason reason() {
    return reason;
  }

  /** Reads exactly {@code length} bytes of the file. */
  static void readFully(SourceFile file, long position, byte[] to, int offset, int length)
      throws SourceFailure {
    int done = 0;
    while (done < length) {
      int given;
      try {
        given = file.read(position + done, to, offset + done, length - done);
      } catch (IOException unreadable) {
        throw new SourceFailure(Omission.Reason.UNREADABLE);
      }
      if (given < 0) {
        throw new SourceFailure(Omission.Reason.GONE_WHILE_READ);
      }
      done += given;
    }
  }

  /** Whether a file that was read to its listed end is longer, whatever its file system says. */
  static boolean goesOn(SourceFile file, long listedEnd) throws IOException {
    return file.read(listedEnd, new byte[1], 0, 1) > 0;
  }
}
