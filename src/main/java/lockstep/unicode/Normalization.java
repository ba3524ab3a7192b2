package lockstep.unicode;

import java.util.Arrays;
import lockstep.spec.Implements;

/** Normalization Form C of UAX #15, over the frozen version of Unicode. */
@Implements("TXT-1")
public final class Normalization {

  // Hangul syllables are made by arithmetic (The Unicode Standard, 3.12).
  private static final int SYLLABLES = 0xAC00;
  private static final int LEADING = 0x1100;
  private static final int VOWELS = 0x1161;
  private static final int TRAILING = 0x11A7;
  private static final int LEADING_COUNT = 19;
  private static final int VOWEL_COUNT = 21;
  private static final int TRAILING_COUNT = 28;
  private static final int SYLLABLE_COUNT = LEADING_COUNT * VOWEL_COUNT * TRAILING_COUNT;

  /** The most code points that one is made of, all steps done. */
  private static final int MAXIMUM_EXPANSION = 4;

  private final UnicodeTable table;

  private Normalization(UnicodeTable table) {
    this.table = table;
  }

  /**
   * The NFC of {@code text}. Code points that the frozen version does not assign stay as they are.
   *
   * <p>Source: The Unicode Standard 16.0.0, UAX #15.
   */
  public static String nfc(String text) {
    if (text.chars().allMatch(unit -> unit < 0x80)) {
      return text;
    }
    int[] composed = nfc(text.codePoints().toArray());
    return new String(composed, 0, composed.length);
  }

  /** Whether {@code text} is its own NFC. */
  public static boolean isNfc(String text) {
    return nfc(text).equals(text);
  }

  /** The NFC of {@code points}, which stays the caller's; the arrays in between are wiped. */
  static int[] nfc(int[] points) {
    int[] work = new int[points.length * MAXIMUM_EXPANSION];
    try {
      Normalization form = new Normalization(UnicodeTable.frozen());
      int length = form.decompose(points, work);
      return Arrays.copyOf(work, form.compose(work, length));
    } finally {
      Arrays.fill(work, 0);
    }
  }

  /** The Normalization Form D of {@code points}, of which no secret is made: nothing is wiped. */
  static int[] nfd(int[] points) {
    int[] work = new int[points.length * MAXIMUM_EXPANSION];
    return Arrays.copyOf(work, new Normalization(UnicodeTable.frozen()).decompose(points, work));
  }

  /** Decomposes all of them and orders their marks; returns the length. */
  private int decompose(int[] points, int[] into) {
    int length = 0;
    for (int point : points) {
      length = decompose(point, into, length);
    }
    order(into, length);
    return length;
  }

  private int decompose(int point, int[] into, int length) {
    int syllable = point - SYLLABLES;
    if (syllable >= 0 && syllable < SYLLABLE_COUNT) {
      return decomposeSyllable(syllable, into, length);
    }
    int[] parts = table.decomposition(point);
    if (parts == null) {
      into[length] = point;
      return length + 1;
    }
    int end = length;
    for (int part : parts) {
      end = decompose(part, into, end);
    }
    return end;
  }

  private static int decomposeSyllable(int syllable, int[] into, int length) {
    into[length] = LEADING + syllable / (VOWEL_COUNT * TRAILING_COUNT);
    into[length + 1] = VOWELS + syllable % (VOWEL_COUNT * TRAILING_COUNT) / TRAILING_COUNT;
    int trailing = syllable % TRAILING_COUNT;
    if (trailing == 0) {
      return length + 2;
    }
    into[length + 2] = TRAILING + trailing;
    return length + 3;
  }

  /** Puts each run of marks in the order of their classes; equal ones keep theirs. */
  private void order(int[] points, int length) {
    for (int i = 1; i < length; i++) {
      int point = points[i];
      int rank = table.combiningClass(point);
      int at = i;
      while (rank != 0 && at > 0 && table.combiningClass(points[at - 1]) > rank) {
        points[at] = points[at - 1];
        at--;
      }
      points[at] = point;
    }
  }

  /** Composes in place; returns the new length. */
  private int compose(int[] points, int length) {
    int starter = -1;
    int end = 0;
    int lastClass = 0;
    for (int i = 0; i < length; i++) {
      int point = points[i];
      int rank = table.combiningClass(point);
      boolean reaches = starter == end - 1 || lastClass < rank;
      int together = starter >= 0 && reaches ? pair(points[starter], point) : -1;
      if (together >= 0) {
        points[starter] = together;
        continue;
      }
      points[end] = point;
      if (rank == 0) {
        starter = end;
      }
      lastClass = rank;
      end++;
    }
    return end;
  }

  private int pair(int first, int second) {
    int leading = first - LEADING;
    int vowel = second - VOWELS;
    if (leading >= 0 && leading < LEADING_COUNT && vowel >= 0 && vowel < VOWEL_COUNT) {
      return SYLLABLES + (leading * VOWEL_COUNT + vowel) * TRAILING_COUNT;
    }
    int syllable = first - SYLLABLES;
    int trailing = second - TRAILING;
    if (syllable >= 0
        && syllable < SYLLABLE_COUNT
        && syllable % TRAILING_COUNT == 0
        && trailing > 0
        && trailing < TRAILING_COUNT) {
      return first + trailing;
    }
    return table.composition(first, second);
  }
}
