package lockstep.unicode;

import java.util.Arrays;
import java.util.stream.IntStream;
import lockstep.spec.Implements;

/** A name as a file system that folds case takes it. */
@Implements("RST-5")
public final class FoldedName {

  private FoldedName() {}

  /**
   * The same text for all names that differ in case or in their normal form only. Code points that
   * the frozen version does not assign stay as they are.
   *
   * <p>Source: The Unicode Standard 16.0.0, 3.13, definition D145, with the full case folding.
   */
  public static String of(String name) {
    int[] apart = Normalization.nfd(name.codePoints().toArray());
    int[] folded = Normalization.nfd(fold(apart));
    return new String(folded, 0, folded.length);
  }

  private static int[] fold(int[] points) {
    UnicodeTable table = UnicodeTable.frozen();
    return Arrays.stream(points).flatMap(point -> IntStream.of(table.folding(point))).toArray();
  }
}
