package lockstep.trace;

import java.util.List;
import java.util.stream.Collectors;

/** What must hold for the claims to hold, and who rests on it. */
record AssumptionsPage(
    DossierPage page, Spec spec, List<ClauseEvidence> clauses, Dossier.Inputs inputs) {

  String html() {
    StringBuilder rows = new StringBuilder();
    for (Assumption assumption : spec.assumptions()) {
      String threats =
          inputs.threats().threats().stream()
              .filter(t -> t.assumptions().contains(assumption.id()))
              .map(t -> page.links().id(t.id(), t.id()))
              .collect(Collectors.joining(" "));
      String resting =
          clauses.stream()
              .filter(c -> c.assumptions().contains(assumption.id()))
              .map(c -> page.links().id(c.clause().id(), c.clause().id()))
              .collect(Collectors.joining(" "));
      rows.append("<tr id=\"")
          .append(assumption.id())
          .append("\">")
          .append(
              DossierPage.cells(
                  "td", assumption.id(), page.markup().inline(assumption.text()), threats, resting))
          .append("</tr>\n");
    }
    return page.html(
        "Assumptions",
        "<p>No test shows these. Where one fails, what rests on it may fail with it.</p>\n"
            + DossierPage.table(
                "Assumptions and what rests on them",
                List.of("id", "assumption", "claims", "clauses"),
                rows.toString()));
  }
}
