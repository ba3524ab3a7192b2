package lockstep.trace;

import java.util.List;

/**
 * A claim of the threat model: a row of {@code threat-model/claims.md}.
 *
 * @param id such as {@code THR-4}
 * @param question what a user would ask; empty where nobody wrote one
 * @param claim in Markdown
 * @param adversaries such as {@code A1}
 * @param clauses ids of the clauses that make it true
 * @param tests names of test classes
 * @param assumptions ids that it rests on
 * @param line counted from 1
 */
record Threat(
    String id,
    String question,
    String claim,
    List<String> adversaries,
    List<String> clauses,
    List<String> tests,
    List<String> assumptions,
    int line) {}
