package lockstep.trace;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of each clause since the last release. */
final class ChangesPage {

  private ChangesPage() {}

  static String html(DossierPage page, TracedBuild build) throws IOException {
    Optional<String> tag = build.history().lastTag();
    if (tag.isEmpty()) {
      return page.html(
          "Changes",
          "<p>No release is tagged in this repository's history: all "
              + build.spec().byId().size()
              + " clauses are new.</p>\n");
    }
    Map<String, ClauseLock.Entry> before = build.history().lockAt(tag.get()).entries();
    StringBuilder rows = new StringBuilder();
    build
        .spec()
        .byId()
        .values()
        .forEach(
            clause -> {
              String change = change(before.get(clause.id()), clause);
              if (!change.isEmpty()) {
                rows.append(
                    DossierPage.row(
                        page.links().id(clause.id(), clause.id()),
                        Markup.escape(clause.title()),
                        change));
              }
            });
    return page.html(
        "Changes since " + tag.get(),
        rows.isEmpty()
            ? "<p>No clause has changed.</p>\n"
            : DossierPage.table(
                "Clauses that changed", List.of("clause", "title", "change"), rows.toString()));
  }

  private static String change(ClauseLock.@Nullable Entry before, Clause now) {
    if (before == null) {
      return "new, " + now.status().word();
    }
    String revision =
        before.revision() == now.revision()
            ? before.hash().equals(now.hash()) ? "" : "reworded as a draft"
            : "revision ~" + before.revision() + " became ~" + now.revision();
    String status =
        before.status().equals(now.status().word())
            ? ""
            : before.status() + " became " + now.status().word();
    return (revision + (revision.isEmpty() || status.isEmpty() ? "" : "; ") + status);
  }
}
