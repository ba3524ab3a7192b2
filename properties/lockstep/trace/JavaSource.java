package lockstep.trace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One Java source, highlighted.
 *
 * @param topLevelName binary name of its class
 * @param file path relative to the project
 * @param lines as written
 * @param html the same lines as HTML
 */
record JavaSource(String topLevelName, String file, List<String> lines, List<String> html) {

  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<comment>//[^\\n"
              + "]*|/\\*[\\s\\S]*?\\*/)|(?<string>\"\"\"[\\s\\S]*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n"
              + "])*\"|'(?:\\\\.|[^'\\\\])+')|(?<annotation>@(?!interface\\b)[A-Za-z_.]+)"
              + "|\\b(?<keyword>abstract|assert|boolean|break|byte|case|catch|char|class|continue"
              + "|default|do|double|else|enum|extends|final|finally|float|for|if|implements|import"
              + "|instanceof|int|interface|long|native|new|null|package|permits|private|protected"
              + "|public|record|return|sealed|short|static|strictfp|super|switch|synchronized|this"
              + "|throw|throws|transient|true|try|false|var|void|volatile|while|yield)\\b");

  /** How many lines of a class an excerpt shows at most. */
  private static final int EXCERPT_LINES = 60;

  static JavaSource read(Path project, String folder, String topLevelName) throws IOException {
    String file = folder + "/" + topLevelName.replace('.', '/') + ".java";
    String text = Files.readString(project.resolve(file));
    return new JavaSource(
        topLevelName, file, text.lines().toList(), highlight(text).lines().toList());
  }

  private static String highlight(String text) {
    StringBuilder html = new StringBuilder();
    Matcher token = TOKEN.matcher(text);
    int from = 0;
    while (token.find()) {
      html.append(Markup.escape(text.substring(from, token.start())));
      String kind =
          token.group("comment") != null
              ? "c"
              : token.group("string") != null ? "s" : token.group("keyword") != null ? "k" : "a";
      String open = "<span class=\"" + kind + "\">";
      html.append(open)
          .append(Markup.escape(token.group()).replace("\n", "</span>\n" + open))
          .append("</span>");
      from = token.end();
    }
    return html.append(Markup.escape(text.substring(from))).toString();
  }

  /** The whole source, with an anchor a line. */
  String wholeHtml() {
    StringBuilder out = new StringBuilder("<pre class=\"source\" tabindex=\"0\">");
    for (int i = 0; i < html.size(); i++) {
      out.append("<span id=\"L").append(i + 1).append("\" data-n=\"").append(i + 1).append("\">");
      out.append(html.get(i)).append("</span>\n");
    }
    return out.append("</pre>\n").toString();
  }

  /** The member or the class whose annotation stands at the line, with its Javadoc. */
  String excerptHtml(int annotationLine) {
    int start = annotationLine - 1;
    while (start > 0 && isAbove(lines.get(start - 1).strip())) {
      start--;
    }
    int end = Math.min(end(annotationLine - 1), start + EXCERPT_LINES);
    StringBuilder out = new StringBuilder("<pre class=\"source\" tabindex=\"0\">");
    for (int i = start; i < Math.min(end, html.size()); i++) {
      out.append("<span data-n=\"").append(i + 1).append("\">");
      out.append(html.get(i)).append("</span>\n");
    }
    return out.append("</pre>\n").toString();
  }

  private static boolean isAbove(String line) {
    return line.startsWith("*") || line.startsWith("/*") || line.startsWith("@");
  }

  /** The index after the last line of the declaration that starts at the given index. */
  private int end(int start) {
    int braces = 0;
    int round = 0;
    boolean opened = false;
    List<String> code = new ArrayList<>(lines.subList(start, lines.size()));
    for (int i = 0; i < code.size(); i++) {
      String line = code.get(i).replaceAll("\"(?:\\\\.|[^\"\\\\])*\"|'(?:\\\\.|[^'\\\\])+'", "");
      line = line.strip().startsWith("*") ? "" : line.replaceAll("//.*", "");
      for (int at = 0; at < line.length(); at++) {
        char c = line.charAt(at);
        round += c == '(' ? 1 : c == ')' ? -1 : 0;
        if (round == 0 || opened) {
          braces += c == '{' ? 1 : c == '}' ? -1 : 0;
          opened |= c == '{';
        }
        if ((opened && braces == 0) || (!opened && round == 0 && c == ';')) {
          return start + i + 1;
        }
      }
    }
    return lines.size();
  }
}
