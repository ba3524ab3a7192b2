package lockstep.trace;

import java.util.ArrayList;
import java.util.List;

/**
 * A heading and the lines up to the next one. A heading inside a fenced block is none.
 *
 * @param level number of {@code #}; 0 for what stands before the first heading
 * @param heading the heading's text without the {@code #}
 * @param line of the heading, counted from 1
 * @param body the lines after the heading
 * @param fenceOpen whether a fenced block is still open at the end
 */
record MarkdownSection(int level, String heading, int line, List<String> body, boolean fenceOpen) {

  MarkdownSection {
    body = List.copyOf(body);
  }

  /** A run of lines without a blank one outside a fence; {@code line} counts from 1. */
  record Paragraph(int line, String text) {}

  /** The line number of a line of the body. */
  int lineOf(int bodyIndex) {
    return line + 1 + bodyIndex;
  }

  static List<MarkdownSection> split(List<String> lines) {
    List<MarkdownSection> sections = new ArrayList<>();
    List<String> body = new ArrayList<>();
    String heading = "";
    int headingLine = 0;
    boolean fenced = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      fenced ^= isFence(line);
      if (fenced || levelOf(line) == 0) {
        body.add(line);
        continue;
      }
      sections.add(section(heading, headingLine, body, false));
      body.clear();
      heading = line;
      headingLine = i + 1;
    }
    sections.add(section(heading, headingLine, body, fenced));
    return sections;
  }

  /** The paragraphs of the body from the given index on. */
  List<Paragraph> paragraphs(int from) {
    List<Paragraph> paragraphs = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    int start = from;
    boolean fenced = false;
    for (int i = from; i < body.size(); i++) {
      String line = body.get(i);
      fenced ^= isFence(line);
      if (line.isBlank() && !fenced) {
        addParagraph(paragraphs, start, text);
        continue;
      }
      if (text.isEmpty()) {
        start = i;
      }
      text.append(line).append('\n');
    }
    addParagraph(paragraphs, start, text);
    return paragraphs;
  }

  private void addParagraph(List<Paragraph> paragraphs, int start, StringBuilder text) {
    if (!text.isEmpty()) {
      paragraphs.add(new Paragraph(lineOf(start), text.toString().stripTrailing()));
      text.setLength(0);
    }
  }

  private static MarkdownSection section(
      String heading, int line, List<String> body, boolean fenceOpen) {
    int level = levelOf(heading);
    return new MarkdownSection(
        level, level == 0 ? "" : heading.substring(level).strip(), line, body, fenceOpen);
  }

  private static boolean isFence(String line) {
    String text = line.strip();
    return text.startsWith("```") || text.startsWith("~~~");
  }

  private static int levelOf(String line) {
    int level = 0;
    while (level < line.length() && line.charAt(level) == '#') {
      level++;
    }
    boolean heading = level > 0 && level <= 6 && line.length() > level;
    return heading && Character.isWhitespace(line.charAt(level)) ? level : 0;
  }
}
