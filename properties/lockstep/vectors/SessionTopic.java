package lockstep.vectors;

import java.util.List;

/** What a vault decides over time: stories of one account. */
final class SessionTopic {

  private static final List<String> BEYOND_LIMITER =
      List.of(
          "receipt",
          "receiptSequence",
          "receiptHash",
          "restartAt",
          "markNumber",
          "markDigest",
          "vaultPublicKey",
          "vaultId",
          "messengerPublicKey");

  private final Draft draft;

  private SessionTopic(Draft draft) {
    this.draft = draft;
  }

  static void sessions(Draft draft) {
    SessionTopic topic = new SessionTopic(draft);
    topic.limits();
    topic.lastRound();
    topic.stages();
    topic.leaving();
  }

  private void limits() {
    limits(
        "LIM-3 LIM-5 LIM-6",
        "five failures lock; the wait is whole",
        VaultStory.of(
            "five", 5, 2, "enrol fail*4 attempt attempt +59 attempt +1 attempt right observe"));
    limits(
        "LIM-4 LIM-10",
        "the right password as the fifth attempt lifts the lock that it caused",
        VaultStory.of("fifth", 5, 2, "enrol fail*4 attempt right observe attempt"));
    limits(
        "LIM-9 SES-3 SES-4 SES-7",
        "a timeout, a second proof, an abandoned attempt: each stays charged",
        VaultStory.of(
            "charged",
            5,
            2,
            "enrol attempt +60 right attempt abandon attempt wrong right observe"));
    limits(
        "LIM-11",
        "a clock set back neither ends a lock nor lengthens it",
        VaultStory.of("back", 1, 2, "enrol attempt -3600 attempt +3659 attempt +1 attempt"));
  }

  private void lastRound() {
    limits(
        "LIM-7 LIM-8 LEA-5",
        "the final session fails: destroyed, and no attempt ever again",
        VaultStory.of(
            "final",
            2,
            1,
            "enrol stranger fail attempt attempt wrong attempt observe +1000 attempt"));
    limits(
        "LIM-7 LIM-8 SES-3",
        "the final session expires: destroyed",
        VaultStory.of("expired", 1, 1, "enrol attempt +59 attempt +1 observe right"));
    limits(
        "LIM-7 LIM-10",
        "the final session succeeds: everything is given back",
        VaultStory.of("rescued", 2, 1, "enrol fail attempt right observe"));
  }

  private void stages() {
    draft.story(
        "STG-2 STG-4 STG-8 LIM-14",
        "a token cannot replace an active record; a session can",
        VaultStory.of("change", 5, 2, "enrol fail*2 enrol attempt right reenrol observe"));
    draft.story(
        "STG-3 STG-4 STG-7 STG-9",
        "the steps of a registration, each out of turn",
        VaultStory.of(
            "steps",
            5,
            2,
            "record:1 reserve:1 reserve:1 reserve:3 other:1 confirm:1 record:1 activate:1 confirm:1"
                + " confirm:1 activate:1 right activate:1 attempt observe"));
    draft.story(
        "STG-5",
        "a stage ends after ten minutes, and its charge stays",
        VaultStory.of("late", 5, 2, "reserve:1 +600 record:1 observe reserve:1 reserve:2 observe"));
  }

  private void leaving() {
    draft.story(
        "LEA-1 LEA-2 LEA-3 LEA-4 LEA-5",
        "a restart waits seven days, is cancelled by a success, and leaves a tombstone",
        VaultStory.of(
            "leave",
            5,
            2,
            "enrol completeRestart restart completeRestart attempt right completeRestart restart"
                + " +604800 completeRestart observe enrol observe disable observe"));
    draft.story(
        "MRK-1",
        "a mark only rises",
        VaultStory.of(
            "marks", 5, 2, "enrol mark:3:aa mark:3:aa mark:3:bb mark:2:aa mark:4:bb observe"));
  }

  /** A story for those, too, who only limit attempts: they have no receipts, marks or keys. */
  private void limits(String clauses, String comment, List<Draft.Step> steps) {
    draft.story(clauses, comment, steps, BEYOND_LIMITER);
  }
}
