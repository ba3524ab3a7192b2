package lockstep.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns the spec's Markdown into HTML; every id that the dossier has a page for becomes a link. */
final class Markup {

  private static final Pattern INLINE =
      Pattern.compile(
          "`([^`]+)`|\\*\\*([^*]+)\\*\\*|\\*([^*\\s][^*]*)\\*|\\[([^\\]]+)\\]\\(([^)]+)\\)"
              + "|\\b([A-Z]{2,6}-[1-9][0-9]{0,4})(~[0-9]+)?\\b");
  private static final Pattern ITEM = Pattern.compile("(?:[-*]|[0-9]+\\.) (.*)");

  private final Links links;

  Markup(Links links) {
    this.links = links;
  }

  /** Text for element content or a quoted attribute. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** Paragraphs, lists, tables and fenced blocks. */
  String blocks(String markdown) {
    StringBuilder html = new StringBuilder();
    MarkdownSection section =
        new MarkdownSection(0, "", 0, List.of(markdown.split("\n", -1)), false);
    for (MarkdownSection.Paragraph paragraph : section.paragraphs(0)) {
      html.append(block(paragraph.text()));
    }
    return html.toString();
  }

  private String block(String text) {
    List<String> lines = text.lines().toList();
    String first = lines.get(0).strip();
    if (first.startsWith("```") || first.startsWith("~~~")) {
      String code = String.join("\n", lines.subList(1, Math.max(1, lines.size() - 1)));
      return "<pre tabindex=\"0\"><code>" + escape(code) + "</code></pre>\n";
    }
    if (first.startsWith("|")) {
      return table(lines);
    }
    for (int i = 0; i < lines.size(); i++) {
      if (ITEM.matcher(lines.get(i)).matches()) {
        String before = i == 0 ? "" : paragraph(lines.subList(0, i));
        return before + list(lines.subList(i, lines.size()));
      }
    }
    return paragraph(lines);
  }

  private String paragraph(List<String> lines) {
    return "<p>" + inline(String.join("\n", lines)) + "</p>\n";
  }

  private String list(List<String> lines) {
    List<String> items = new ArrayList<>();
    for (String line : lines) {
      Matcher item = ITEM.matcher(line);
      if (item.matches()) {
        items.add(item.group(1));
      } else {
        items.set(items.size() - 1, items.get(items.size() - 1) + "\n" + line.strip());
      }
    }
    String tag = Character.isDigit(lines.get(0).charAt(0)) ? "ol" : "ul";
    StringBuilder html = new StringBuilder("<" + tag + ">\n");
    items.forEach(i -> html.append("<li>").append(inline(i)).append("</li>\n"));
    return html.append("</").append(tag).append(">\n").toString();
  }

  private String table(List<String> lines) {
    StringBuilder html = new StringBuilder("<div class=\"wide\" tabindex=\"0\"><table>\n");
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.matches("[|\\s:-]+")) {
        continue;
      }
      String tag = i == 0 ? "th" : "td";
      html.append("<tr>");
      for (String cell : line.substring(1).split("\\|", -1)) {
        html.append(
            cell.isEmpty() ? "" : "<" + tag + ">" + inline(cell.strip()) + "</" + tag + ">");
      }
      html.append("</tr>\n");
    }
    return html.append("</table></div>\n").toString();
  }

  /** Code, emphasis, links to the web and links to ids. */
  String inline(String text) {
    StringBuilder html = new StringBuilder();
    Matcher match = INLINE.matcher(text);
    int from = 0;
    while (match.find()) {
      html.append(escape(text.substring(from, match.start()))).append(span(match));
      from = match.end();
    }
    return html.append(escape(text.substring(from))).toString();
  }

  private String span(Matcher match) {
    if (match.group(1) != null) {
      return "<code>" + escape(match.group(1)) + "</code>";
    }
    if (match.group(2) != null) {
      return "<strong>" + inline(match.group(2)) + "</strong>";
    }
    if (match.group(3) != null) {
      return "<em>" + inline(match.group(3)) + "</em>";
    }
    if (match.group(4) != null) {
      String target = match.group(5);
      String label = inline(match.group(4));
      return target.startsWith("https://")
          ? "<a href=\"" + escape(target) + "\">" + label + "</a>"
          : label;
    }
    return links.id(match.group(6), match.group());
  }
}
