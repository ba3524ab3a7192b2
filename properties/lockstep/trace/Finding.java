package lockstep.trace;

import java.util.Comparator;

/**
 * One reason for which the gate fails.
 *
 * @param clause the citation of the clause that lacks something, such as {@code LIM-3~1}; empty
 *     where the fault is not one clause's, so that no waiver can cover it
 * @param file path relative to the project
 * @param line counted from 1
 */
record Finding(Kind kind, String clause, String file, int line, String message)
    implements Comparable<Finding> {

  Finding(Kind kind, String file, int line, String message) {
    this(kind, "", file, line, message);
  }

  /** Every way in which the gate can fail. */
  enum Kind {
    /** A heading, a revision line or a clause's text is not in the spec's form. */
    MALFORMED_CLAUSE(Group.SPEC),
    DUPLICATE_ID(Group.SPEC),
    KEYWORD_OUTSIDE_CLAUSE(Group.SPEC),
    /** Prose names a clause or an assumption that does not exist. */
    UNKNOWN_REFERENCE(Group.SPEC),
    MALFORMED_LOCK(Group.SPEC),
    /** The number of clauses, or the clauses themselves, differ from the lock. */
    LOCK_DIFFERS(Group.SPEC),
    REWORDED_WITHOUT_REVISION(Group.SPEC),
    MALFORMED_CITATION(Group.CITATION),
    UNKNOWN_CLAUSE(Group.CITATION),
    WITHDRAWN_CLAUSE(Group.CITATION),
    PLANNED_CLAUSE(Group.CITATION),
    OUTDATED_REVISION(Group.CITATION),
    /** Code cited the clause when the citations were locked, and does so no longer. */
    LOST_CITATION(Group.CITATION),
    UNLOCKED_CITATION(Group.CITATION),
    /** {@code @Implements} in test code, {@code @Verifies} in main code or where no test runs. */
    MISPLACED_CITATION(Group.CITATION),
    /**
     * A test claims a kind of evidence that it is not, or its class a kind that it does not hold.
     */
    FALSE_KIND(Group.CITATION),
    /** A compiled class that cannot be loaded, so that its citations stay unknown. */
    UNREADABLE_CLASS(Group.CITATION),
    MISSING_EVIDENCE(Group.EVIDENCE),
    /** Of several places that cite a clause none says that it decides it, or more than one. */
    UNDECIDED_CLAUSE(Group.EVIDENCE),
    CODE_WITHOUT_CLAUSE(Group.PUBLIC_CODE),
    /** A planted fault is not in the form, is of no active clause, or cannot be planted. */
    MALFORMED_FAULT(Group.FAULT),
    /** Code decides the clause, and too few faults break it. */
    UNPLANTED_CLAUSE(Group.FAULT),
    /** No test of the citation ran in this build. */
    TEST_NOT_RUN(Group.RUN),
    TEST_DISABLED(Group.RUN),
    TEST_FAILED(Group.RUN),
    /** The test ran, but not one case of it was tried and passed. */
    TEST_WITHOUT_CASES(Group.RUN),
    /** An exhaustive test counted fewer points than two, or a property tried fewer cases. */
    KIND_NOT_SHOWN(Group.RUN),
    /** The test executed no code that cites the clause. */
    MISSING_WITNESS(Group.RUN),
    /** No test of the clause that the code cites executed it. */
    UNWITNESSED_CODE(Group.RUN),
    /**
     * The test's own body calls nothing; at most its set-up executed code that cites the clause.
     */
    HOLLOW_TEST(Group.RUN),
    MALFORMED_WAIVER(Group.WAIVER),
    /** The commit is younger than the waiver allows, or its date is not known. */
    EXPIRED_WAIVER(Group.WAIVER),
    /** Nothing is there any more that the waiver would cover. */
    UNUSED_WAIVER(Group.WAIVER);

    private final Group group;

    Kind(Group group) {
      this.group = group;
    }

    Group group() {
      return group;
    }
  }

  /** The question that a finding answers with no. */
  enum Group {
    SPEC,
    CITATION,
    EVIDENCE,
    PUBLIC_CODE,
    FAULT,
    RUN,
    WAIVER
  }

  private static final Comparator<Finding> ORDER =
      Comparator.comparing(Finding::file)
          .thenComparingInt(Finding::line)
          .thenComparing(Finding::kind)
          .thenComparing(Finding::message);

  @Override
  public int compareTo(Finding other) {
    return ORDER.compare(this, other);
  }

  /** {@code file:line: message}, as editors understand it. */
  @Override
  public String toString() {
    return file + ":" + line + ": " + message;
  }
}
