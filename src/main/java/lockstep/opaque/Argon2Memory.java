package lockstep.opaque;

import lockstep.spec.Decides;

/** Whether this process has the memory that Argon2id takes. */
@Decides("ENR-10")
public final class Argon2Memory {

  // The library keeps each KiB as an object of its own.
  private static final long BYTES_PER_KIB = 1_024 + 32;
  private static final int PIECE_BYTES = 1 << 20;

  private Argon2Memory() {}

  /**
   * Whether {@code memoryKib} could be had now. It takes them and lets them go again, unless there
   * is plainly enough or too little: what is free is more than the JVM can tell without collecting.
   */
  public static boolean isThere(int memoryKib) {
    long needed = memoryKib * BYTES_PER_KIB;
    Runtime runtime = Runtime.getRuntime();
    long used = runtime.totalMemory() - runtime.freeMemory();
    if (needed > runtime.maxMemory()) {
      return false;
    }
    return 2 * needed <= runtime.maxMemory() - used || canTake(needed);
  }

  private static boolean canTake(long bytes) {
    try {
      byte[][] pieces = new byte[(int) (bytes / PIECE_BYTES) + 1][];
      for (int i = 0; i < pieces.length; i++) {
        pieces[i] = new byte[PIECE_BYTES];
      }
      return true;
    } catch (OutOfMemoryError tooLittle) {
      return false;
    }
  }
}
