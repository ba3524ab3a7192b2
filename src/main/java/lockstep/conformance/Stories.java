package lockstep.conformance;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import lockstep.spec.Implements;

/**
 * What a limiter and a vault get wrong, each told in the fewest requests that show it. A failing
 * story names one clause, where a failing schedule can only name what schedules are about.
 */
@Implements("CNF-6")
final class Stories {

  private static final String PREFIX = "story-";
  private static final List<Integer> STANDARD = List.of(5, 2, 86_400);
  private static final List<Integer> LAST_TWO = List.of(2, 1, 60);

  private final List<TestCase> cases = new ArrayList<>();

  private Stories() {}

  /** All stories. */
  static List<TestCase> all() {
    Stories stories = new Stories();
    stories.charges();
    stories.whatStaysCharged();
    stories.sessions();
    stories.lastRound();
    stories.stages();
    stories.accounts();
    return stories.cases;
  }

  private void charges() {
    limiter("five-failures-lock", "LIM-3~1", "register attempt*5 attempt observe");
    limiter("the-wait-is-whole", "LIM-3~1", "register attempt*5 +86399999 attempt");
    limiter(
        "the-wait-begins-with-the-charge-that-locks",
        "LIM-3~1",
        "register attempt +3600000 attempt +3600000 attempt*3 observe +86399999 attempt");
    limiter(
        "the-fifth-attempt-may-be-right",
        "LIM-4~1",
        "register attempt*4 attempt right observe attempt");
    limiter("locked-is-not-counted", "LIM-5~1", "register attempt*5 attempt*3 observe");
    limiter(
        "locked-does-not-extend-the-lock",
        "LIM-5~1",
        "register attempt*5 +1000 attempt*4 +86399000 attempt");
    limiter(
        "a-new-round-begins-with-its-first-attempt",
        "LIM-6~1",
        "register attempt*5 +86400000 observe attempt observe");
    limiter(
        "a-new-round-begins-at-the-moment",
        "LIM-6~1",
        "register attempt*5 +86399999 attempt +1 attempt");
  }

  private void whatStaysCharged() {
    limiter(
        "a-wrong-proof-stays-charged", "LIM-9~1", "register attempt wrong observe attempt observe");
    limiter(
        "a-timeout-stays-charged", "LIM-9~1", "register attempt +60000 observe attempt observe");
    limiter("each-attempt-in-parallel-is-charged", "LIM-9~1", "register attempt*4 wrong@1 observe");
    limiter("an-abandoned-attempt-stays-charged", "LIM-9~1", "register attempt abandon observe");
    limiter(
        "a-success-gives-all-back",
        "LIM-10~1",
        "register attempt*5 +86400000 attempt*2 right observe attempt");
    limiter("a-proof-counts-once", "LIM-10~1", "register attempt right attempt*2 right@1 observe");
    limiter(
        "a-clock-set-back-shortens-nothing",
        "LIM-11~1",
        "register attempt*5 -3600000 attempt +86400000 attempt +3599999 attempt +1 attempt");
    limiter(
        "a-clock-set-back-keeps-no-session",
        "LIM-11~1",
        "register attempt +60000 observe -60000 right observe");
  }

  private void sessions() {
    limiter("without-a-record-nothing-is-charged", "SES-1~1", "attempt register attempt observe");
    limiter("a-proof-after-a-minute-is-late", "SES-3~1", "register attempt +60000 right observe");
    limiter("a-proof-within-the-minute-counts", "SES-3~1", "register attempt +59999 right observe");
    limiter("a-failed-session-is-over", "SES-6~2", "register attempt wrong right observe");
    limiter("an-abandoned-session-is-over", "SES-7~1", "register attempt abandon right observe");
    add(
        "the-oldest-of-sixty-five-ends",
        Profiles.LIMITER,
        "SES-9~1",
        List.of(100, 1, 60),
        "register attempt*65 right@1 right@2 observe");
  }

