package lockstep.unicode;

import java.util.Arrays;
import java.util.Optional;
import lockstep.spec.Implements;

/** The OpaqueString profile of RFC 8265 over the frozen version of Unicode. */
@Implements({"PWD-1~2", "PWD-4", "PWD-5"})
public final class OpaqueString {

  private OpaqueString() {}

  /**
   * The code points of {@code typed} as the profile prepares them; empty where it refuses them or
   * there are none. Both arrays are the caller's to wipe.
   *
   * <p>Spaces of every kind become U+0020, the whole is put into NFC, then each code point must be
   * one of the FreeformClass of RFC 8264, or stand where RFC 5892, appendix A, allows it.
   */
  public static Optional<int[]> enforce(char[] typed) {
    int[] mapped = points(typed);
    int[] prepared = null;
    try {
      boolean plain = true;
      for (int point : mapped) {
        plain &= point >= ' ' && point <= '~';
      }
      if (plain) {
        return mapped.length == 0 ? Optional.empty() : Optional.of(mapped.clone());
      }
      UnicodeTable table = UnicodeTable.frozen();
      for (int i = 0; i < mapped.length; i++) {
        mapped[i] = table.has("space", mapped[i]) ? ' ' : mapped[i];
      }
      prepared = Normalization.nfc(mapped);
      if (areAllowed(prepared, table)) {
        return Optional.of(prepared.clone());
      }
      return Optional.empty();
    } finally {
      Arrays.fill(mapped, 0);
      if (prepared != null) {
        Arrays.fill(prepared, 0);
      }
    }
  }

  /** A surrogate without its partner stays one, and is no allowed code point. */
  private static int[] points(char[] typed) {
    int[] points = new int[typed.length];
    int length = 0;
    for (int i = 0; i < typed.length; i++) {
      int point = Character.codePointAt(typed, i);
      i += Character.charCount(point) - 1;
      points[length++] = point;
    }
    int[] exact = Arrays.copyOf(points, length);
    Arrays.fill(points, 0);
    return exact;
  }

  private static boolean areAllowed(int[] points, UnicodeTable table) {
    for (int i = 0; i < points.length; i++) {
      boolean allowed =
          table.has("freeform", points[i])
              || (ContextRules.governs(points[i])
                  && new ContextRules(points, table).isAllowedAt(i));
      if (!allowed) {
        return false;
      }
    }
    return true;
  }
}
