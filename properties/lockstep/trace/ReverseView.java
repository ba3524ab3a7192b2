package lockstep.trace;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** From the code to the clauses: each class of main code, and those that cite none. */
final class ReverseView {

  private final TracedBuild build;
  private final Map<String, JavaSource> sources;
  private final Map<String, TreeSet<String>> cited = new TreeMap<>();

  ReverseView(TracedBuild build, Map<String, JavaSource> sources) {
    this.build = build;
    this.sources = sources;
    for (Citation citation : build.gate().code().citations()) {
      cited
          .computeIfAbsent(citation.place().topLevelName(), t -> new TreeSet<>())
          .add(citation.text().replaceAll("~.*", ""));
    }
  }

  String html(DossierPage page) {
    Map<String, StringBuilder> packages = new TreeMap<>();
    sources
        .values()
        .forEach(
            s -> {
              if (s.file().startsWith(CompiledCode.MAIN_SOURCES)) {
                int dot = s.topLevelName().lastIndexOf('.');
                packages
                    .computeIfAbsent(s.topLevelName().substring(0, dot), p -> new StringBuilder())
                    .append(row(page, s, dot));
              }
            });
    StringBuilder html =
        new StringBuilder(
            "<p>Each class of the product and the clauses that it cites. A public method of the"
                + " core without a clause "
                + page.links().link("code.html#without", "says why it is there")
                + ", or the gate fails.</p>\n");
    packages.forEach(
        (name, rows) ->
            html.append(DossierPage.table(name, List.of("class", "clauses"), rows.toString())));
    return page.html("Code and its clauses", html + withoutClause(page));
  }

  private String withoutClause(DossierPage page) {
    StringBuilder rows = new StringBuilder();
    for (CompiledCode.Explained code : build.gate().code().explained()) {
      rows.append(DossierPage.row(page.links().place(code.place()), Markup.escape(code.reason())));
    }
    return "<h2 id=\"without\">Core code without a clause</h2>\n"
        + DossierPage.table(
            "What no clause demands, and why it is there",
            List.of("code", "reason"),
            rows.toString());
  }

  private String row(DossierPage page, JavaSource source, int dot) {
    String clauses = clauses(page, source);
    return DossierPage.row(
        page.links()
            .link(
                "code/" + source.topLevelName() + ".html",
                "<code>" + source.topLevelName().substring(dot + 1) + "</code>"),
        clauses.isEmpty() ? "<span class=\"quiet\">no clause</span>" : clauses);
  }

  private String clauses(DossierPage page, JavaSource source) {
    return cited.getOrDefault(source.topLevelName(), new TreeSet<>()).stream()
        .map(id -> page.links().id(id, id))
        .collect(Collectors.joining(" "));
  }

  String sourceHtml(DossierPage page, JavaSource source) {
    String clauses = clauses(page, source);
    String uncited =
        build.gate().code().uncited().stream()
            .filter(p -> p.topLevelName().equals(source.topLevelName()))
            .map(p -> Markup.escape(p.member()))
            .collect(Collectors.joining(", "));
    return page.html(
        source.topLevelName().substring(source.topLevelName().lastIndexOf('.') + 1),
        "<p class=\"quiet\">"
            + Markup.escape(source.file())
            + "</p>\n<p>Clauses: "
            + (clauses.isEmpty() ? "none" : clauses)
            + "</p>\n"
            + (uncited.isEmpty() ? "" : "<p class=\"fail\">Without clause: " + uncited + "</p>\n")
            + source.wholeHtml());
  }
}