  private void lastRound() {
    ending("the-last-charge-closes-the-door", "LIM-7~2", "register attempt*2 attempt observe");
    ending("the-last-attempt-may-be-right", "LIM-7~2", "register attempt*2 right observe attempt");
    ending("only-the-final-session-saves", "LIM-7~2", "register attempt*2 wrong@1 observe right@2");
    ending("a-wrong-last-proof-destroys", "LIM-8~2", "register attempt*2 wrong attempt observe");
    ending("a-late-last-proof-destroys", "LIM-8~2", "register attempt*2 +60000 right attempt");
    ending("abandoning-the-last-destroys", "LIM-8~2", "register attempt*2 abandon attempt observe");
    ending(
        "destroyed-is-for-good", "LIM-8~2", "register attempt*2 wrong register +86400000 attempt");
  }

  private void stages() {
    vault("a-stage-is-charged", "STG-4~1", "register attempt right reserve:2@1 observe");
    vault("the-first-stage-is-charged", "STG-4~1", "reserve:1 observe");
    vault("a-generation-is-fresh", "STG-1~1", "register attempt right reserve:1@1 observe");
    vault("no-generation-is-left-out", "STG-1~1", "register attempt right reserve:3@1 observe");
    vault(
        "an-abandoned-generation-is-used-up",
        "STG-1~1",
        "reserve:1 +600000 reserve:1 reserve:2 observe");
    vault(
        "only-a-session-replaces-a-record", "STG-2~1", "register attempt right reserve:2 observe");
    vault("the-same-registration-is-answered-alike", "STG-3~2", "reserve:1 reserve:1 observe");
    vault(
        "a-stage-ends-after-ten-minutes",
        "STG-5~2",
        "reserve:1 record:1 +600000 confirm:1 right activate:1 observe");
    vault("a-stage-lasts-ten-minutes", "STG-5~2", "reserve:1 record:1 +599999 confirm:1 right");
    vault("a-stage-confirms-once", "STG-7~2", "reserve:1 record:1 confirm:1 wrong confirm:1");
    vault("nothing-is-confirmed-before-its-record", "STG-7~2", "reserve:1 confirm:1 observe");
    vault(
        "confirmation-gives-its-own-charge-back",
        "STG-8~1",
        "register attempt right attempt*3 reserve:2@1 record:2 confirm:2 right observe");
    vault(
        "unconfirmed-nothing-is-activated",
        "STG-9~1",
        "reserve:1 record:1 confirm:1 activate:1 observe");
    vault(
        "activation-ends-all-sessions",
        "STG-9~1",
        "register attempt right attempt reserve:2@1 record:2 confirm:2 right activate:2 right@2"
            + " observe");
  }

  private void accounts() {
    vault(
        "a-new-record-has-the-old-budget",
        "LIM-14~1",
        "register attempt right attempt*3 reserve:2@1 record:2 confirm:2 right activate:2 observe");
    vault(
        "enrolling-again-has-the-old-budget",
        "LIM-14~1",
        "register attempt*3 disable/signature register observe attempt");
    add(
        "only-death-opens-a-new-epoch",
        Profiles.VAULT_MACHINE,
        "LIM-15~2",
        LAST_TWO,
        "register attempt*2 wrong reserve:2/signature observe");
    vault("receipts-chain", "RCP-2~1", "register attempt wrong attempt right attempt observe");
    vault("a-mark-goes-forward-only", "MRK-1~1", "register mark:3 mark:3 mark:2 mark:4 observe");
    vault(
        "a-restart-takes-seven-days",
        "LEA-2~1",
        "register restart +604799999 completeRestart +1 completeRestart observe");
    vault(
        "an-unlock-cancels-a-restart",
        "LEA-3~2",
        "register restart attempt right +604800000 completeRestart observe");
    vault("disabling-needs-authority", "LEA-1~1", "register disable disable/signature attempt");
  }

  private void limiter(String name, String clause, String words) {
    add(name, Profiles.LIMITER, clause, STANDARD, words);
  }

  private void ending(String name, String clause, String words) {
    add(name, Profiles.LIMITER, clause, LAST_TWO, words);
  }

  private void vault(String name, String clause, String words) {
    add(name, Profiles.VAULT_MACHINE, clause, STANDARD, words);
  }

  private void add(String name, String profile, String clause, List<Integer> policy, String words) {
    String id = PREFIX + name;
    boolean whole = profile.equals(Profiles.VAULT_MACHINE);
    cases.add(
        new TestCase(
            id,
            profile,
            List.of(clause),
            false,
            name.replace('-', ' ') + ": " + words,
            StoryScript.steps(id, whole, policy, words),
            JsonNodeFactory.instance.objectNode()));
  }
}
