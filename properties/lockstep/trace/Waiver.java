package lockstep.trace;

import java.time.LocalDate;

/**
 * A finding that is accepted for a while: a row of the table in {@code spec/waivers.md}.
 *
 * @param id such as {@code WVR-2}
 * @param clause with its revision, such as {@code LIM-3~1}
 * @param expires the last day
 * @param line counted from 1
 */
record Waiver(
    String id, Finding.Kind waives, String clause, String reason, LocalDate expires, int line) {

  boolean covers(Finding finding) {
    return finding.kind() == waives && finding.clause().equals(clause);
  }
}
