package lockstep.cli;

import lockstep.spec.Implements;

/** A number of bytes in people's units. */
@Implements("CLI-18")
final class ByteText {

  private static final String[] UNITS = {"bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  private static final long STEP = 1024;
  private static final long TENTHS = 10;

  private ByteText() {}

  /** Such as {@code 716 MiB} or {@code 1.5 GiB}, rounded down; exact below 1 KiB. */
  static String of(long bytes) {
    int unit = 0;
    long size = 1;
    while (bytes / size >= STEP) {
      size *= STEP;
      unit++;
    }
    long whole = bytes / size;
    // Ten times less than an exbibyte is more than a signed long holds.
    long tenths = Long.divideUnsigned(bytes % size * TENTHS, size);
    String fraction = unit > 0 && whole < TENTHS ? "." + tenths : "";
    return whole + fraction + " " + (bytes == 1 ? "byte" : UNITS[unit]);
  }
}
