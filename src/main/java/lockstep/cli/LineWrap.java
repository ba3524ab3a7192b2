package lockstep.cli;

import java.util.ArrayList;
import java.util.List;
import lockstep.spec.Decides;

/** Text in lines that a terminal shows without breaking words. */
@Decides("CLI-18")
final class LineWrap {

  private LineWrap() {}

  /**
   * The text, broken at single spaces so that no line is longer than {@code columns} but for a word
   * that is. What begins with a space or holds two in a row is a table's line or a name on its own
   * and stays whole, as does everything where {@code columns} is 0.
   */
  static List<String> wrap(String text, int columns) {
    int length = text.codePointCount(0, text.length());
    if (columns <= 0 || length <= columns || text.startsWith(" ") || text.contains("  ")) {
      return List.of(text);
    }
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    int used = 0;
    for (String word : text.split(" ", -1)) {
      int width = word.codePointCount(0, word.length());
      if (used > 0 && used + 1 + width > columns) {
        lines.add(line.toString());
        line.setLength(0);
        used = 0;
      }
      line.append(used > 0 ? " " : "").append(word);
      used += (used > 0 ? 1 : 0) + width;
    }
    lines.add(line.toString());
    return lines;
  }
}
