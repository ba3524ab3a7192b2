package lockstep.trace;

import java.util.Set;

/**
 * Where things stand in the dossier, seen from one page.
 *
 * @param root the way from that page to the dossier's folder: empty or {@code ../}
 * @param clauses ids that have a page
 * @param assumptions ids that have a row
 * @param threats ids that have a page
 * @param classes top-level classes, of code and of tests, that have a page
 */
record Links(
    String root,
    Set<String> clauses,
    Set<String> assumptions,
    Set<String> threats,
    Set<String> classes) {

  Links from(String otherRoot) {
    return new Links(otherRoot, clauses, assumptions, threats, classes);
  }

  /** A link with the given text, or the text alone for an id that nothing has. */
  String id(String id, String text) {
    String label = Markup.escape(text);
    if (clauses.contains(id)) {
      return link("clauses/" + id + ".html", label);
    }
    if (assumptions.contains(id)) {
      return link("assumptions.html#" + id, label);
    }
    return threats.contains(id) ? link("threats/" + id + ".html", label) : label;
  }

  /** A link to the line in the source. */
  String place(CodePlace place) {
    String name = place.className().substring(place.className().lastIndexOf('.') + 1);
    String label =
        Markup.escape((place.member().isEmpty() ? name : name + "." + place.member()))
            .replace("$", ".");
    if (!classes.contains(place.topLevelName())) {
      return "<code>" + label + "</code>";
    }
    return link(
        "code/" + place.topLevelName() + ".html#L" + place.line(), "<code>" + label + "</code>");
  }

  String link(String target, String html) {
    return "<a href=\"" + root + target + "\">" + html + "</a>";
  }
}
