package lockstep.cli;

/** A number of bytes in people's units. */
final class ByteText {

  private static final String[] UNITS = {"bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  private static final long STEP = 1024;
  private static final long TENTHS_BELOW = 10;

  private ByteText() {}

  /** Such as {@code 716 MiB} or {@code 1.5 GiB}, rounded down; exact below 1 KiB. */
  static String of(long bytes) {
    int unit = 0;
    long tenths = 0;
    long whole = bytes;
    while (whole >= STEP) {
      tenths = whole % STEP * TENTHS_BELOW / STEP;
      whole /= STEP;
      unit++;
    }
    String fraction = unit > 0 && whole < TENTHS_BELOW ? "." + tenths : "";
    return whole + fraction + " " + (bytes == 1 ? "byte" : UNITS[unit]);
  }
}
