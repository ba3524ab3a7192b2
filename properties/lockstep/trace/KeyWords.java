package lockstep.trace;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Finds the key words of BCP 14 in capitals. */
final class KeyWords {

  private static final Pattern USED =
      Pattern.compile("\\b(MUST\\s+NOT|MUST|SHOULD\\s+NOT|SHOULD|MAY)\\b");

  /** Key words of BCP 14 that this spec does without, so that one search finds every duty. */
  private static final Pattern UNUSED =
      Pattern.compile("\\b(SHALL|REQUIRED|RECOMMENDED|OPTIONAL)\\b");

  private KeyWords() {}

  /** The key words in the text, in order; {@code MUST NOT} is one, even across a line break. */
  static List<String> in(String text) {
    return USED.matcher(text).results().map(MatchResult::group).toList();
  }

  /** The key words in the text that no clause uses. */
  static List<String> unusedIn(String text) {
    return UNUSED.matcher(text).results().map(MatchResult::group).toList();
  }

  static boolean any(String text) {
    return !in(text).isEmpty() || !unusedIn(text).isEmpty();
  }
}
